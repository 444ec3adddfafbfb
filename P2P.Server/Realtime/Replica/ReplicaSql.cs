using P2P.Db;

namespace P2P.Server.Realtime.Replica;

/// <summary>A place in the write-ahead log of one database, as a number of bytes.</summary>
public sealed record LogPlace
{
    /// <summary>The history that the place belongs to; another one after a restore.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>Null on a server that replays nothing.</summary>
    public long? Place { get; init; }
}

/// <summary>Statements that compare a replica with its primary.</summary>
public static class ReplicaSql
{
    /// <summary>Where the primary writes: what was committed before this statement began lies before it.</summary>
    public static Task<LogPlace?> Written(Tx tx) =>
        tx.One<LogPlace>("select e.epoch, (pg_current_wal_insert_lsn() - '0/0')::bigint as place from epoch e");

    /// <summary>Up to where a replica shows what the primary wrote.</summary>
    public static Task<LogPlace?> Replayed(Tx tx) =>
        tx.One<LogPlace>(
            """
            select e.epoch, case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::bigint end as place
              from epoch e
            """);
}
