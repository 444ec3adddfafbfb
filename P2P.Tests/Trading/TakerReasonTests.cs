using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>What an ad says of why it cannot be taken is what the check of its smallest order says.</summary>
public sealed class TakerReasonTests : MarketFixture
{
    private const int Ads = 80;

    protected override Dictionary<string, string?>? Settings => new() { ["Limits:UnpaidOrdersMax"] = "2", ["Limits:AdsPerUser"] = "200" };

    [Test]
    public async Task An_ads_reasons_are_those_of_its_smallest_order()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_SEED={seed}");
        var random = new Random(seed);
        Trader[] makers = [await Seller(), await Seller(0.02m), await Buyer()];
        Trader[] takers = [await Seller(), await Buyer(), await Seller(0.03m)];
        await Sql($"update profiles set is_verified = true, joined_at = now() - interval '30 days' where user_id = {Id(takers[0])}");
        await Sql($"update standings set completed = 3, cancelled = 1 where user_id = {Id(takers[0])}");
        await Sql($"update standings set cooling_down_until = now() + interval '1 day' where user_id in ({Id(takers[2])}, {Id(makers[1])})");
        var full = await TestMarket.Ad(makers[0], total: 1);
        await Place(takers[1], full, 0.001m);
        await Place(takers[1], full, 0.001m);
        var (compared, free) = (0, 0);
        for (var i = 0; i < Ads; i++)
        {
            var maker = makers[random.Next(makers.Length)];
            var ad = await RandomAd(maker, random);
            foreach (var taker in takers)
            {
                var view = await taker.Client.Ads.GetAsync(ad, cancellationToken: Bounded);
                var check = await taker.Client.Orders.CheckCreateAsync(
                    new CheckCreateOrderRequest { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, FiatAmount = view.Terms.AmountMin }, Bounded);
                view.CannotTakeBecause.Select(Name).ShouldBe(check.Reasons.Select(Name), ignoreOrder: true, $"ad {i} of seed {seed}");
                compared++;
                free += check.Allowed ? 1 : 0;
            }
        }

        TestContext.Progress.WriteLine($"{compared} pairs of taker and ad compared, {free} could be taken");
        free.ShouldBeInRange(1, compared - 1);
    }

    /// <summary>Nothing is left for the smallest order: an ad says that it is sold out, an order that too little remains.</summary>
    private static string Name(Reason reason) =>
        reason.Details?.GetValueOrDefault("reason") == "soldOut" ? ErrorCodes.NotEnoughRemaining : reason.Code;

    private static async Task<Guid> RandomAd(Trader maker, Random random)
    {
        var terms = TestMarket.Terms() with
        {
            Price = random.Next(6) == 0
                ? new AdPrice { Kind = PriceKind.Floating, Percent = 100 }
                : new AdPrice { Kind = PriceKind.Fixed, Fixed = random.Next(1, 100) * 10 },
            AmountMin = random.Next(1, 60),
            Conditions = new TakerConditions
            {
                VerifiedOnly = random.Next(4) == 0 ? true : null,
                CompletedTradesMin = random.Next(4) == 0 ? random.Next(5) : null,
                CompletionRateMin = random.Next(4) == 0 ? random.Next(101) : null,
                AccountAgeDaysMin = random.Next(4) == 0 ? random.Next(60) : null,
            },
        };
        var side = random.Next(2) == 0 ? AdSide.Sell : AdSide.Buy;
        var ad = (await maker.Client.Ads.CreateAsync(side, "BTC", "KES", random.Next(1, 2_000) * 0.001m, terms, Bounded)).AdId;
        if (random.Next(6) == 0)
        {
            await maker.Client.Ads.PauseAsync(ad, cancellationToken: Bounded);
        }

        return ad;
    }
}
