using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>A taker's profile, as far as conditions ask.</summary>
public sealed record TakerProfile
{
    public required long UserId { get; init; }

    public required bool IsVerified { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>One of a seller's payment accounts.</summary>
public sealed record SellerAccount
{
    public required Guid Id { get; init; }

    public required long UserId { get; init; }

    public required long PaymentMethodId { get; init; }
}

/// <summary>A user for whom an ad is.</summary>
public sealed record AdViewer
{
    public required Guid AdId { get; init; }

    public required long UserId { get; init; }
}

/// <summary>A taker who may not know of an ad, because its maker blocks them or they block its maker.</summary>
public sealed record BlockedTaker
{
    public required Guid AdId { get; init; }

    public required long UserId { get; init; }
}

/// <summary>The kind's statements in the engine's scripts; none of them locks: the orders and offers they belong to are locked.</summary>
public static class CryptoOrderSql
{
    /// <summary>An ad with its offer, its market's scales and its reference price.</summary>
    public const string AdColumns =
        """
        a.id, a.owner_id, a.side, a.asset, a.fiat, a.price_kind, a.price_fixed, a.price_percent, a.price_floor, a.price_ceiling, a.amount_min,
        a.amount_max, a.payment_method_ids, a.payment_window_minutes, a.visibility, a.link_hash, a.terms, a.auto_reply, a.completed_trades_min,
        a.completion_rate_min, a.account_age_days_min, a.verified_only, a.created_at, a.closed_at, f.total, f.remaining, f.open, f.version,
        p.price as reference_price, p.source as reference_source, s.scale as asset_scale, c.scale as fiat_scale, s.fee_rate
        """;

    public const string AdTables =
        """
        ads a
          join offers f on f.id = a.id
          join assets s on s.code = a.asset
          join currencies c on c.code = a.fiat
          left join prices p on p.asset = a.asset and p.fiat = a.fiat
        """;

    public static void LoadDetails(Script script, ICollection<Guid> orders, Action<CryptoOrder> take) => script.Read(
        $"""
        select {DetailColumns}
          from crypto_orders d
         where d.order_id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(orders));

    public const string DetailColumns =
        """
        d.order_id, d.fiat, d.crypto_amount, d.fiat_amount, d.price, d.price_source, d.payment_method_id, d.payment_account_id, d.payment_reference,
        d.payment_window_minutes, d.window_extended, d.confirmation_undone, d.seller_acted, d.payment_deadline, d.confirmed_at, d.terms, d.auto_reply
        """;

    public static void LoadAds(Script script, ICollection<Guid> ads, Action<Ad> take) => script.Read(
        $"""
        select {AdColumns}
          from {AdTables}
         where a.id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(ads));

    public static void LoadViewers(Script script, ICollection<Guid> ads, ICollection<long> takers, Action<AdViewer> take) => script.Read(
        """
        select v.ad_id, v.user_id
          from ad_viewers v
         where (v.ad_id, v.user_id) in (select x.ad, x.usr from unnest($1, $2) x(ad, usr))
        """,
        EngineSql.Each(take),
        Script.Of(ads),
        Script.Of(takers));

    public static void LoadBlocked(Script script, ICollection<Guid> ads, ICollection<long> takers, Action<BlockedTaker> take) => script.Read(
        """
        select x.ad as ad_id, x.usr as user_id
          from unnest($1, $2) x(ad, usr)
          join offers f on f.id = x.ad
          join contacts k on k.user_id = f.owner_id and k.other_id = x.usr and k.kind = 'Blocked'
         union all
        select x.ad, x.usr
          from unnest($1, $2) x(ad, usr)
          join offers f on f.id = x.ad
          join contacts k on k.user_id = x.usr and k.other_id = f.owner_id and k.kind = 'Blocked'
        """,
        EngineSql.Each(take),
        Script.Of(ads),
        Script.Of(takers));

    public static void LoadTakers(Script script, ICollection<long> takers, Action<TakerProfile> take) => script.Read(
        """
        select p.user_id, p.is_verified, p.joined_at
          from profiles p
         where p.user_id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(takers));

    /// <summary>Payment accounts of whoever may sell, oldest first.</summary>
    public static void LoadSellerAccounts(Script script, ICollection<Guid> ads, ICollection<long> takers, Action<SellerAccount> take) => script.Read(
        """
        select b.id, b.user_id, b.payment_method_id
          from payment_accounts b
         where b.user_id = any(array(select (select case when f.owner_gives then f.owner_id else x.usr end from offers f where f.id = x.ad)
                                       from unnest($1, $2) x(ad, usr)))
           and b.deleted_at is null
         order by b.created_at, b.id
        """,
        EngineSql.Each(take),
        Script.Of(ads),
        Script.Of(takers));

    public static void Insert(Script script, IReadOnlyCollection<CryptoOrder> details)
    {
        if (details.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into crypto_orders (order_id, fiat, crypto_amount, fiat_amount, price, price_source, payment_method_id, payment_account_id,
                                       payment_reference, payment_window_minutes, window_extended, confirmation_undone, seller_acted,
                                       payment_deadline, confirmed_at, terms, auto_reply)
            select x.order_id, x.fiat, x.crypto_amount, x.fiat_amount, x.price, x.price_source, x.payment_method_id, x.payment_account_id,
                   x.payment_reference, x.payment_window_minutes, x.window_extended, x.confirmation_undone, x.seller_acted, x.payment_deadline,
                   x.confirmed_at, x.terms, x.auto_reply
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                   x(order_id, fiat, crypto_amount, fiat_amount, price, price_source, payment_method_id, payment_account_id, payment_reference,
                     payment_window_minutes, window_extended, confirmation_undone, seller_acted, payment_deadline, confirmed_at, terms, auto_reply)
            """,
            Script.Of([.. details.Select(d => d.OrderId)]),
            Script.Of([.. details.Select(d => d.Fiat)]),
            Script.Of([.. details.Select(d => d.CryptoAmount)]),
            Script.Of([.. details.Select(d => d.FiatAmount)]),
            Script.Of([.. details.Select(d => d.Price)]),
            Script.Of([.. details.Select(d => d.PriceSource)]),
            Script.Of([.. details.Select(d => d.PaymentMethodId)]),
            Script.Of([.. details.Select(d => d.PaymentAccountId)]),
            Script.OfTexts([.. details.Select(d => d.PaymentReference)]),
            Script.Of([.. details.Select(d => d.PaymentWindowMinutes)]),
            Script.Of([.. details.Select(d => d.WindowExtended)]),
            Script.Of([.. details.Select(d => d.ConfirmationUndone)]),
            Script.Of([.. details.Select(d => d.SellerActed)]),
            Script.Of([.. details.Select(d => d.PaymentDeadline.UtcDateTime)]),
            Script.Of([.. details.Select(d => d.ConfirmedAt?.UtcDateTime)]),
            Script.OfTexts([.. details.Select(d => d.Terms)]),
            Script.OfTexts([.. details.Select(d => d.AutoReply)]));
    }

    public static void Update(Script script, IReadOnlyCollection<CryptoOrder> details)
    {
        if (details.Count == 0)
        {
            return;
        }

        script.Add(
            """
            update crypto_orders d
               set payment_reference = x.payment_reference, window_extended = x.window_extended, confirmation_undone = x.confirmation_undone,
                   seller_acted = x.seller_acted, payment_deadline = x.payment_deadline, confirmed_at = x.confirmed_at
              from unnest($1, $2, $3, $4, $5, $6, $7)
                   x(order_id, payment_reference, window_extended, confirmation_undone, seller_acted, payment_deadline, confirmed_at)
             where d.order_id = x.order_id
            """,
            Script.Of([.. details.Select(d => d.OrderId)]),
            Script.OfTexts([.. details.Select(d => d.PaymentReference)]),
            Script.Of([.. details.Select(d => d.WindowExtended)]),
            Script.Of([.. details.Select(d => d.ConfirmationUndone)]),
            Script.Of([.. details.Select(d => d.SellerActed)]),
            Script.Of([.. details.Select(d => d.PaymentDeadline.UtcDateTime)]),
            Script.Of([.. details.Select(d => d.ConfirmedAt?.UtcDateTime)]));
    }
}
