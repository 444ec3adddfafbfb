using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>An order with all that its parties see.</summary>
public sealed record OrderRow
{
    public required Guid Id { get; init; }
    public required Guid OfferId { get; init; }
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required Party Maker { get; init; }
    public required string Asset { get; init; }
    public required decimal Fee { get; init; }
    public required OrderStatus Status { get; init; }
    public required int Version { get; init; }
    public required Duty Duty { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public required bool Overdue { get; init; }
    public Party? CancelRequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string Fiat { get; init; }
    public required decimal CryptoAmount { get; init; }
    public required decimal FiatAmount { get; init; }
    public required decimal Price { get; init; }
    public required string PriceSource { get; init; }
    public required long PaymentMethodId { get; init; }
    public required string PaymentMethodName { get; init; }
    public required Guid PaymentAccountId { get; init; }
    public required string AccountFields { get; init; }
    public string? PaymentReference { get; init; }
    public string? PayerName { get; init; }

    /// <summary>Holders of the accounts that the buyer had saved before the order was placed; those of the order's method first.</summary>
    public required string[] BuyerHolders { get; init; }
    public required int PaymentWindowMinutes { get; init; }
    public required bool WindowExtended { get; init; }
    public string? Terms { get; init; }
    public Guid? RateId { get; init; }
    public decimal? ReferencePrice { get; init; }
    public decimal? PricePercent { get; init; }
    public decimal? PriceFloor { get; init; }
    public decimal? PriceCeiling { get; init; }
    public DateTimeOffset? RateAt { get; init; }
    public string? RateInputs { get; init; }
    public string? BuyerName { get; init; }
    public required bool BuyerVerified { get; init; }
    public required bool BuyerMerchant { get; init; }
    public required int BuyerCompleted { get; init; }
    public required int BuyerCancelled { get; init; }
    public string? SellerName { get; init; }
    public required bool SellerVerified { get; init; }
    public required bool SellerMerchant { get; init; }
    public required int SellerCompleted { get; init; }
    public required int SellerCancelled { get; init; }
}

/// <summary>Reads of orders: every one names the user whose order it must be.</summary>
public static class CryptoOrderReadSql
{
    /// <summary>How an order stands whose payment its buyer confirmed with this reference; null for any other.</summary>
    public static Task<OrderReply?> ConfirmedWith(Tx tx, long buyerId, Guid orderId, string reference) =>
        tx.One<OrderReply>(
            """
            select o.id as order_id, o.status, o.version, o.deadline
              from orders o
              join crypto_orders d on d.order_id = o.id
             where o.id = @orderId
               and o.buyer_id = @buyerId
               and d.confirmed_at is not null
               and d.payment_reference = @reference
            """,
            new { orderId, buyerId, reference });

    private const string Rows =
        """
        select o.id, o.offer_id, o.buyer_id, o.seller_id, o.maker, o.asset, o.fee, o.status, o.version, o.duty, o.deadline, o.overdue,
               o.cancel_requested_by, o.created_at, o.updated_at, d.fiat, d.crypto_amount, d.fiat_amount, d.price, d.price_source,
               d.payment_method_id, m.name as payment_method_name, d.payment_account_id, cast(b.fields as text) as account_fields,
               d.payment_reference, d.payer_name, d.payment_window_minutes, d.window_extended, d.terms, d.rate_id, d.reference_price, d.price_percent,
               d.price_floor, d.price_ceiling, r.computed_at as rate_at, cast(r.inputs as text) as rate_inputs,
               array(select h.fields ->> 'holder'
                       from payment_accounts h
                      where h.user_id = o.buyer_id
                        and h.deleted_at is null
                        and h.created_at <= o.created_at
                        and h.fields ->> 'holder' is not null
                      order by h.payment_method_id = d.payment_method_id desc, h.created_at, h.id
                      limit 20) as buyer_holders,
               pb.username as buyer_name, pb.is_verified as buyer_verified, pb.is_merchant as buyer_merchant,
               sb.completed as buyer_completed, sb.cancelled as buyer_cancelled,
               ps.username as seller_name, ps.is_verified as seller_verified, ps.is_merchant as seller_merchant,
               ss.completed as seller_completed, ss.cancelled as seller_cancelled
          from orders o
          join crypto_orders d on d.order_id = o.id
          left join price_rates r on r.id = d.rate_id
          join payment_methods m on m.id = d.payment_method_id
          join payment_accounts b on b.id = d.payment_account_id
          join profiles pb on pb.user_id = o.buyer_id
          join standings sb on sb.user_id = o.buyer_id
          join profiles ps on ps.user_id = o.seller_id
          join standings ss on ss.user_id = o.seller_id
        """;

    /// <summary>An order of the user; null for anyone else's.</summary>
    public static Task<OrderRow?> Find(Tx tx, long userId, Guid orderId) => tx.One<OrderRow>(
        $"""
        {Rows}
         where o.id = @orderId
           and @userId in (o.buyer_id, o.seller_id)
        """,
        new { userId, orderId });

    /// <summary>A user's orders, newest first; each side by its own index.</summary>
    public static Task<IEnumerable<OrderRow>> List(Tx tx, long userId, bool? open, OrderStatus? status, Party? you, Guid? before, int rowsMax) =>
        tx.Query<OrderRow>(
            $"""
            {Rows}
             where o.id = any(array(
                   select x.id
                     from ((select q.id
                              from orders q
                             where q.buyer_id = @userId
                               and q.kind = 'Crypto'
                               and @asBuyer
                               and (@before is null or q.id < @before)
                               and (@open is null or @open = q.is_open)
                               and (@status is null or q.status = @status)
                             order by q.id desc
                             limit @rowsMax)
                           union all
                           (select q.id
                              from orders q
                             where q.seller_id = @userId
                               and q.kind = 'Crypto'
                               and @asSeller
                               and (@before is null or q.id < @before)
                               and (@open is null or @open = q.is_open)
                               and (@status is null or q.status = @status)
                             order by q.id desc
                             limit @rowsMax)) x
                    order by x.id desc
                    limit @rowsMax))
             order by o.id desc
            """,
            new
            {
                userId,
                open,
                status = status?.ToString(),
                before,
                rowsMax,
                asBuyer = you is null or Party.Buyer,
                asSeller = you is null or Party.Seller,
            });

    public static Task<CryptoOrder?> Detail(Tx tx, Guid orderId) => tx.One<CryptoOrder>(
        $"""
        select {CryptoOrderSql.DetailColumns}
          from crypto_orders d
         where d.order_id = @orderId
        """,
        new { orderId });

    public static Task<Ad?> Ad(Tx tx, Guid adId) => tx.One<Ad>(
        $"""
        select {CryptoOrderSql.AdColumns}
          from {CryptoOrderSql.AdTables}
         where a.id = @adId
        """,
        new { adId });

    public static Task<bool> IsViewer(Tx tx, Guid adId, long userId) => tx.Scalar<bool>(
        "select exists (select 1 from ad_viewers v where v.ad_id = @adId and v.user_id = @userId)", new { adId, userId });

    /// <summary>One of the two blocks the other.</summary>
    public static async Task<bool> IsBlocked(Tx tx, long oneId, long otherId) => (await ContactSql.Blocked(tx, [oneId], [otherId])).Any();

    public static Task<TakerProfile?> Taker(Tx tx, long userId) => tx.One<TakerProfile>(
        "select p.user_id, p.is_verified, p.is_merchant, p.joined_at from profiles p where p.user_id = @userId", new { userId });

    public static Task<IEnumerable<SellerAccount>> SellerAccounts(Tx tx, long userId) => tx.Query<SellerAccount>(
        """
        select b.id, b.user_id, b.payment_method_id
          from payment_accounts b
         where b.user_id = @userId
           and b.deleted_at is null
         order by b.created_at, b.id
        """,
        new { userId });

    /// <summary>The holder of a user's own account, whether it is deleted or not.</summary>
    public static Task<string?> Holder(Tx tx, long userId, Guid accountId) => tx.Scalar<string?>(
        "select b.fields ->> 'holder' from payment_accounts b where b.id = @accountId and b.user_id = @userId", new { userId, accountId });
}
