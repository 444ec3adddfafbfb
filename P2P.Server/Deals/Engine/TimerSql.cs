using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Engine;

/// <summary>An order for which something may be proposed.</summary>
public sealed record DueOrder
{
    public required Guid Id { get; init; }
    public required OrderKind Kind { get; init; }
    public required OrderStatus Status { get; init; }
    public required int Version { get; init; }

    /// <summary>What the order's escrow holds, or will; 0 for goods without one.</summary>
    public required decimal Held { get; init; }
}

/// <summary>A dispute whose deadline is over.</summary>
public sealed record DueDispute
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required int Version { get; init; }
}

/// <summary>Reads of the timers; they lock no row, because a timer that held rows would wait for itself.</summary>
public static class TimerSql
{
    private const int LeaderLock = 7016204;

    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_lock(@LeaderLock)", new { LeaderLock });

    public static Task<IEnumerable<DueOrder>> Due(Tx tx, int rowsMax) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version, o.held
          from orders o
         where o.deadline <= now()
           and o.deadline is not null
           and not o.overdue
         order by o.deadline
         limit @rowsMax
        """,
        new { rowsMax });

    /// <summary>Paid orders of suspended users that are not disputed yet: what a crash left between a suspension and its effects.</summary>
    public static Task<IEnumerable<DueOrder>> ToDispute(Tx tx, int rowsMax) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version, o.held
          from standings s
          join orders o on (o.buyer_id = s.user_id or o.seller_id = s.user_id)
         where s.suspended
           and o.held > 0
           and o.status in ('PaymentConfirmed', 'Paid', 'Fulfilled')
         limit @rowsMax
        """,
        new { rowsMax });

    /// <summary>A user's paid orders.</summary>
    public static Task<IEnumerable<DueOrder>> Confirmed(Tx tx, long userId) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version, o.held
          from orders o
         where (o.buyer_id = @userId or o.seller_id = @userId)
           and o.held > 0
           and o.status in ('PaymentConfirmed', 'Paid', 'Fulfilled')
        """,
        new { userId });

    /// <summary>Disputes whose deadline is over.</summary>
    public static Task<IEnumerable<DueDispute>> DueDisputes(Tx tx, int rowsMax) => tx.Query<DueDispute>(
        """
        select d.id, d.order_id, d.version
          from disputes d
         where d.deadline <= now()
         order by d.deadline
         limit @rowsMax
        """,
        new { rowsMax });
}
