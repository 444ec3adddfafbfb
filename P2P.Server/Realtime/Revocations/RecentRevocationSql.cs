using P2P.Db;

namespace P2P.Server.Realtime.Revocations;

/// <summary>A revocation as the node reads it.</summary>
public sealed record RecentRevocation
{
    public required long Id { get; init; }
    public required string Sub { get; init; }

    /// <summary>Connections with tokens issued before are closed.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Statements on revocations.</summary>
public static class RecentRevocationSql
{
    public static Task<IEnumerable<RecentRevocation>> Read(Tx tx, int seconds) =>
        tx.Query<RecentRevocation>(
            """
            select id, sub, not_before, reason
              from revocations
             where at > clock_timestamp() - make_interval(secs => @seconds)
             order by id
            """,
            new { seconds });
}
