using FsCheck.Fluent;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Support;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>Why an ad cannot be taken: every reason, in the documented order, for the command and the check alike.</summary>
public sealed class PlacingRulesTests
{
    /// <summary>One defect each, in the order in which the contract lists their codes.</summary>
    private static readonly (string Name, string Code, Func<PlaceFacts, PlaceFacts> Spoil)[] Defects =
    [
        ("hidden", ErrorCodes.NotFound, f => f with { Ad = f.Ad with { Visibility = AdVisibility.Chosen } }),
        ("too fine", ErrorCodes.BadInput, f => f with { Terms = f.Terms with { CryptoAmount = 1.000000001m } }),
        ("own", ErrorCodes.OwnAd, f => f with { Taker = f.Taker with { UserId = f.Ad.OwnerId } }),
        ("suspended", ErrorCodes.Suspended, f => f with { TakerStanding = f.TakerStanding with { Suspended = true } }),
        ("cooling", ErrorCodes.CoolingDown, f => f with { TakerStanding = f.TakerStanding with { CoolingDownUntil = f.Now + Microsecond } }),
        ("open", ErrorCodes.QuotaExceeded, f => f with { TakerStanding = f.TakerStanding with { OpenAsTaker = f.Limits.OpenOrdersMax } }),
        ("unpaid", ErrorCodes.QuotaExceeded, f => f with { TakerStanding = f.TakerStanding with { UnpaidAsTaker = f.Limits.UnpaidOrdersMax } }),
        ("paused", ErrorCodes.AdUnavailable, f => f with { Ad = f.Ad with { Open = false } }),
        ("stale", ErrorCodes.PriceStale, f => f with
        {
            Ad = AdRules.AsOf(
                f.Ad with { PriceKind = PriceKind.Floating, PricePercent = 100, ReferencePrice = 1_000, ReferenceFreshUntil = f.Now }, f.Now),
        }),
        ("priceless", ErrorCodes.NoReferencePrice, f => f with { Ad = f.Ad with { PriceKind = PriceKind.Floating, PricePercent = 100 } }),
        ("price changed", ErrorCodes.PriceChanged, f => f with { Terms = f.Terms with { ExpectedPrice = 999.99m } }),
        ("small", ErrorCodes.AmountTooSmall, f => f with { Ad = f.Ad with { AmountMin = 1_000.01m } }),
        ("large", ErrorCodes.AmountTooLarge, f => f with { Ad = f.Ad with { AmountMax = 999.99m } }),
        ("nothing left", ErrorCodes.NotEnoughRemaining, f => f with { Ad = f.Ad with { Remaining = 0.99999999m } }),
        ("method", ErrorCodes.PaymentMethodNotAccepted, f => f with { Terms = f.Terms with { PaymentMethodId = 19 } }),
        ("account", ErrorCodes.PaymentAccountRequired, f => f with { PaymentAccountId = null }),
        ("unverified", ErrorCodes.NotVerified, f => f with { Ad = f.Ad with { VerifiedOnly = true } }),
        ("trades", ErrorCodes.TooFewTrades, f => f with { Ad = f.Ad with { CompletedTradesMin = 4 } }),
        ("rate", ErrorCodes.CompletionRateTooLow, f => f with { Ad = f.Ad with { CompletionRateMin = 75.01m } }),
        ("young", ErrorCodes.AccountTooYoung, f => f with { Ad = f.Ad with { AccountAgeDaysMin = 41 } }),
        ("poor", ErrorCodes.InsufficientBalance, f => f with { SellerAvailable = 1.00999999m }),
    ];

    private static readonly bool[] YesAndNo = [true, false];
    private static readonly byte[] Secret = [1, 2, 3];
    private static readonly byte[]?[] LinkHashes = [null, Secret, [9, 9, 9], []];

    [Test]
    public void An_ad_without_fault_is_taken()
    {
        PlacingRules.Reasons(Place()).ShouldBeEmpty();
        Spoiled(["hidden"]).Select(reason => reason.Code).ShouldBe([ErrorCodes.NotFound]);
    }

    [Test]
    public void To_whoever_is_blocked_an_ad_is_as_one_that_never_was()
    {
        foreach (var visibility in Enum.GetValues<AdVisibility>())
        {
            var facts = Place() with { IsBlocked = true, IsViewer = true };
            facts = facts with { Ad = facts.Ad with { Visibility = visibility }, SellerAvailable = 0 };
            PlacingRules.Reasons(facts).Select(reason => reason.Code).ShouldBe([ErrorCodes.NotFound]);
        }
    }

    [Test]
    public void Every_defect_and_every_pair_of_defects_is_told_in_the_documented_order()
    {
        var checkedSets = 0;
        for (var i = 0; i < Defects.Length; i++)
        {
            for (var j = i; j < Defects.Length; j++)
            {
                Agree(i == j ? [Defects[i].Name] : [Defects[i].Name, Defects[j].Name]);
                checkedSets++;
            }
        }

        TestContext.Out.WriteLine($"{checkedSets} sets of one or two of {Defects.Length} defects.");
        checkedSets.ShouldBe(Defects.Length * (Defects.Length + 1) / 2);
    }

    [Test]
    public void Any_set_of_defects_is_told_in_the_documented_order_and_the_command_takes_the_first()
    {
        // Small sets as well as great ones: a great set nearly always holds the defects that hide others.
        var sets = from seed in Gen.Choose(0, int.MaxValue - 1)
                   from odds in Gen.Elements(2, 4, 10)
                   select Defects.Where((_, i) => new Random(seed ^ (i * 7_919)).Next(odds) == 0).Select(defect => defect.Name).ToArray();
        Properties.Hold("sets of defects", sets, 5_000, Agree);
    }

    [Test]
    public void No_amount_is_too_fine_or_nothing()
    {
        Code(WithTerms(t => t with { CryptoAmount = null, FiatAmount = 1_000.001m })).ShouldBe(ErrorCodes.BadInput);
        Code(WithTerms(t => t with { CryptoAmount = null, FiatAmount = 1_000.01m })).ShouldBeNull();
        Code(WithTerms(t => t with { CryptoAmount = -1 })).ShouldBe(ErrorCodes.AmountTooSmall);
        Code(WithTerms(t => t with { CryptoAmount = 0 })).ShouldBe(ErrorCodes.AmountTooSmall);
    }

    [TestCase(-1, ErrorCodes.CoolingDown)]
    [TestCase(0, null)]
    [TestCase(1, null)]
    public void A_cool_down_ends_at_its_very_microsecond(int offset, string? code)
    {
        var facts = Place();
        Code(facts with { TakerStanding = facts.TakerStanding with { CoolingDownUntil = Now - (offset * Microsecond) } }).ShouldBe(code);
        var buying = facts with { Ad = facts.Ad with { Side = AdSide.Buy } };
        Code(buying with { MakerStanding = facts.MakerStanding with { CoolingDownUntil = Now - (offset * Microsecond) } })
            .ShouldBe(code is null ? null : ErrorCodes.AdUnavailable);
        Code(facts with { MakerStanding = facts.MakerStanding with { CoolingDownUntil = Now.AddDays(1) } }).ShouldBeNull();
    }

    [Test]
    public void Limits_turn_at_their_last_order_and_only_buyers_have_unpaid_ones()
    {
        var facts = Place();
        PlaceFacts Taker(int open, int unpaid) =>
            facts with { TakerStanding = facts.TakerStanding with { OpenAsTaker = open, UnpaidAsTaker = unpaid } };

        Code(Taker(19, 4)).ShouldBeNull();
        Code(Taker(20, 4)).ShouldBe(ErrorCodes.QuotaExceeded);
        Code(Taker(19, 5)).ShouldBe(ErrorCodes.QuotaExceeded);
        var buying = Taker(19, 5);
        Code(buying with { Ad = buying.Ad with { Side = AdSide.Buy } }).ShouldBeNull();
    }

    [Test]
    public void An_ad_is_visible_to_its_maker_to_everyone_to_the_chosen_or_to_its_link()
    {
        var seen = 0;
        foreach (var visibility in Enum.GetValues<AdVisibility>())
        {
            foreach (var (isViewer, hash, own) in from viewer in YesAndNo
                                                  from given in LinkHashes
                                                  from isOwn in YesAndNo
                                                  select (viewer, given, isOwn))
            {
                var ad = Place().Ad with { Visibility = visibility, LinkHash = visibility == AdVisibility.Link ? Secret : null };
                var expected = own || visibility == AdVisibility.Public || (visibility == AdVisibility.Chosen && isViewer)
                    || (visibility == AdVisibility.Link && hash == Secret);
                PlacingRules.CanSee(ad, own ? ad.OwnerId : BuyerId, isViewer, hash).ShouldBe(expected, $"{visibility} {isViewer} {own}");
                seen++;
            }
        }

        seen.ShouldBe(64);
    }

    [Test]
    public void A_takers_refusal_tells_nothing_of_the_sellers_balance()
    {
        var facts = Place() with { SellerAvailable = 0.5m };
        PlacingRules.Reasons(facts).Single().Details!.Keys.ShouldBe(["asset"]); // There is one reason, and it has details.
        var selling = facts with { Ad = facts.Ad with { Side = AdSide.Buy } };
        PlacingRules.Reasons(selling).Single().Details!["available"].ShouldBe("0.5");
    }

    private static void Agree(string[] defects)
    {
        var facts = Spoil(defects);
        var expected = Expected(defects);
        var label = string.Join(", ", defects);
        PlacingRules.Reasons(facts).Select(reason => reason.Code).ShouldBe(expected, label);
        var (decision, code) = Outcome(() => PlacingRules.Decide(facts, Guid.CreateVersion7()));
        code.ShouldBe(expected.FirstOrDefault(), label);
        (decision?.Escrow == EscrowEffect.Hold).ShouldBe(expected.Count == 0, label);
    }

    /// <summary>What is told of a set of defects: some of them hide others.</summary>
    private static List<string> Expected(string[] defects)
    {
        bool Has(string name) => defects.Contains(name);
        if (Has("hidden") && !Has("own"))
        {
            return [ErrorCodes.NotFound];
        }

        var hidden = new HashSet<string> { "hidden" };
        if (Has("priceless") || Has("stale"))
        {
            hidden.UnionWith(["price changed", "small", "large", "nothing left", "poor"]);
        }

        if (Has("stale"))
        {
            hidden.Add("priceless");
        }

        if (Has("method"))
        {
            hidden.Add("account");
        }

        return [.. Defects.Where(defect => Has(defect.Name) && !hidden.Contains(defect.Name)).Select(defect => defect.Code)];
    }

    private static PlaceFacts Spoil(string[] defects) =>
        Defects.Where(defect => defects.Contains(defect.Name)).Aggregate(Place(), (facts, defect) => defect.Spoil(facts));

    private static IEnumerable<Contracts.Deals.Reason> Spoiled(string[] defects) => PlacingRules.Reasons(Spoil(defects));

    private static PlaceFacts WithTerms(Func<PlaceTerms, PlaceTerms> change)
    {
        var facts = Place();
        return facts with { Terms = change(facts.Terms) };
    }
}
