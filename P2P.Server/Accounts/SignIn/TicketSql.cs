using P2P.Db;

namespace P2P.Server.Accounts.SignIn;

/// <summary>A ticket as it was taken out of the table.</summary>
internal sealed record TakenTicket
{
    public required string Claims { get; init; }
    public string? Origin { get; init; }
    public required bool InTime { get; init; }
}

/// <summary>Statements on tickets.</summary>
internal static class TicketSql
{
    public static Task<DateTimeOffset> Insert(Tx tx, byte[] hash, long userId, string claims, string? origin, int seconds) =>
        tx.Scalar<DateTimeOffset>(
            """
            insert into tickets (hash, user_id, claims, origin, issued_at, expires_at)
            select @hash, @userId, cast(@claims as jsonb), @origin, c.now, c.now + make_interval(secs => @seconds)
              from (select clock_timestamp() as now) c
            returning expires_at
            """,
            new { hash, userId, claims, origin, seconds });

    /// <summary>Takes the ticket out, whether it is still good or not: nobody can use it a second time.</summary>
    public static Task<TakenTicket?> Take(Tx tx, byte[] hash) =>
        tx.One<TakenTicket>(
            """
            delete from tickets
             where hash = @hash
            returning cast(claims as text) as claims, origin, expires_at > clock_timestamp() as in_time
            """,
            new { hash });

    public static Task<int> DeleteEnded(Tx tx, int rowsMax) =>
        tx.Execute(
            """
            delete from tickets
             where hash in (select t.hash
                              from tickets t
                             where t.expires_at < clock_timestamp()
                             order by t.expires_at
                             limit @rowsMax)
            """,
            new { rowsMax });
}
