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
}

/// <summary>Reads of the timers; they lock no row, because a timer that held rows would wait for itself.</summary>
public static class TimerSql
{
    private const int LeaderLock = 7016204;

    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_lock(@LeaderLock)", new { LeaderLock });

    public static Task<IEnumerable<DueOrder>> Due(Tx tx, int rowsMax) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version
          from orders o
         where o.deadline <= now()
           and o.deadline is not null
           and not o.overdue
         order by o.deadline
         limit @rowsMax
        """,
        new { rowsMax });

    /// <summary>Confirmed orders whose clock runs although a party is suspended: what a crash left between a suspension and its effects.</summary>
    public static Task<IEnumerable<DueOrder>> ClocksToStop(Tx tx, int rowsMax) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version
          from standings s
          join orders o on (o.buyer_id = s.user_id or o.seller_id = s.user_id)
         where s.suspended
           and o.status = 'PaymentConfirmed'
           and o.deadline is not null
         limit @rowsMax
        """,
        new { rowsMax });

    /// <summary>Confirmed orders whose clock stands still although no party is suspended any more.</summary>
    public static Task<IEnumerable<DueOrder>> ClocksToStart(Tx tx, int rowsMax) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version
          from orders o
         where o.status = 'PaymentConfirmed'
           and o.time_left is not null
           and not exists (select 1 from standings s where s.suspended and s.user_id in (o.buyer_id, o.seller_id))
         limit @rowsMax
        """,
        new { rowsMax });

    /// <summary>Open orders of a user whose clock runs although it should stand still, or the other way round.</summary>
    public static Task<IEnumerable<DueOrder>> ToFreeze(Tx tx, long userId, bool freeze) => tx.Query<DueOrder>(
        """
        select o.id, o.kind, o.status, o.version
          from orders o
         where (o.buyer_id = @userId or o.seller_id = @userId)
           and o.status = 'PaymentConfirmed'
           and case when @freeze then o.deadline is not null else o.time_left is not null end
        """,
        new { userId, freeze });
}
