using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Ads;

/// <summary>Ads between the wire's spelling and the row's.</summary>
public static class AdViews
{
    /// <summary>A new ad's row.</summary>
    public static Ad New(
        Guid id, long ownerId, AdSide side, string asset, string fiat, decimal total, AdTerms terms, TermsFacts facts, byte[]? linkHash) =>
        With(
            new Ad
            {
                Id = id,
                OwnerId = ownerId,
                Side = side,
                Asset = asset,
                Fiat = fiat,
                PriceKind = terms.Price.Kind,
                AmountMin = terms.AmountMin,
                AmountMax = terms.AmountMax,
                PaymentMethodIds = [],
                PaymentWindowMinutes = terms.PaymentWindowMinutes,
                Visibility = terms.Visibility,
                VerifiedOnly = false,
                CreatedAt = facts.Now,
                Total = total,
                Remaining = total,
                Open = true,
                Version = 1,
                ReferencePrice = facts.ReferencePrice,
                ReferenceSource = facts.ReferenceSource,
                ReferenceFreshUntil = facts.ReferenceFreshUntil,
                AssetScale = facts.AssetScale ?? 0,
                FiatScale = facts.FiatScale ?? 0,
                FeeRate = facts.FeeRate ?? 0,
                AssetIsTraded = facts.AssetIsTraded ?? true,
                TimeZone = facts.TimeZone,
                OpenWeek = facts.OpenWeek,
                VacationUntil = facts.VacationUntil,
            },
            terms,
            linkHash);

    /// <summary>The row with other terms.</summary>
    public static Ad With(Ad ad, AdTerms terms, byte[]? linkHash) => ad with
    {
        PriceKind = terms.Price.Kind,
        PriceFixed = terms.Price.Fixed,
        PricePercent = terms.Price.Percent,
        PriceFloor = terms.Price.Floor,
        PriceCeiling = terms.Price.Ceiling,
        AmountMin = terms.AmountMin,
        AmountMax = terms.AmountMax,
        PaymentMethodIds = [.. terms.PaymentMethodIds],
        PaymentWindowMinutes = terms.PaymentWindowMinutes,
        Visibility = terms.Visibility,
        LinkHash = linkHash,
        Terms = terms.Terms,
        AutoReply = terms.AutoReply,
        CompletedTradesMin = terms.Conditions?.CompletedTradesMin,
        CompletionRateMin = terms.Conditions?.CompletionRateMin,
        AccountAgeDaysMin = terms.Conditions?.AccountAgeDaysMin,
        VerifiedOnly = terms.Conditions?.VerifiedOnly ?? false,
    };

    /// <summary>What the maker sees.</summary>
    public static AdView OfOwn(ListedAd listed, IReadOnlyList<long> viewerIds, DateTimeOffset now) =>
        Of(listed, TermsOf(listed.Ad, viewerIds), []) with
        {
            HiddenBecause = [.. AdRules.HiddenBecause(listed.Ad, listed.Maker, now)],
            HiddenByStaffBecause = listed.Ad.HiddenReason,
        };

    /// <summary>What others see.</summary>
    public static AdView OfOther(ListedAd listed, IReadOnlyList<Reason> cannotTakeBecause) =>
        Of(listed, TermsOf(listed.Ad, null) with { AutoReply = null }, cannotTakeBecause);

    public static BookRow InBook(ListedAd listed) => new()
    {
        AdId = listed.Ad.Id,
        MakerId = listed.Ad.OwnerId,
        MakerName = listed.Maker.Username,
        Price = AdRules.PriceOf(listed.Ad) ?? throw new InvalidOperationException("An ad without a price is not shown."),
        AmountMin = listed.Ad.AmountMin,
        AmountMax = AdRules.AmountMaxNow(listed.Ad) ?? 0,
        Remaining = listed.Ad.Remaining,
        PaymentMethodIds = listed.Ad.PaymentMethodIds,
    };

    public static AdStatus StatusOf(Ad ad) => ad.ClosedAt is not null ? AdStatus.Closed : ad.Open ? AdStatus.Active : AdStatus.Paused;

    public static AdReply ReplyOf(Ad ad) => new() { AdId = ad.Id, Status = StatusOf(ad), Version = ad.Version };

    public static AdChanged ChangeOf(Ad ad) => new() { AdId = ad.Id, Status = StatusOf(ad), Version = ad.Version };

    /// <summary>A maker or a party as others see them.</summary>
    public static TraderView Trader(long id, MakerFacts facts) => new()
    {
        ProfileId = id,
        Username = facts.Username,
        IsVerified = facts.IsVerified,
        IsMerchant = facts.IsMerchant,
        CompletedTrades = facts.Completed,
        CompletionRate = AdRules.CompletionRate(facts.Completed, facts.Cancelled),
        Reputation = facts.Reputation,
    };

    /// <summary>The maker as far as a check of a new ad needs to know.</summary>
    public static MakerFacts MakerOf(TermsFacts facts) => new()
    {
        IsVerified = false,
        IsMerchant = false,
        Completed = 0,
        Cancelled = 0,
        Suspended = facts.Suspended,
        CoolingDownUntil = facts.CoolingDownUntil,
        Available = facts.Available,
    };

    private static AdView Of(ListedAd listed, AdTerms terms, IReadOnlyList<Reason> cannotTakeBecause)
    {
        var ad = listed.Ad;
        return new AdView
        {
            Id = ad.Id,
            Maker = Trader(ad.OwnerId, listed.Maker),
            Side = ad.Side,
            Asset = ad.Asset,
            Fiat = ad.Fiat,
            Status = StatusOf(ad),
            Version = ad.Version,
            Price = AdRules.PriceOf(ad),
            PriceSource = ad.PriceKind == PriceKind.Floating ? ad.ReferenceSource : null,
            Terms = terms,
            Total = ad.Total,
            Remaining = ad.Remaining,
            AmountMaxNow = AdRules.AmountMaxNow(ad),
            CannotTakeBecause = cannotTakeBecause,
            CreatedAt = ad.CreatedAt,
        };
    }

    private static AdTerms TermsOf(Ad ad, IReadOnlyList<long>? viewerIds) => new()
    {
        Price = new AdPrice
        {
            Kind = ad.PriceKind,
            Fixed = ad.PriceFixed,
            Percent = ad.PricePercent,
            Floor = ad.PriceFloor,
            Ceiling = ad.PriceCeiling,
        },
        AmountMin = ad.AmountMin,
        AmountMax = ad.AmountMax,
        PaymentMethodIds = ad.PaymentMethodIds,
        PaymentWindowMinutes = ad.PaymentWindowMinutes,
        Visibility = ad.Visibility,
        ViewerIds = viewerIds is { Count: > 0 } ? viewerIds : null,
        Terms = ad.Terms,
        AutoReply = ad.AutoReply,
        Conditions = ad is { CompletedTradesMin: null, CompletionRateMin: null, AccountAgeDaysMin: null, VerifiedOnly: false }
            ? null
            : new TakerConditions
            {
                CompletedTradesMin = ad.CompletedTradesMin,
                CompletionRateMin = ad.CompletionRateMin,
                AccountAgeDaysMin = ad.AccountAgeDaysMin,
                VerifiedOnly = ad.VerifiedOnly,
            },
    };
}
