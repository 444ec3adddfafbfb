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
    /// <summary>The database's clock, which all nodes share.</summary>
    public static Task<DateTimeOffset> Now(Tx tx) =>
        tx.Scalar<DateTimeOffset>(
            """
            select clock_timestamp()
            """);

    public static Task<IEnumerable<RecentRevocation>> Since(Tx tx, DateTimeOffset since) =>
        tx.Query<RecentRevocation>(
            """
            select id, sub, not_before, reason
              from revocations
             where at > @since
             order by id
            """,
            new { since });
}
