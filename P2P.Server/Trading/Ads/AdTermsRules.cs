using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Trading.Ads;

/// <summary>Pure decisions about what a maker sends: the shape of an ad, and what its terms need.</summary>
public static class AdTermsRules
{
    private const decimal PercentMin = 50;
    private const decimal PercentMax = 200;
    private const int PercentScale = 2;
    private const int TradesMinMax = 1_000_000;
    private const int AgeDaysMinMax = 36_500;

    /// <summary>The terms as they are stored: texts cleaned, ids once each, no empty conditions.</summary>
    public static AdTerms Clean(AdTerms terms) => terms with
    {
        PaymentMethodIds = [.. terms.PaymentMethodIds.Distinct()],
        ViewerIds = terms.Visibility == AdVisibility.Chosen ? [.. (terms.ViewerIds ?? []).Distinct()] : terms.ViewerIds,
        Terms = CleanText.Block(terms.Terms),
        AutoReply = CleanText.Block(terms.AutoReply),
    };

    /// <summary>What is wrong with an ad's shape.</summary>
    public static IEnumerable<Reason> Malformed(AdSide side, decimal total, AdTerms terms, TermsFacts facts)
    {
        if (side is not (AdSide.Buy or AdSide.Sell))
        {
            yield return Bad("side", "An ad buys or sells.");
        }

        if (MalformedTotal(total, facts.AssetScale) is { } reason)
        {
            yield return reason;
        }

        foreach (var other in Malformed(terms, facts))
        {
            yield return other;
        }
    }

    /// <summary>Refuses what cannot be a code, before it is looked up.</summary>
    public static void CheckCodes(string asset, string fiat)
    {
        if (!CleanText.IsCode(asset))
        {
            throw new Refused(Bad("asset", "An asset's code is short and without control characters."));
        }

        if (!CleanText.IsCode(fiat))
        {
            throw new Refused(Bad("fiat", "A currency's code is short and without control characters."));
        }
    }

    /// <summary>Refuses what cannot be one side of a market.</summary>
    public static void CheckMarket(Market market)
    {
        if (market.Side is not (AdSide.Buy or AdSide.Sell))
        {
            throw new Refused(Bad("side", "An ad buys or sells."));
        }

        CheckCodes(market.Asset, market.Fiat);
    }

    /// <summary>What is wrong with a total; null when it is good.</summary>
    public static Reason? MalformedTotal(decimal total, int? assetScale) =>
        IsAmount(total, assetScale) ? null : Bad("total", "A total is above zero and no finer than its asset.");

    /// <summary>What is wrong with the terms' shape.</summary>
    public static IEnumerable<Reason> Malformed(AdTerms terms, TermsFacts facts) =>
        MalformedPrice(terms.Price)
            .Concat(MalformedAmounts(terms, facts.FiatScale))
            .Concat(MalformedRest(terms, facts))
            .Concat(MalformedConditions(terms.Conditions));

    /// <summary>Why the ad cannot be put up, in the order in which the call's doc names the codes.</summary>
    public static IEnumerable<Reason> CreateReasons(AdSide side, AdTerms terms, TermsFacts facts, AdLimits limits)
    {
        if (facts.AssetScale is null)
        {
            yield return Refused.Because(ErrorCodes.AssetUnknown, "There is no such asset here.");
        }
        else if (facts.AssetIsTraded == false)
        {
            yield return Refused.Because(ErrorCodes.AssetClosed, "There are no new ads of this asset.");
        }

        if (facts.FiatScale is null)
        {
            yield return Refused.Because(ErrorCodes.CurrencyUnknown, "There is no such currency here.");
        }

        foreach (var reason in TermsReasons(side, terms, facts))
        {
            yield return reason;
        }

        if (facts.OpenAds >= limits.AdsPerUser)
        {
            yield return Refused.Because(
                ErrorCodes.QuotaExceeded,
                $"A user has at most {limits.AdsPerUser} ads: delete one first.",
                ("quota", "ads"),
                ("limit", Spell(limits.AdsPerUser)));
        }
    }

    /// <summary>Why the terms cannot be had.</summary>
    public static IEnumerable<Reason> TermsReasons(AdSide side, AdTerms terms, TermsFacts facts)
    {
        foreach (var id in terms.PaymentMethodIds.Except(facts.KnownMethodIds))
        {
            yield return Refused.Because(
                ErrorCodes.PaymentMethodUnknown, $"There is no payment method {id} of this currency.", ("paymentMethodId", Spell(id)));
        }

        if (side == AdSide.Sell)
        {
            foreach (var id in terms.PaymentMethodIds.Intersect(facts.KnownMethodIds).Except(facts.AccountMethodIds))
            {
                yield return Refused.Because(
                    ErrorCodes.PaymentAccountRequired,
                    $"Save a payment account of method {id} first: the buyer pays into it.",
                    ("paymentMethodId", Spell(id)));
            }
        }
    }

    private static IEnumerable<Reason> MalformedPrice(AdPrice price)
    {
        switch (price.Kind)
        {
            case PriceKind.Fixed:
                if (price.Fixed is not { } value || !IsAmount(value, Limits.ScaleMax))
                {
                    yield return Bad("terms.price.fixed", "A fixed price is an amount above zero.");
                }

                if (price.Percent is not null || price.Floor is not null || price.Ceiling is not null)
                {
                    yield return Bad("terms.price", "A fixed price has no percentage, floor or ceiling.");
                }

                break;
            case PriceKind.Floating:
                if (price.Percent is not { } percent || percent is < PercentMin or > PercentMax || !FitsScale(percent, PercentScale))
                {
                    yield return Bad("terms.price.percent", "A floating price is 50 to 200 percent of the reference, with two decimals.");
                }

                if (price.Fixed is not null)
                {
                    yield return Bad("terms.price", "A floating price is not fixed.");
                }

                if (price.Floor is { } floor && !IsAmount(floor, Limits.ScaleMax))
                {
                    yield return Bad("terms.price.floor", "A floor is an amount above zero.");
                }

                if (price.Ceiling is { } ceiling && !IsAmount(ceiling, Limits.ScaleMax))
                {
                    yield return Bad("terms.price.ceiling", "A ceiling is an amount above zero.");
                }

                if (price.Floor > price.Ceiling)
                {
                    yield return Bad("terms.price.floor", "The floor is above the ceiling.");
                }

                break;
            default:
                yield return Bad("terms.price.kind", "A price is fixed or floating.");
                break;
        }
    }

    private static IEnumerable<Reason> MalformedAmounts(AdTerms terms, int? fiatScale)
    {
        if (!IsAmount(terms.AmountMin, fiatScale))
        {
            yield return Bad("terms.amountMin", "The least amount is above zero and no finer than the currency.");
        }

        if (!IsAmount(terms.AmountMax, fiatScale))
        {
            yield return Bad("terms.amountMax", "The greatest amount is above zero and no finer than the currency.");
        }

        if (terms.AmountMin > terms.AmountMax)
        {
            yield return Bad("terms.amountMin", "The least amount is above the greatest.");
        }
    }

    private static IEnumerable<Reason> MalformedRest(AdTerms terms, TermsFacts facts)
    {
        if (terms.PaymentMethodIds.Count is < 1 or > Limits.PaymentMethodsMax)
        {
            yield return Bad("terms.paymentMethodIds", $"An ad takes 1 to {Limits.PaymentMethodsMax} payment methods.");
        }

        if (terms.PaymentWindowMinutes is < Limits.PaymentWindowMinutesMin or > Limits.PaymentWindowMinutesMax)
        {
            yield return Bad("terms.paymentWindowMinutes", "The payment window is 10 to 1,440 minutes.");
        }

        if (terms.Visibility is not (AdVisibility.Public or AdVisibility.Link or AdVisibility.Chosen))
        {
            yield return Bad("terms.visibility", "An ad is public, by link or for chosen users.");
        }

        var viewers = terms.ViewerIds?.Count ?? 0;
        if (terms.Visibility != AdVisibility.Chosen && viewers > 0)
        {
            yield return Bad("terms.viewerIds", "Only an ad for chosen users names viewers.");
        }
        else if (viewers > Limits.AdViewersMax)
        {
            yield return Bad("terms.viewerIds", $"An ad names at most {Limits.AdViewersMax} viewers.");
        }
        else if (viewers > facts.KnownViewers)
        {
            yield return Bad("terms.viewerIds", "A viewer has no profile here.");
        }

        if (terms.Terms?.Length > Limits.AdTermsCharsMax)
        {
            yield return Bad("terms.terms", $"Terms have at most {Limits.AdTermsCharsMax} characters.");
        }

        if (terms.AutoReply?.Length > Limits.AutoReplyCharsMax)
        {
            yield return Bad("terms.autoReply", $"An auto-reply has at most {Limits.AutoReplyCharsMax} characters.");
        }
    }

    private static IEnumerable<Reason> MalformedConditions(TakerConditions? conditions)
    {
        if (conditions?.CompletedTradesMin is < 0 or > TradesMinMax)
        {
            yield return Bad("terms.conditions.completedTradesMin", "The number of completed trades is 0 to 1,000,000.");
        }

        if (conditions?.CompletionRateMin is { } rate && (rate is < 0 or > 100 || !FitsScale(rate, PercentScale)))
        {
            yield return Bad("terms.conditions.completionRateMin", "The completion rate is 0 to 100 percent, with two decimals.");
        }

        if (conditions?.AccountAgeDaysMin is < 0 or > AgeDaysMinMax)
        {
            yield return Bad("terms.conditions.accountAgeDaysMin", "The account's age is 0 to 36,500 days.");
        }
    }

    /// <summary>The reason of a refusal at the door.</summary>
    public static Reason Bad(string path, string message) => Refused.Because(ErrorCodes.BadInput, message, ("path", path));

    /// <summary>Above zero, within the contract's bound, no finer than the scale; an unknown scale is judged when it is known.</summary>
    private static bool IsAmount(decimal value, int? scale) =>
        value is > 0 and <= Limits.AmountMax && FitsScale(value, scale ?? Limits.ScaleMax);

    private static bool FitsScale(decimal value, int scale) => decimal.Round(value, scale) == value;

    private static string Spell(long value) => value.ToString(CultureInfo.InvariantCulture);
}
