using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>Pure decisions about ads.</summary>
public static class AdRules
{
    /// <summary>
    /// Fiat for one unit of the asset, at most 8 decimals: the fixed price, or reference price x percent / 100, rounded half to even and kept
    /// between floor and ceiling. Null when a floating price has nothing to follow.
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
        return ad.PriceCeiling is { } ceiling && price > ceiling ? ceiling : price;
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
                ErrorCodes.TooFewTrades, $"This ad asks for {trades} completed trades.", ("needed", Spell(trades)), ("have", Spell(taker.Completed)));
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
                ErrorCodes.AccountTooYoung, $"This ad asks for an account of {age} days.", ("neededDays", Spell(age)), ("haveDays", Spell(days)));
        }
    }

    private static string Spell(int value) => value.ToString(CultureInfo.InvariantCulture);
}
