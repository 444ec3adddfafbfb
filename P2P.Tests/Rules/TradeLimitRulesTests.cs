using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.TradeLimits;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>How much a taker may trade, and how what was taken is summed.</summary>
public sealed class TradeLimitRulesTests
{
    private static readonly Ad Limited = Place().Ad with
    {
        NewPerOrder = 100,
        NewPerDay = 300,
        VerifiedPerOrder = 1_000,
        VerifiedPerDay = 5_000,
        MerchantPerOrder = 10_000,
    };

    [Test]
    public void Every_level_has_its_own_limits_and_a_merchant_is_one_whether_verified_or_not()
    {
        foreach (var (verified, merchant, level, perOrder, perDay) in new (bool, bool, TraderLevel, decimal, decimal?)[]
        {
            (false, false, TraderLevel.New, 100, 300),
            (true, false, TraderLevel.Verified, 1_000, 5_000),
            (false, true, TraderLevel.Merchant, 10_000, null),
            (true, true, TraderLevel.Merchant, 10_000, null),
        })
        {
            TradeLimitRules.LevelOf(verified, merchant).ShouldBe(level);
            var taker = Place().Taker with { IsVerified = verified, IsMerchant = merchant };
            Codes(taker, null, perOrder).ShouldBeEmpty();
            Codes(taker, null, perOrder + 0.01m).ShouldContain(ErrorCodes.OrderLimitExceeded);
            if (perDay is { } day)
            {
                var used = DayVolumeRules.With(null, "KES", day - perOrder, Now, Now);
                Codes(taker, used, perOrder).ShouldBeEmpty();
                Codes(taker, used, perOrder + 0.01m).ShouldContain(ErrorCodes.DayLimitExceeded);
            }
        }
    }

    [Test]
    public void Without_a_limit_nothing_is_too_much()
    {
        var free = Place().Ad;
        var used = DayVolumeRules.With(null, "KES", 1_000_000_000, Now, Now);
        TradeLimitRules.Exceeded(free, Place().Taker, used, 1_000_000_000, Now).ShouldBeEmpty();
        Codes(Place().Taker, DayVolumeRules.With(null, "USD", 300, Now, Now), 100).ShouldBeEmpty("Each currency has a limit of its own.");
    }

    [Test]
    public void A_refusal_says_what_is_used_and_when_enough_frees()
    {
        var early = DayVolumeRules.With(null, "KES", 80, Now.AddHours(-20), Now.AddHours(-20));
        var used = DayVolumeRules.With(early, "KES", 200, Now, Now);
        var reason = TradeLimitRules.Exceeded(Limited, Place().Taker, used, 90, Now).ShouldHaveSingleItem();
        var details = reason.Details.ShouldNotBeNull();
        (details["level"], details["currency"], details["limit"], details["used"]).ShouldBe(("new", "KES", "300", "280"));

        // 16:00 was its hour; it counts until that hour is full, a day later.
        details["freesAt"].ShouldBe(WireJson.Spell(Now.AddHours(-20).AddHours(25)));
        TradeLimitRules.Exceeded(Limited with { NewPerOrder = null }, Place().Taker, used, 301, Now).ShouldHaveSingleItem()
            .Details.ShouldNotBeNull().ContainsKey("freesAt").ShouldBeFalse("It will never fit.");
    }

    [Test]
    public void The_sum_is_never_less_than_that_of_24_hours_nor_more_than_that_of_25()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_SEED={seed}");
        var random = new Random(seed);
        for (var run = 0; run < 25; run++)
        {
            string? volume = null;
            List<(DateTimeOffset At, string Fiat, decimal Amount)> orders = [];
            var now = Now.AddSeconds(random.Next(3_600));
            for (var step = 0; step < 60; step++)
            {
                now = now.AddSeconds(random.Next(1, 7_200));
                var fiat = random.Next(2) == 0 ? "KES" : "USD";
                if (orders.Count > 0 && random.Next(4) == 0)
                {
                    var gone = orders[random.Next(orders.Count)];
                    orders.Remove(gone);
                    volume = DayVolumeRules.With(volume, gone.Fiat, -gone.Amount, gone.At, now);
                }
                else
                {
                    var amount = random.Next(1, 100_000) / 100m;
                    orders.Add((now, fiat, amount));
                    volume = DayVolumeRules.With(volume, fiat, amount, now, now);
                }

                var use = DayVolumeRules.UseOf(volume, fiat, now);
                use.Used.ShouldBeInRange(Sum(24), Sum(25), $"step {step} of seed {seed}");
                use.Frees.Sum(part => part.Amount).ShouldBe(use.Used);
                use.Frees.Count.ShouldBeLessThanOrEqualTo(25);
                use.Frees.Any(part => part.At <= now || part.At > now.AddHours(25)).ShouldBeFalse();
                decimal Sum(int hours) => orders.Where(o => o.Fiat == fiat && o.At > now.AddHours(-hours)).Sum(o => o.Amount);
            }
        }
    }

    [Test]
    public void What_is_given_back_leaves_nothing_behind()
    {
        var volume = DayVolumeRules.With(null, "KES", 10, Now, Now);
        DayVolumeRules.With(volume, "KES", -10, Now, Now.AddMinutes(20)).ShouldBeNull();
        DayVolumeRules.With(volume, "KES", -10, Now, Now.AddHours(30)).ShouldBeNull();
        DayVolumeRules.With(null, "KES", -10, Now, Now).ShouldBeNull("An order from before the sums were kept.");
        DayVolumeRules.UseOf(null, "KES", Now).Used.ShouldBe(0);
    }

    private static IEnumerable<string> Codes(TakerFacts taker, string? volume, decimal amount) =>
        TradeLimitRules.Exceeded(Limited, taker, volume, amount, Now).Select(reason => reason.Code);
}
