using P2P.Server.Accounts.Privacy;

namespace P2P.Server.Trading.Privacy;

/// <summary>What trading knows of a person: ads, whom they are for, and the details of crypto orders.</summary>
internal static class TradeExportSql
{
    private const string House = "the same for everyone";

    public static IReadOnlyList<ExportSource> Sources { get; } =
    [
        new("ads", Ads, "ads"),
        new("ad_viewers", AdViewers, "ad_viewers"),
        new("crypto_orders", CryptoOrders, "crypto_orders"),
        new("maker_hours", MakerHours, "maker_hours"),
    ];

    public static IReadOnlyList<ExportGap> Gaps { get; } =
    [
        new("prices", House),
        new("price_quotes", House),
        new("price_sources", House),
        new("price_rates", House),
        new("price_overrides", House),
        new("price_hours", House),
        new("trade_limits", House),
        new("ads.hidden_by", "names a member of staff"),
        new("ads.link_hash", "a secret that opens the ad: the server cannot read it back"),
    ];

    private const string Ads =
        """
        select id, side, asset, fiat, price_kind, price_fixed, price_percent, price_floor, price_ceiling, amount_min, amount_max,
               payment_method_ids, payment_window_minutes, visibility, terms, auto_reply, completed_trades_min, completion_rate_min,
               account_age_days_min, verified_only, created_at, updated_at, closed_at, hidden_at, hidden_reason
          from ads
         where owner_id = @userId
         order by id
        """;

    private const string AdViewers =
        """
        select v.ad_id, v.user_id
          from ad_viewers v
          join ads a on a.id = v.ad_id
         where a.owner_id = @userId
            or v.user_id = @userId
         order by v.ad_id, v.user_id
        """;

    private const string CryptoOrders =
        """
        select c.order_id, c.fiat, c.crypto_amount, c.fiat_amount, c.price, c.price_source, c.payment_method_id, c.payment_account_id,
               c.payment_reference, c.payment_window_minutes, c.window_extended, c.confirmation_undone, c.seller_acted, c.payment_deadline,
               c.confirmed_at, c.terms, c.auto_reply, c.payer_name, c.rate_id, c.reference_price, c.price_percent, c.price_floor,
               c.price_ceiling
          from crypto_orders c
          join orders o on o.id = c.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by c.order_id
        """;

    private const string MakerHours =
        """
        select time_zone, cast(week as text) as week, vacation_until, updated_at
          from maker_hours
         where user_id = @userId
        """;
}
