using P2P.Db;

namespace P2P.Server.Deals.Engine;

/// <summary>What checks read without a lock: the same that the engine locks and reads for a command.</summary>
public static class OrderReadSql
{
    public static Task<Order?> Order(Tx tx, Guid orderId) => tx.One<Order>(
        """
        select o.id, o.kind, o.offer_id, o.buyer_id, o.seller_id, o.maker, o.asset, o.held, o.fee, o.taken, o.status, o.version, o.duty, o.deadline,
               o.overdue, o.cancel_requested_by, o.history_head, o.created_at, o.updated_at
          from orders o
         where o.id = @orderId
        """,
        new { orderId });

    public static Task<IEnumerable<Standing>> Standings(Tx tx, long[] users) => tx.Query<Standing>(
        """
        select s.user_id, s.suspended, s.open_as_taker, s.unpaid_as_taker, s.completed, s.cancelled, s.last_lapse_at, s.lapse_before_at,
               s.cooling_down_until, s.cool_downs, s.cool_down_at, s.first_trade_at, s.open_goods, cast(s.day_volume as text) as day_volume
          from standings s
         where s.user_id = any(@users)
        """,
        new { users });

    public static async Task<decimal> Available(Tx tx, long userId, string asset) => await tx.Scalar<decimal?>(
        "select a.balance from accounts a where a.kind = 'Available' and a.user_id = @userId and a.asset = @asset", new { userId, asset }) ?? 0;

    public static Task<DateTimeOffset> Now(Tx tx) => tx.Scalar<DateTimeOffset>("select clock_timestamp()");
}
