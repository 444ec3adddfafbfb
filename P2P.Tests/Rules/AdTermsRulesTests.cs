using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Ads;

namespace P2P.Tests.Rules;

/// <summary>Which ads have the right shape, and what their terms need.</summary>
public sealed class AdTermsRulesTests
{
    private static readonly TermsFacts Facts = new()
    {
        AssetScale = 6,
        FeeRate = 0.001m,
        FiatScale = 2,
        KnownMethodIds = [1, 2],
        AccountMethodIds = [1, 2],
        KnownViewers = 100,
        OpenAds = 0,
        Suspended = false,
        Available = 5,
        Now = AnAd.Now,
    };

    private static readonly AdTerms Good = new()
    {
        Price = new AdPrice { Kind = PriceKind.Floating, Percent = 101.25m, Floor = 90, Ceiling = 110 },
        AmountMin = 10.50m,
        AmountMax = 100,
        PaymentMethodIds = [1, 2],
        PaymentWindowMinutes = 30,
        Visibility = AdVisibility.Public,
        Conditions = new TakerConditions { CompletedTradesMin = 3, CompletionRateMin = 99.5m, AccountAgeDaysMin = 30, VerifiedOnly = true },
    };

    private static IEnumerable<TestCaseData> Malformed()
    {
        yield return Case("terms.price.kind", Good with { Price = new AdPrice { Kind = PriceKind.Unknown } });
        yield return Case("terms.price.fixed", Fixed(null));
        yield return Case("terms.price.fixed", Fixed(0));
        yield return Case("terms.price.fixed", Fixed(-1));
        yield return Case("terms.price.fixed", Fixed(1.000000001m));
        yield return Case("terms.price.fixed", Fixed(Limits.AmountMax + 1));
        yield return Case("terms.price", Good with { Price = Fixed(1).Price with { Percent = 100 } });
        yield return Case("terms.price", Good with { Price = Fixed(1).Price with { Floor = 1 } });
        yield return Case("terms.price", Good with { Price = Fixed(1).Price with { Ceiling = 1 } });
        yield return Case("terms.price.percent", Floating(null));
        yield return Case("terms.price.percent", Floating(49.99m));
        yield return Case("terms.price.percent", Floating(200.01m));
        yield return Case("terms.price.percent", Floating(100.001m));
        yield return Case("terms.price", Good with { Price = Good.Price with { Fixed = 5 } });
        yield return Case("terms.price.floor", Good with { Price = Good.Price with { Floor = 0 } });
        yield return Case("terms.price.ceiling", Good with { Price = Good.Price with { Floor = null, Ceiling = -1 } });
        yield return Case("terms.price.floor", Good with { Price = Good.Price with { Floor = 111 } });
        yield return Case("terms.amountMin", Good with { AmountMin = 0 });
        yield return Case("terms.amountMin", Good with { AmountMin = 1.001m });
        yield return Case("terms.amountMax", Good with { AmountMax = 99.999m });
        yield return Case("terms.amountMax", Good with { AmountMax = Limits.AmountMax + 1 });
        yield return Case("terms.amountMin", Good with { AmountMin = 101 });
        yield return Case("terms.paymentMethodIds", Good with { PaymentMethodIds = [] });
        yield return Case("terms.paymentMethodIds", Good with { PaymentMethodIds = [.. Enumerable.Range(1, 21).Select(id => (long)id)] });
        yield return Case("terms.paymentWindowMinutes", Good with { PaymentWindowMinutes = 9 });
        yield return Case("terms.paymentWindowMinutes", Good with { PaymentWindowMinutes = 1_441 });
        yield return Case("terms.visibility", Good with { Visibility = AdVisibility.Unknown });
        yield return Case("terms.viewerIds", Good with { ViewerIds = [5] });
        yield return Case("terms.viewerIds", Good with { Visibility = AdVisibility.Link, ViewerIds = [5] });
        var crowd = Enumerable.Range(1, 101).Select(id => (long)id).ToArray();
        yield return Case("terms.viewerIds", Good with { Visibility = AdVisibility.Chosen, ViewerIds = crowd });
        yield return Case("terms.terms", Good with { Terms = new string('x', 2_001) });
        yield return Case("terms.autoReply", Good with { AutoReply = new string('x', 1_001) });
        yield return Case("terms.conditions.completedTradesMin", With(new TakerConditions { CompletedTradesMin = -1 }));
        yield return Case("terms.conditions.completionRateMin", With(new TakerConditions { CompletionRateMin = 100.01m }));
        yield return Case("terms.conditions.completionRateMin", With(new TakerConditions { CompletionRateMin = 1.001m }));
        yield return Case("terms.conditions.accountAgeDaysMin", With(new TakerConditions { AccountAgeDaysMin = -1 }));
    }

    [TestCaseSource(nameof(Malformed))]
    public void What_has_the_wrong_shape_is_told_by_its_path(string path, AdTerms terms)
    {
        var reason = AdTermsRules.Malformed(AdSide.Sell, 1, terms, Facts).ShouldHaveSingleItem();
        reason.Code.ShouldBe(ErrorCodes.BadInput);
        reason.Details.ShouldNotBeNull()["path"].ShouldBe(path);
    }

    [Test]
    public void Every_fault_is_told_in_one_go() =>
        AdTermsRules.Malformed(AdSide.Unknown, 0, Good with { AmountMin = 0, PaymentWindowMinutes = 0 }, Facts)
            .Select(reason => reason.Details?["path"])
            .ShouldBe(["side", "total", "terms.amountMin", "terms.paymentWindowMinutes"]);

    [Test]
    public void Good_terms_have_no_fault()
    {
        AdTermsRules.Malformed(AdSide.Sell, 0.000001m, Good, Facts).ShouldBeEmpty();
        AdTermsRules.CreateReasons(AdSide.Sell, Good, Facts, new AdLimits()).ShouldBeEmpty();
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("0.0000001")]
    [TestCase("1000000000001")]
    public void A_total_fits_its_asset(string total)
    {
        WireJson.TryReadAmount(total, out var value).ShouldBeTrue();
        AdTermsRules.MalformedTotal(value, Facts.AssetScale).ShouldNotBeNull();
    }

    [Test]
    public void Viewers_without_a_profile_are_refused() =>
        AdTermsRules.Malformed(Good with { Visibility = AdVisibility.Chosen, ViewerIds = [5, 6] }, Facts with { KnownViewers = 1 })
            .ShouldHaveSingleItem().Details.ShouldNotBeNull()["path"].ShouldBe("terms.viewerIds");

    [Test]
    public void All_reasons_come_in_the_documented_order()
    {
        var facts = Facts with { AssetScale = null, FiatScale = null, KnownMethodIds = [2], AccountMethodIds = [], OpenAds = 50 };
        AdTermsRules.CreateReasons(AdSide.Sell, Good, facts, new AdLimits()).Select(reason => reason.Code).ShouldBe(
        [
            ErrorCodes.AssetUnknown,
            ErrorCodes.CurrencyUnknown,
            ErrorCodes.PaymentMethodUnknown,
            ErrorCodes.PaymentAccountRequired,
            ErrorCodes.QuotaExceeded,
        ]);
    }

    [Test]
    public void A_buyer_needs_no_payment_account() =>
        AdTermsRules.CreateReasons(AdSide.Buy, Good, Facts with { AccountMethodIds = [] }, new AdLimits()).ShouldBeEmpty();

    [Test]
    public void Lists_are_kept_once_each()
    {
        var clean = AdTermsRules.Clean(Good with { PaymentMethodIds = [2, 1, 2], Visibility = AdVisibility.Chosen, ViewerIds = [9, 9] });
        clean.PaymentMethodIds.ShouldBe([2, 1]);
        clean.ViewerIds.ShouldBe([9]);
    }

    [TestCase("", "USD")]
    [TestCase("BT\0C", "USD")]
    [TestCase("BTC", "")]
    [TestCase("BTC", "USD\n")]
    [TestCase("BTCBTCBTCBTCBTCBTCBTC", "USD")]
    public void What_cannot_be_a_code_is_refused_before_it_is_looked_up(string asset, string fiat) =>
        Should.Throw<Refused>(() => AdTermsRules.CheckCodes(asset, fiat)).Code.ShouldBe(ErrorCodes.BadInput);

    private static TestCaseData Case(string path, AdTerms terms) => new(path, terms);

    private static AdTerms Fixed(decimal? price) => Good with { Price = new AdPrice { Kind = PriceKind.Fixed, Fixed = price } };

    private static AdTerms Floating(decimal? percent) => Good with { Price = Good.Price with { Percent = percent } };

    private static AdTerms With(TakerConditions conditions) => Good with { Conditions = conditions };
}
