using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Orders;

/// <summary>The filters of a search; null does not matter.</summary>
internal sealed record OrderSearch
{
    public long? UserId { get; init; }
    public string? Status { get; init; }
    public string? Asset { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public bool? Overdue { get; init; }

    /// <summary>The last row of the former page.</summary>
    public Guid? Before { get; init; }
    public Guid? IdFrom { get; init; }
    public Guid? IdTo { get; init; }
    public required int RowsMax { get; init; }
}

/// <summary>Reads of orders for staff: the only ones that name no party.</summary>
internal static class StaffOrderSql
{
    private const string Rows =
        """
        select o.id as order_id, o.kind, o.offer_id as ad_id, o.buyer_id, pb.username as buyer_name, o.seller_id, ps.username as seller_name,
               o.status, o.version, o.asset, o.held, o.fee, d.fiat, d.fiat_amount, o.deadline, o.overdue, o.created_at, o.updated_at
          from orders o
          left join crypto_orders d on d.order_id = o.id
          left join profiles pb on pb.user_id = o.buyer_id
          left join profiles ps on ps.user_id = o.seller_id
        """;

    public static Task<IEnumerable<StaffOrderRow>> Search(Tx tx, OrderSearch search) =>
        tx.Query<StaffOrderRow>(
            $"""
            {Rows}
             where o.id < coalesce(@Before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
               and o.id >= coalesce(@IdFrom, '00000000-0000-0000-0000-000000000000')
               and o.id < coalesce(@IdTo, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
               and (cast(@UserId as bigint) is null or o.buyer_id = @UserId or o.seller_id = @UserId)
               and (cast(@Status as text) is null or o.status = @Status)
               and (cast(@Asset as text) is null or o.asset = @Asset)
               and (cast(@From as timestamptz) is null or o.created_at >= @From)
               and (cast(@To as timestamptz) is null or o.created_at < @To)
               and (cast(@Overdue as boolean) is null or o.overdue = @Overdue)
             order by o.id desc
             limit @RowsMax
            """,
            search);

    /// <summary>A user's orders that have not ended, newest first.</summary>
    public static Task<IEnumerable<StaffOrderRow>> OpenOf(Tx tx, long userId, int rowsMax) =>
        tx.Query<StaffOrderRow>(
            $"""
            {Rows}
             where @userId in (o.buyer_id, o.seller_id)
               and o.is_open
             order by o.id desc
             limit @rowsMax
            """,
            new { userId, rowsMax });

    public static Task<StaffOrderRow?> Find(Tx tx, Guid orderId) =>
        tx.One<StaffOrderRow>(
            $"""
            {Rows}
             where o.id = @orderId
            """,
            new { orderId });

    public static Task<IEnumerable<OrderHistoryView>> History(Tx tx, Guid orderId) =>
        tx.Query<OrderHistoryView>(
            """
            select version, from_status as "from", to_status as "to", action, by, actor_id, at, encode(hash, 'hex') as hash
              from order_history
             where order_id = @orderId
             order by version
            """,
            new { orderId });

    public static Task<IEnumerable<OrderTransferView>> Transfers(Tx tx, Guid orderId) =>
        tx.Query<OrderTransferView>(
            """
            select t.id as transfer_id, t.kind, a.kind as account, a.user_id, e.asset, e.amount, e.at
              from transfers t
              join entries e on e.transfer_id = t.id
              join accounts a on a.id = e.account_id
             where t.order_id = @orderId
             order by e.at, t.id, e.amount
            """,
            new { orderId });
}
