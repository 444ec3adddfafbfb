using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Schedules;
using P2P.Server.Trading.TradeLimits;

namespace P2P.Server.Trading.Ads;

/// <summary>Pure decisions about ads.</summary>
public static class AdRules
{
    /// <summary>
    /// Fiat for one unit of the asset, at most 8 decimals: the fixed price, or reference price x percent / 100, rounded half to even and
    /// kept between floor and ceiling. Null when a floating price has nothing to follow.
    /// </summary>
    public static decimal? PriceOf(Ad ad)
    {
        if (ad.PriceKind == PriceKind.Fixed)
        {
            return ad.PriceFixed;
        }

        if (ad.ReferencePrice is not { } reference || ad.PricePercent is not { } percent)
        {
            return null;
        }

        var price = decimal.Round(reference * percent / 100m, Limits.ScaleMax, MidpointRounding.ToEven);
        price = ad.PriceFloor is { } floor && price < floor ? floor : price;
        price = ad.PriceCeiling is { } ceiling && price > ceiling ? ceiling : price;

        // A percentage of next to nothing rounds to nothing, at which nothing can be sold.
        return price > 0 ? price : null;
    }

    /// <summary>The ad as it stands at this moment: without a reference price that has become too old to trade at.</summary>
    public static Ad AsOf(Ad ad, DateTimeOffset now) =>
        ad.PriceKind == PriceKind.Floating && ad.ReferenceFreshUntil <= now ? ad with { ReferencePrice = null } : ad;

    /// <summary>Why a floating price has nothing to follow: the reference price is too old, or there is none.</summary>
    public static Reason Priceless(Ad ad) => ad is { ReferencePrice: null, ReferenceFreshUntil: { } since }
        ? Refused.Because(
            ErrorCodes.PriceStale,
            "The reference price that this ad follows is too old to trade at. It can be taken again when there is a new one.",
            ("since", WireJson.Spell(since)))
        : Refused.Because(ErrorCodes.NoReferencePrice, "This ad follows a reference price, and there is none.");

    /// <summary>The most fiat that one order can have now: bounded by the terms and by what is left; null without a price.</summary>
    public static decimal? AmountMaxNow(Ad ad)
    {
        if (PriceOf(ad) is not { } price)
        {
            return null;
        }

        // The least order's asset is cut down, so it can fit although what is left is worth a little less.
        var most = Math.Min(ad.AmountMax, RoundDown(ad.Remaining * price, ad.FiatScale));
        return LeastCrypto(ad, price) <= ad.Remaining ? Math.Max(ad.AmountMin, most) : most;
    }

    /// <summary>How much of the asset the smallest order takes.</summary>
    public static decimal LeastCrypto(Ad ad, decimal price) => RoundDown(ad.AmountMin / price, ad.AssetScale);

    /// <summary>What the escrow of the smallest order takes from the seller; a selling maker's fee comes on top, rounded up.</summary>
    public static decimal LeastHeld(Ad ad, decimal price) => ad.Side == AdSide.Sell
        ? LeastCrypto(ad, price) + decimal.Round(LeastCrypto(ad, price) * ad.FeeRate, ad.AssetScale, MidpointRounding.ToPositiveInfinity)
        : LeastCrypto(ad, price);

    /// <summary>Why the ad is shown to nobody, whoever looks; empty when it is shown.</summary>
    public static IEnumerable<Reason> HiddenBecause(Ad ad, MakerFacts maker, DateTimeOffset now)
    {
        if (maker.Suspended)
        {
            yield return Refused.Because(ErrorCodes.Suspended, "The maker is suspended.");
        }

        if (ad.Side == AdSide.Buy && maker.CoolingDownUntil is { } until && until > now)
        {
            yield return CoolingDown(until);
        }

        if (ad.ClosedAt is not null)
        {
            yield return Unavailable("closed", "The ad is closed.");
        }
        else if (ad.HiddenReason is not null)
        {
            yield return Unavailable("hiddenByStaff", "Staff hid the ad.");
        }
        else if (!ad.Open)
        {
            yield return Unavailable("paused", "The ad is paused.");
        }

        if (!ad.AssetIsTraded)
        {
            yield return Unavailable("assetClosed", "The asset is not traded any more.");
        }

        if (ScheduleRules.AwayBecause(ad.Hours, now) is { } away)
        {
            yield return away;
        }

        if (PriceOf(ad) is not { } price)
        {
            yield return Priceless(ad);
            yield break;
        }

        if (LeastCrypto(ad, price) > ad.Remaining)
        {
            yield return Unavailable("soldOut", "Less is left than the smallest order takes.");
        }

        if (ad.Side == AdSide.Sell && LeastHeld(ad, price) is var needed && maker.Available < needed)
        {
            yield return Insufficient(ad.Asset, maker.Available, needed);
        }
    }

    /// <summary>Why the maker cannot change the ad.</summary>
    public static IEnumerable<Reason> CannotChangeBecause(Ad ad, int? expectedVersion)
    {
        if (expectedVersion is { } expected && expected != ad.Version)
        {
            yield return Refused.Because(ErrorCodes.StaleVersion, "The ad has changed meanwhile.", ("version", Spell(ad.Version)));
        }

        if (ad.ClosedAt is not null)
        {
            yield return Refused.Because(ErrorCodes.AdClosed, "The ad is closed for good.");
        }
    }

    /// <summary>Why the maker cannot show the ad, beside what forbids every change.</summary>
    public static Reason? CannotShowBecause(Ad ad) => ad.HiddenReason is { } reason
        ? Refused.Because(ErrorCodes.AdHidden, "Staff hid this ad: ask them to restore it.", ("reason", reason))
        : null;

    /// <summary>Why this taker could place no order at all, whatever the ad of this side.</summary>
    public static IEnumerable<Reason> CannotTakeAny(AdSide side, TakerStanding taker, AdLimits limits) => TakerRules.CannotTakeAny(
        side,
        new TakerPosition(
            taker.Suspended, taker.CoolingDownUntil, taker.OpenAsTaker, taker.UnpaidAsTaker, limits.OpenOrdersMax, limits.UnpaidOrdersMax),
        taker.Now);

    /// <summary>
    /// Why this taker could not place the ad's smallest order now, in the order of the codes of <see cref="IOrderCalls.CreateOrder"/>.
    /// The maker's figures stay the maker's.
    /// </summary>
    public static IEnumerable<Reason> CannotTakeBecause(ListedAd listed, TakerStanding taker, AdLimits limits)
    {
        var (ad, maker) = listed;
        foreach (var reason in CannotTakeAny(ad.Side, taker, limits))
        {
            yield return reason;
        }

        var hidden = HiddenBecause(ad, maker, taker.Now).ToArray();
        foreach (var reason in hidden.Where(reason => reason.Code != ErrorCodes.InsufficientBalance))
        {
            yield return reason.Code switch
            {
                ErrorCodes.Suspended => Unavailable("makerSuspended", "The maker cannot trade now."),
                ErrorCodes.CoolingDown => Unavailable("makerCoolingDown", "The maker cannot trade now."),
                _ => reason,
            };
        }

        if (PriceOf(ad) is not null)
        {
            foreach (var reason in TradeLimitRules.Exceeded(ad, taker.Facts, taker.DayVolume, ad.AmountMin, taker.Now))
            {
                yield return reason;
            }
        }

        if (ad.Side == AdSide.Buy && !ad.PaymentMethodIds.Intersect(taker.AccountMethodIds).Any())
        {
            yield return Refused.Because(
                ErrorCodes.PaymentAccountRequired, "Save a payment account of one of the ad's methods, then sell.");
        }

        foreach (var reason in UnmetConditions(ad, taker.Facts, taker.Now))
        {
            yield return reason;
        }

        if (hidden.Any(reason => reason.Code == ErrorCodes.InsufficientBalance))
        {
            yield return Refused.Because(
                ErrorCodes.InsufficientBalance, "The seller cannot cover the smallest order now.", ("asset", ad.Asset));
        }
        else if (ad.Side == AdSide.Buy && PriceOf(ad) is { } price && LeastHeld(ad, price) is var needed && taker.Available < needed)
        {
            yield return Insufficient(ad.Asset, taker.Available, needed);
        }
    }

    /// <summary>Completed of all ended orders in percent, two decimals, half to even; null before the first one ended.</summary>
    public static decimal? CompletionRate(int completed, int cancelled) =>
        completed + cancelled == 0 ? null : decimal.Round(completed * 100m / (completed + cancelled), 2, MidpointRounding.ToEven);

    /// <summary>Which of the ad's conditions the taker does not meet.</summary>
    public static IEnumerable<Reason> UnmetConditions(Ad ad, TakerFacts taker, DateTimeOffset now)
    {
        if (ad.VerifiedOnly && !taker.IsVerified)
        {
            yield return Refused.Because(ErrorCodes.NotVerified, "This ad is for verified users.");
        }

        if (ad.CompletedTradesMin is { } trades && taker.Completed < trades)
        {
            yield return Refused.Because(
                ErrorCodes.TooFewTrades,
                $"This ad asks for {trades} completed trades.",
                ("needed", Spell(trades)),
                ("have", Spell(taker.Completed)));
        }

        if (ad.CompletionRateMin is { } rate && CompletionRate(taker.Completed, taker.Cancelled) is { } have && have < rate)
        {
            yield return Refused.Because(
                ErrorCodes.CompletionRateTooLow,
                $"This ad asks for a completion rate of {WireJson.Spell(rate)} %.",
                ("needed", WireJson.Spell(rate)),
                ("have", WireJson.Spell(have)));
        }

        var days = (int)(now - taker.JoinedAt).TotalDays;
        if (ad.AccountAgeDaysMin is { } age && days < age)
        {
            yield return Refused.Because(
                ErrorCodes.AccountTooYoung,
                $"This ad asks for an account of {age} days.",
                ("neededDays", Spell(age)),
                ("haveDays", Spell(days)));
        }
    }

    private static decimal RoundDown(decimal value, int scale) => decimal.Round(value, scale, MidpointRounding.ToZero);

    private static Reason CoolingDown(DateTimeOffset until) =>
        Refused.Because(ErrorCodes.CoolingDown, "Too many orders came to nothing lately.", ("until", WireJson.Spell(until)));

    private static Reason Unavailable(string reason, string message) =>
        Refused.Because(ErrorCodes.AdUnavailable, message, ("reason", reason));

    private static Reason Insufficient(string asset, decimal available, decimal needed) => Refused.Because(
        ErrorCodes.InsufficientBalance,
        "The available balance does not suffice for the smallest order.",
        ("asset", asset),
        ("available", WireJson.Spell(available)),
        ("needed", WireJson.Spell(needed)));

    private static string Spell(int value) => value.ToString(CultureInfo.InvariantCulture);
}
