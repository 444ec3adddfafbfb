using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Admin.Counters;

/// <summary>Statements of the counters; each reads an index of what is open, or one day.</summary>
internal static class CounterSql
{
    private const int CountMax = 100_000;

    /// <summary>Orders that have not ended, by status and asset.</summary>
    public static Task<IEnumerable<OpenRow>> Open(Tx tx) =>
        tx.Query<OpenRow>(
            """
            select o.status, o.asset, count(*) as orders, sum(o.held) as held
              from orders o
             where o.is_open
             group by o.status, o.asset
            """);

    public static async Task<QueueRow> Queues(Tx tx) =>
        await tx.One<QueueRow>(
            """
            select clock_timestamp() as at,
                   coalesce(extract(epoch from clock_timestamp() - least(
                       (select min(o.deadline) from orders o where o.deadline <= clock_timestamp() and o.deadline is not null and not o.overdue),
                       (select min(d.deadline) from disputes d where d.deadline <= clock_timestamp()))) * 1000, 0)::bigint as timer_lag_ms,
                   (select count(*)
                      from (select b.id
                              from outbox b
                             where b.sent_at is null
                               and b.failed_at is null
                               and b.next_at <= clock_timestamp()
                             limit @CountMax) w)::integer as outbox_depth,
                   (select count(*) from ledger_findings f where f.acknowledged_at is null)::integer as open_findings
            """,
            new { CountMax })
        ?? throw new InvalidOperationException("An aggregate has no row.");

    /// <summary>Orders that ended within a day, by how.</summary>
    public static Task<IEnumerable<OrderCount>> Ended(Tx tx) =>
        tx.Query<OrderCount>(
            """
            select h.to_status as status, count(*) as orders
              from order_history h
             where h.at > clock_timestamp() - interval '24 hours'
               and h.to_status in ('Released', 'Cancelled', 'Expired')
             group by h.to_status
            """);

    /// <summary>What was released within a day, by market.</summary>
    public static Task<IEnumerable<MarketVolume>> Volume(Tx tx, int rowsMax) =>
        tx.Query<MarketVolume>(
            """
            select o.asset, d.fiat, count(*) as orders, sum(d.crypto_amount) as crypto_amount, sum(d.fiat_amount) as fiat_amount
              from order_history h
              join orders o on o.id = h.order_id
              join crypto_orders d on d.order_id = h.order_id
             where h.at > clock_timestamp() - interval '24 hours'
               and h.to_status = 'Released'
             group by o.asset, d.fiat
             order by count(*) desc, o.asset, d.fiat
             limit @rowsMax
            """,
            new { rowsMax });

    public static Task<LedgerFinding?> NewestOpen(Tx tx) =>
        tx.One<LedgerFinding>(
            """
            select f.id, f.rule, f.sentence, f.source, f.found_at, f.seen_at, f.acknowledged_by, f.acknowledged_at, f.note
              from ledger_findings f
             where f.acknowledged_at is null
             order by f.id desc
             limit 1
            """);
}

/// <summary>Open orders of one status and asset.</summary>
internal sealed record OpenRow
{
    public required OrderStatus Status { get; init; }

    public required string Asset { get; init; }

    public required long Orders { get; init; }

    public required decimal Held { get; init; }
}

/// <summary>What waits.</summary>
internal sealed record QueueRow
{
    public required DateTimeOffset At { get; init; }

    public required long TimerLagMs { get; init; }

    public required int OutboxDepth { get; init; }

    public required int OpenFindings { get; init; }
}
