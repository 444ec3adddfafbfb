using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Ads;

namespace P2P.Tests.Rules;

/// <summary>When an ad is shown, and who can take it.</summary>
public sealed class AdRulesTests
{
    private static readonly AdLimits AdLimits = new();

    private static Ad Floating => AnAd.Of(AdSide.Sell) with
    {
        PriceKind = PriceKind.Floating,
        PriceFixed = null,
        PricePercent = 110,
        ReferencePrice = 100,
        PriceFloor = 90,
        PriceCeiling = 120,
    };

    [Test]
    public void A_floating_price_stays_between_floor_and_ceiling()
    {
        AdRules.PriceOf(Floating).ShouldBe(110);
        AdRules.PriceOf(Floating with { ReferencePrice = 10 }).ShouldBe(90);
        AdRules.PriceOf(Floating with { ReferencePrice = 1_000 }).ShouldBe(120);
        AdRules.PriceOf(Floating with { ReferencePrice = null }).ShouldBeNull();
    }

    [Test]
    public void What_is_left_bounds_an_order()
    {
        var ad = AnAd.Of(AdSide.Sell);
        AdRules.AmountMaxNow(ad).ShouldBe(1_000);
        AdRules.AmountMaxNow(ad with { Remaining = 0.01m }).ShouldBe(500);
        AdRules.AmountMaxNow(ad with { PriceFixed = 3, AmountMin = 1, Remaining = 0.33333333m }).ShouldBe(1);
        AdRules.AmountMaxNow(Floating with { ReferencePrice = null }).ShouldBeNull();
    }

    [Test]
    public void A_selling_makers_fee_comes_on_top_and_rounds_up()
    {
        AdRules.LeastHeld(AnAd.Of(AdSide.Sell), 50_000).ShouldBe(0.0002002m);
        AdRules.LeastHeld(AnAd.Of(AdSide.Buy), 50_000).ShouldBe(0.0002m);
        AdRules.LeastHeld(AnAd.Of(AdSide.Sell) with { AssetScale = 4 }, 50_000).ShouldBe(0.0003m);
    }

    private static IEnumerable<TestCaseData> Hidden()
    {
        var (sell, buy, maker) = (AnAd.Of(AdSide.Sell), AnAd.Of(AdSide.Buy), AnAd.Maker);
        var coolingDown = maker with { CoolingDownUntil = AnAd.Now.AddMinutes(1) };
        yield return new TestCaseData(sell, maker, "");
        yield return new TestCaseData(buy, maker with { Available = 0 }, "");
        yield return new TestCaseData(sell, maker with { Suspended = true }, "SUSPENDED");
        yield return new TestCaseData(sell, coolingDown, "");
        yield return new TestCaseData(buy, coolingDown, "COOLING_DOWN");
        yield return new TestCaseData(buy, maker with { CoolingDownUntil = AnAd.Now }, "");
        yield return new TestCaseData(sell with { Open = false }, maker, "AD_UNAVAILABLE:paused");
        yield return new TestCaseData(sell with { Open = false, ClosedAt = AnAd.Now }, maker, "AD_UNAVAILABLE:closed");
        yield return new TestCaseData(sell with { Remaining = 0.00019999m }, maker, "AD_UNAVAILABLE:soldOut");
        yield return new TestCaseData(sell with { Remaining = 0.0002m }, maker, "");
        yield return new TestCaseData(sell, maker with { Available = 0.00020019m }, "INSUFFICIENT_BALANCE");
        yield return new TestCaseData(sell, maker with { Available = 0.0002002m }, "");
        yield return new TestCaseData(Floating with { ReferencePrice = null }, maker, "NO_REFERENCE_PRICE");
        yield return new TestCaseData(AdRules.AsOf(Floating with { ReferenceFreshUntil = AnAd.Now }, AnAd.Now), maker, "PRICE_STALE");
        yield return new TestCaseData(
            AdRules.AsOf(Floating with { ReferenceFreshUntil = AnAd.Now.AddTicks(10), PriceFloor = null }, AnAd.Now), maker, "");
        yield return new TestCaseData(AdRules.AsOf(sell with { ReferenceFreshUntil = AnAd.Now }, AnAd.Now), maker, "");
        yield return new TestCaseData(
            sell with { Open = false, Remaining = 0 },
            maker with { Suspended = true, Available = 0 },
            "SUSPENDED AD_UNAVAILABLE:paused AD_UNAVAILABLE:soldOut INSUFFICIENT_BALANCE");
    }

    [TestCaseSource(nameof(Hidden))]
    public void The_maker_hears_every_reason_why_an_ad_is_hidden(Ad ad, MakerFacts maker, string reasons) =>
        string.Join(' ', AdRules.HiddenBecause(ad, maker, AnAd.Now).Select(Spell)).ShouldBe(reasons);

    private static IEnumerable<TestCaseData> NotTaken()
    {
        var (sell, buy, maker, taker) = (AnAd.Of(AdSide.Sell), AnAd.Of(AdSide.Buy), AnAd.Maker, AnAd.Taker);
        yield return new TestCaseData(sell, maker, taker, "");
        yield return new TestCaseData(buy, maker, taker, "");
        yield return new TestCaseData(sell, maker, taker with { Suspended = true }, "SUSPENDED");
        yield return new TestCaseData(sell, maker, taker with { CoolingDownUntil = AnAd.Now.AddSeconds(1) }, "COOLING_DOWN");
        yield return new TestCaseData(sell, maker, taker with { OpenAsTaker = 20 }, "QUOTA_EXCEEDED");
        yield return new TestCaseData(sell, maker, taker with { UnpaidAsTaker = 5 }, "QUOTA_EXCEEDED");
        yield return new TestCaseData(buy, maker, taker with { UnpaidAsTaker = 5 }, "");
        yield return new TestCaseData(sell, maker with { Suspended = true }, taker, "AD_UNAVAILABLE:makerSuspended");
        yield return new TestCaseData(buy, maker with { CoolingDownUntil = AnAd.Now.AddDays(1) }, taker, "AD_UNAVAILABLE:makerCoolingDown");
        yield return new TestCaseData(sell, maker, taker with { AccountMethodIds = [], Available = 0 }, "");
        yield return new TestCaseData(buy, maker, taker with { AccountMethodIds = [4] }, "PAYMENT_ACCOUNT_REQUIRED");
        yield return new TestCaseData(buy, maker, taker with { Available = 0.00019999m }, "INSUFFICIENT_BALANCE");
        yield return new TestCaseData(sell, maker with { Available = 0 }, taker, "INSUFFICIENT_BALANCE");
        yield return new TestCaseData(sell with { VerifiedOnly = true }, maker, taker with { IsVerified = false }, "NOT_VERIFIED");
        yield return new TestCaseData(sell with { CompletedTradesMin = 51 }, maker, taker, "TOO_FEW_TRADES");
        yield return new TestCaseData(sell with { CompletionRateMin = 90 }, maker, taker with { Cancelled = 6 }, "COMPLETION_RATE_TOO_LOW");
        yield return new TestCaseData(sell with { CompletionRateMin = 90 }, maker, taker with { Completed = 0, Cancelled = 0 }, "");
        yield return new TestCaseData(sell with { AccountAgeDaysMin = 366 }, maker, taker, "ACCOUNT_TOO_YOUNG");
    }

    [TestCaseSource(nameof(NotTaken))]
    public void A_taker_hears_every_reason_why_not(Ad ad, MakerFacts maker, TakerStanding taker, string reasons) =>
        string.Join(' ', AdRules.CannotTakeBecause(new ListedAd(ad, maker), taker, AdLimits).Select(Spell)).ShouldBe(reasons);

    [Test]
    public void A_makers_balance_is_the_makers_own_affair() =>
        AdRules.CannotTakeBecause(new ListedAd(AnAd.Of(AdSide.Sell), AnAd.Maker with { Available = 0.0001m }), AnAd.Taker, AdLimits)
            .ShouldHaveSingleItem().Details.ShouldNotBeNull().Keys.ShouldBe(["asset"]);

    [Test]
    public void A_stale_version_comes_before_a_closed_ad() =>
        AdRules.CannotChangeBecause(AnAd.Of(AdSide.Sell) with { ClosedAt = AnAd.Now, Version = 4 }, 3)
            .Select(reason => reason.Code).ShouldBe([ErrorCodes.StaleVersion, ErrorCodes.AdClosed]);

    private static string Spell(P2P.Contracts.Deals.Reason reason) =>
        reason.Code == ErrorCodes.AdUnavailable ? $"{reason.Code}:{reason.Details?["reason"]}" : reason.Code;
}
