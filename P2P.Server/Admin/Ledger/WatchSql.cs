using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Admin.Ledger;

/// <summary>Statements on where the watch stands.</summary>
internal static class WatchSql
{
    private const int LeaderLock = 7016230;

    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_lock(@LeaderLock)", new { LeaderLock });

    public static async Task<WatchPlace> Place(Tx tx) =>
        await tx.One<WatchPlace>(
            """
            select w.checked_until, w.account, w.order_id as "order", w.transfer, w.stream_user, w.stream_audience, w.audit_head, w.audit_place, w.swept_at
              from ledger_watch w
            """)
        ?? throw new InvalidOperationException("The watch has no row: the schema's scripts make it.");

    public static Task<int> Save(Tx tx, WatchPlace place, int tookMs) =>
        tx.Execute(
            """
            update ledger_watch
               set checked_until = @CheckedUntil,
                   checked_at = clock_timestamp(),
                   took_ms = @tookMs,
                   account = @Account,
                   order_id = @Order,
                   transfer = @Transfer,
                   stream_user = @StreamUser,
                   stream_audience = @StreamAudience,
                   audit_head = @AuditHead,
                   audit_place = @AuditPlace,
                   swept_at = @SweptAt
            """,
            new
            {
                place.CheckedUntil,
                tookMs,
                place.Account,
                place.Order,
                place.Transfer,
                place.StreamUser,
                place.StreamAudience,
                place.AuditHead,
                place.AuditPlace,
                place.SweptAt,
            });

    /// <summary>The watch as staff see it.</summary>
    public static async Task<LedgerWatchView> View(Tx tx, bool isOn, int everySeconds) =>
        await tx.One<LedgerWatchView>(
            """
            select @isOn as is_on, @everySeconds as every_seconds, w.checked_at, w.checked_until, w.took_ms, w.swept_at,
                   (select count(*) from ledger_findings f where f.acknowledged_at is null)::integer as open_findings
              from ledger_watch w
            """,
            new { isOn, everySeconds })
        ?? throw new InvalidOperationException("The watch has no row: the schema's scripts make it.");
}
