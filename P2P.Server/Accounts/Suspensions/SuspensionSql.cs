using P2P.Db;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>A suspension that holds.</summary>
public sealed record Suspension
{
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself; null when staff must lift it.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A user whose standing does not say what the suspensions say.</summary>
internal sealed record StandingToSet
{
    public required long UserId { get; init; }
    public required bool Suspended { get; init; }
}

/// <summary>Statements on suspensions and what suspended users say of their orders.</summary>
internal static class SuspensionSql
{
    public static Task<Suspension?> Live(Tx tx, long userId) =>
        tx.One<Suspension>(
            """
            select reason, at, until
              from suspensions
             where user_id = @userId
               and lifted_at is null
               and (until is null or until > clock_timestamp())
            """,
            new { userId });

    public static Task<int> Insert(Tx tx, Guid id, long userId, string reason, string by, DateTimeOffset at, DateTimeOffset? until) =>
        tx.Execute(
            """
            insert into suspensions (id, user_id, reason, suspended_by, at, until)
            values (@id, @userId, @reason, @by, @at, @until)
            """,
            new { id, userId, reason, by, at, until });

    /// <summary>0 when none held.</summary>
    public static Task<int> Lift(Tx tx, long userId, string by, DateTimeOffset at) =>
        tx.Execute(
            """
            update suspensions
               set lifted_at = @at,
                   lifted_by = @by
             where user_id = @userId
               and lifted_at is null
            """,
            new { userId, by, at });

    /// <summary>Lifts suspensions whose time is over; those that another node works on are left to it.</summary>
    public static Task<IEnumerable<long>> LiftEnded(Tx tx, string by, DateTimeOffset at, int rowsMax) =>
        tx.Query<long>(
            """
            update suspensions
               set lifted_at = @at,
                   lifted_by = @by
             where id = any(array(select s.id
                                    from suspensions s
                                   where s.lifted_at is null
                                     and s.until <= @at
                                   order by s.id
                                   limit @rowsMax
                                     for update skip locked))
            returning user_id
            """,
            new { by, at, rowsMax });

    /// <summary>
    /// Standings that the engine has still to bring in line with the suspensions. Only users who were ever suspended can differ.
    /// </summary>
    public static Task<IEnumerable<StandingToSet>> StandingsToSet(Tx tx, int rowsMax) =>
        tx.Query<StandingToSet>(
            """
            select s.user_id, x.live as suspended
              from (select user_id, bool_or(lifted_at is null) as live
                      from suspensions
                     group by user_id) x
              join standings s on s.user_id = x.user_id
             where s.suspended <> x.live
             order by s.user_id
             limit @rowsMax
            """,
            new { rowsMax });

    public static Task<bool> IsParty(Tx tx, Guid orderId, long userId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from orders
                            where id = @orderId
                              and @userId in (buyer_id, seller_id))
            """,
            new { orderId, userId });

    public static Task<int> CountStatements(Tx tx, Guid orderId, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from order_statements
             where order_id = @orderId
               and user_id = @userId
            """,
            new { orderId, userId });

    public static Task<bool> HasSaid(Tx tx, Guid orderId, long userId, string body) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from order_statements
                            where order_id = @orderId
                              and user_id = @userId
                              and body = @body)
            """,
            new { orderId, userId, body });

    public static Task<int> InsertStatement(Tx tx, Guid id, Guid orderId, long userId, string body, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into order_statements (id, order_id, user_id, body, at)
            values (@id, @orderId, @userId, @body, @at)
            """,
            new { id, orderId, userId, body, at });
}
