using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Trading.Ads;

/// <summary>An offer's row as it is locked.</summary>
public sealed record LockedOffer
{
    public required Guid Id { get; init; }

    public required long OwnerId { get; init; }

    public required int Version { get; init; }
}

/// <summary>Statements that write ads, under the offer's row lock.</summary>
public static class AdWriteSql
{
    /// <summary>Locks the maker's standing: a user's ads are counted by one transaction at a time.</summary>
    public static Task LockMaker(Tx tx, long userId) =>
        tx.Execute(
            """
            select 1
              from standings
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<LockedOffer?> Lock(Tx tx, Guid id) =>
        tx.One<LockedOffer>(
            """
            select id, owner_id, version
              from offers
             where id = @id
               and kind = 'Crypto'
               for no key update
            """,
            new { id });

    public static async Task Insert(Tx tx, Ad ad)
    {
        await tx.Execute(
            """
            insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
            values (@Id, 'Crypto', @OwnerId, @gives, @Asset, @Total, @Remaining, @Open, @Version, @CreatedAt)
            """,
            new { ad.Id, ad.OwnerId, gives = ad.Side == AdSide.Sell, ad.Asset, ad.Total, ad.Remaining, ad.Open, ad.Version, ad.CreatedAt });
        await tx.Execute(
            """
            insert into ads (id, owner_id, side, asset, fiat, price_kind, price_fixed, price_percent, price_floor, price_ceiling, amount_min,
                             amount_max, payment_method_ids, payment_window_minutes, visibility, link_hash, terms, auto_reply, completed_trades_min,
                             completion_rate_min, account_age_days_min, verified_only, created_at, updated_at)
            values (@Id, @OwnerId, @Side, @Asset, @Fiat, @PriceKind, @PriceFixed, @PricePercent, @PriceFloor, @PriceCeiling, @AmountMin,
                    @AmountMax, @PaymentMethodIds, @PaymentWindowMinutes, @Visibility, @LinkHash, @Terms, @AutoReply,
                    @CompletedTradesMin, @CompletionRateMin, @AccountAgeDaysMin, @VerifiedOnly, @At, @At)
            """,
            Parameters(ad, ad.CreatedAt));
    }

    public static Task SaveTerms(Tx tx, Ad ad, DateTimeOffset at) =>
        tx.Execute(
            """
            update ads
               set price_kind = @PriceKind,
                   price_fixed = @PriceFixed,
                   price_percent = @PricePercent,
                   price_floor = @PriceFloor,
                   price_ceiling = @PriceCeiling,
                   amount_min = @AmountMin,
                   amount_max = @AmountMax,
                   payment_method_ids = @PaymentMethodIds,
                   payment_window_minutes = @PaymentWindowMinutes,
                   visibility = @Visibility,
                   link_hash = @LinkHash,
                   terms = @Terms,
                   auto_reply = @AutoReply,
                   completed_trades_min = @CompletedTradesMin,
                   completion_rate_min = @CompletionRateMin,
                   account_age_days_min = @AccountAgeDaysMin,
                   verified_only = @VerifiedOnly,
                   updated_at = @At
             where id = @Id
            """,
            Parameters(ad, at));

    /// <summary>Opens, pauses or merely counts up the offer.</summary>
    public static Task SaveOffer(Tx tx, Guid id, bool open, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update offers
               set open = @open,
                   version = @version,
                   changed_at = @at
             where id = @id
            """,
            new { id, open, version, at });

    public static Task Close(Tx tx, Guid id, DateTimeOffset at) =>
        tx.Execute(
            """
            update ads
               set closed_at = @at,
                   updated_at = @at
             where id = @id
            """,
            new { id, at });

    /// <summary>Staff hide the ad, or no longer when no reason is given.</summary>
    public static Task SaveHidden(Tx tx, Guid id, string? by, string? reason, DateTimeOffset at) =>
        tx.Execute(
            """
            update ads
               set hidden_at = case when @reason::text is null then null else @at end,
                   hidden_by = case when @reason::text is null then null else @by::text end,
                   hidden_reason = @reason::text,
                   updated_at = @at
             where id = @id
            """,
            new { id, by, reason, at });

    public static async Task SaveViewers(Tx tx, Guid adId, IReadOnlyList<long> userIds)
    {
        await tx.Execute(
            """
            delete from ad_viewers
             where ad_id = @adId
            """,
            new { adId });
        await tx.Execute(
            """
            insert into ad_viewers (ad_id, user_id)
            select @adId, v.user_id
              from unnest(@userIds) v(user_id)
            """,
            new { adId, userIds = userIds.ToArray() });
    }

    private static object Parameters(Ad ad, DateTimeOffset at) => new
    {
        ad.Id,
        ad.OwnerId,
        Side = ad.Side.ToString(),
        ad.Asset,
        ad.Fiat,
        PriceKind = ad.PriceKind.ToString(),
        ad.PriceFixed,
        ad.PricePercent,
        ad.PriceFloor,
        ad.PriceCeiling,
        ad.AmountMin,
        ad.AmountMax,
        ad.PaymentMethodIds,
        ad.PaymentWindowMinutes,
        Visibility = ad.Visibility.ToString(),
        ad.LinkHash,
        ad.Terms,
        ad.AutoReply,
        ad.CompletedTradesMin,
        ad.CompletionRateMin,
        ad.AccountAgeDaysMin,
        ad.VerifiedOnly,
        At = at,
    };
}
