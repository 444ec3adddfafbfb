using P2P.Db;

namespace P2P.Server.Operator;

/// <summary>How a restored database stands.</summary>
internal sealed record RestoredState
{
    /// <summary>It still replays its log, and nothing can be changed.</summary>
    public required bool IsInRecovery { get; init; }

    /// <summary>Sessions of the application's role.</summary>
    public required int Served { get; init; }

    /// <summary>When the newest of its entries, changes of orders and audit rows was made; null for an empty one.</summary>
    public DateTimeOffset? NewestAt { get; init; }
}

/// <summary>Statements of <see cref="RestoreCommand"/>, as the schema's owner.</summary>
internal static class RestoreSql
{
    public static Task<RestoredState?> State(Tx tx) =>
        tx.One<RestoredState>(
            """
            select pg_is_in_recovery() as is_in_recovery,
                   (select count(*)::integer
                      from pg_stat_activity
                     where datname = current_database()
                       and usename = 'p2p_app') as served,
                   greatest((select max(h.at) from order_history h),
                            (select max(a.at) from audit_log a),
                            (select max(e.at) from events e)) as newest_at
            """);

    public static Task<Guid> Epoch(Tx tx) => tx.Scalar<Guid>("select epoch from epoch for update");

    public static Task<Guid> RenewEpoch(Tx tx) => tx.Scalar<Guid>("update epoch set epoch = gen_random_uuid() returning epoch");

    /// <summary>Refuses every token that was issued before now; the number of users.</summary>
    public static Task<int> RevokeAll(Tx tx) =>
        tx.Execute(
            """
            insert into revocations (sub, not_before, reason)
            select sub, clock_timestamp(), 'revoked'
              from users
             where id <> 0
            """);
}
