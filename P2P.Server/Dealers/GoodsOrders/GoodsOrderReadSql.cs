using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>A goods order with all that its parties see.</summary>
public sealed record GoodsOrderRow
{
    public required Guid Id { get; init; }
    public required Guid OfferId { get; init; }
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required OrderStatus Status { get; init; }
    public required int Version { get; init; }
    public required decimal Held { get; init; }
    public required Duty Duty { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public required bool Overdue { get; init; }
    public Party? CancelRequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string ItemName { get; init; }
    public required string Unit { get; init; }
    public required decimal Quantity { get; init; }
    public required decimal Price { get; init; }
    public required string Currency { get; init; }
    public required decimal Total { get; init; }
    public required decimal Fulfilled { get; init; }
    public required decimal Refund { get; init; }
    public string? Notes { get; init; }
    public string? PaymentReference { get; init; }
    public int? FulfilDays { get; init; }
    public required byte[] BuyerPeerId { get; init; }
    public required string BuyerName { get; init; }
    public required byte[] SellerPeerId { get; init; }
    public required string SellerName { get; init; }
}

/// <summary>Which goods orders of a user are meant.</summary>
public sealed record GoodsOrderFilter
{
    public bool? Open { get; init; }

    public OrderStatus? Status { get; init; }

    public Party? You { get; init; }

    public Guid? ItemId { get; init; }

    /// <summary>The other party.</summary>
    public long? OtherId { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>Reads of goods orders: every one names the user whose order it must be.</summary>
public static class GoodsOrderReadSql
{
    private const string Rows =
        """
        select o.id, o.offer_id, o.buyer_id, o.seller_id, o.status, o.version, o.held, o.duty, o.deadline, o.overdue, o.cancel_requested_by,
               o.created_at, o.updated_at, g.item_name, g.unit, g.quantity, g.price, g.currency, g.total, g.fulfilled, g.refund, g.notes,
               g.payment_reference, g.fulfil_days, b.peer_id as buyer_peer_id, coalesce(b.name, '') as buyer_name, s.peer_id as seller_peer_id,
               coalesce(s.name, '') as seller_name
          from orders o
          join goods_orders g on g.order_id = o.id
          join peers b on b.user_id = o.buyer_id
          join peers s on s.user_id = o.seller_id
        """;

    /// <summary>What of a user's orders on one side is meant; <c>@other</c> is the other side's column.</summary>
    private const string Filter =
        """
                               and q.kind = 'Goods'
                               and (@before::uuid is null or q.id < @before)
                               and (@open::boolean is null or q.is_open = @open)
                               and (@status::text is null or q.status = @status)
                               and (@itemId::uuid is null or q.offer_id = @itemId)
                               and (@from::timestamptz is null or q.created_at >= @from)
                               and (@until::timestamptz is null or q.created_at < @until)
                             order by q.id desc
                             limit @rowsMax
        """;

    /// <summary>An order of the user; null for anyone else's.</summary>
    public static Task<GoodsOrderRow?> Find(Tx tx, long userId, Guid orderId) => tx.One<GoodsOrderRow>(
        $"""
        {Rows}
         where o.id = @orderId
           and @userId in (o.buyer_id, o.seller_id)
        """,
        new { userId, orderId });

    /// <summary>A user's orders, newest first; each side by its own index.</summary>
    public static Task<IEnumerable<GoodsOrderRow>> List(Tx tx, long userId, GoodsOrderFilter filter, Guid? before, int rowsMax) => tx.Query<GoodsOrderRow>(
        $"""
        {Rows}
         where o.id = any(array(
               select x.id
                 from ((select q.id
                          from orders q
                         where q.buyer_id = @userId
                           and @asBuyer
                           and (@otherId::bigint is null or q.seller_id = @otherId)
        {Filter})
                       union all
                       (select q.id
                          from orders q
                         where q.seller_id = @userId
                           and @asSeller
                           and (@otherId::bigint is null or q.buyer_id = @otherId)
        {Filter})) x
                order by x.id desc
                limit @rowsMax))
         order by o.id desc
        """,
        new
        {
            userId,
            filter.Open,
            status = filter.Status?.ToString(),
            filter.ItemId,
            filter.OtherId,
            from = filter.From?.ToUniversalTime(),
            until = filter.Until?.ToUniversalTime(),
            before,
            rowsMax,
            asBuyer = filter.You is null or Party.Buyer,
            asSeller = filter.You is null or Party.Seller,
        });

    public static Task<IEnumerable<Shipment>> Shipments(Tx tx, Guid orderId) => tx.Query<Shipment>(
        """
        select s.order_id, s.seq, s.quantity, s.carrier, s.tracking, s.note, s.proof_id, s.at
          from goods_shipments s
         where s.order_id = @orderId
         order by s.seq
        """,
        new { orderId });

    public static Task<GoodsOrder?> Detail(Tx tx, Guid orderId) => tx.One<GoodsOrder>(
        $"""
        select {GoodsOrderSql.DetailColumns}
          from goods_orders g
         where g.order_id = @orderId
        """,
        new { orderId });

    public static Task<ItemCurrency?> Currency(Tx tx, Guid itemId) => tx.One<ItemCurrency>(
        $"""
        select {GoodsOrderSql.CurrencyColumns}
          from {GoodsOrderSql.CurrencyTables}
         where i.id = @itemId
        """,
        new { itemId });

    /// <summary>A file that the user sent in the order.</summary>
    public static Task<bool> IsProof(Tx tx, Guid orderId, long userId, Guid fileId) => tx.Scalar<bool>(
        """
        select exists (select 1
                         from files f
                        where f.id = @fileId
                          and f.order_id = @orderId
                          and f.owner_id = @userId
                          and f.stored_at is not null)
        """,
        new { orderId, userId, fileId });
}
