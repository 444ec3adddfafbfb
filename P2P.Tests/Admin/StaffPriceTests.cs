using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Prices;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Overrides of reference prices, and what staff see of their sources. Each test has a market of its own.</summary>
public sealed class StaffPriceTests : AdminFixture
{
    [Test]
    public async Task An_override_wins_until_it_is_lifted_and_both_are_audited()
    {
        var admin = await Admin();
        var (seller, buyer) = (await Seller(), await Buyer());
        await Poll(FixedPrices.Of("kraken", 1_000));
        var terms = TestMarket.Terms() with { Price = new AdPrice { Kind = PriceKind.Floating, Percent = 110 } };
        var ad = (await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1, terms, Bounded)).AdId;

        var market = await admin.Prices.OverrideAsync("BTC", "KES", 2_000, "The exchange is down", cancellationToken: Bounded);
        (market.Price, market.Source, market.IsFresh, market.FreshUntil, market.Override?.Reason)
            .ShouldBe((2_000m, "override", true, null, "The exchange is down"));
        await Poll(FixedPrices.Of("kraken", 1_100));

        var order = await Read(buyer, await Place(buyer, ad, 0.1m));
        (order.State.Price, order.PriceSource).ShouldBe((2_200m, "override"));
        order.PriceQuote.ShouldNotBeNull().Inputs.ShouldHaveSingleItem().Source.ShouldBe("override");

        market = await admin.Prices.LiftOverrideAsync("BTC", "KES", "It is back", Bounded);
        (market.Price, market.Source, market.Override).ShouldBe((1_100m, "kraken", null));
        (await Read(buyer, await Place(buyer, ad, 0.1m))).State.Price.ShouldBe(1_210);
        (await Refused(() => admin.Prices.LiftOverrideAsync("BTC", "KES", "Again", Bounded))).ShouldBe(ErrorCodes.NotFound);

        var rows = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = "price:BTC/KES" }, Bounded)).Items;
        rows.Select(row => (row.Action, row.Before, row.After, row.Reason)).ShouldBe(
            [("price.lift_override", "2000", "computed", "It is back"), ("price.override", "computed", "2000", "The exchange is down")]);
    }

    [Test]
    public async Task An_override_ends_at_its_time_and_the_sources_speak_again()
    {
        var admin = await Admin();
        await Poll(FixedPrices.Of("kraken", 129, "USDT"));
        var until = DateTimeOffset.UtcNow.AddSeconds(1.5);
        (await admin.Prices.OverrideAsync("USDT", "KES", 150, "A moment", until, Bounded)).Price.ShouldBe(150);
        await Eventually(async () => await MarketOf("USDT") is { Price: 129, IsFresh: true, Override: null });

        await admin.Prices.OverrideAsync("USDT", "KES", 151, "Once more", cancellationToken: Bounded);
        var better = await admin.Prices.OverrideAsync("USDT", "KES", 152, "Better", cancellationToken: Bounded);
        better.Override.ShouldNotBeNull().Price.ShouldBe(152);
        (await Sql<long>("select count(*) from price_overrides where asset = 'USDT' and lifted_at is null")).ShouldBe(1);
    }

    [Test]
    public async Task Without_a_source_an_override_makes_a_market_and_its_end_leaves_no_price()
    {
        var admin = await Admin();
        (await admin.Prices.OverrideAsync("ETH", "KES", 339_500, "No source yet", cancellationToken: Bounded)).IsFresh.ShouldBeTrue();
        (await admin.Prices.LiftOverrideAsync("ETH", "KES", "Enough", Bounded)).IsFresh.ShouldBeFalse();
    }

    [Test]
    public async Task A_repeat_is_no_second_override()
    {
        var admin = await Admin();
        var request = new SetPriceOverrideRequest
        {
            RequestId = Guid.CreateVersion7(),
            Asset = "SOL",
            Fiat = "KES",
            Price = 19_000,
            Reason = "A test",
        };
        var first = await admin.Hub.SetPriceOverride(request, Bounded);
        (await admin.Hub.SetPriceOverride(request, Bounded)).ShouldBe(first);
        (await Sql<long>("select count(*) from price_overrides where asset = 'SOL'")).ShouldBe(1);
    }

    [Test]
    public async Task What_cannot_be_a_price_an_end_or_a_reason_is_refused()
    {
        var admin = await Admin();
        (await Refused(() => Set(price: 0))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => Set(price: -1))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => Set(until: DateTimeOffset.UtcNow.AddSeconds(-1)))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => Set(reason: " "))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => Set(asset: "NONE"))).ShouldBe(ErrorCodes.AssetUnknown);
        (await Refused(() => Set(fiat: "XXX"))).ShouldBe(ErrorCodes.CurrencyUnknown);
        (await Refused(() => admin.Prices.LiftOverrideAsync("BTC", "XXX", "x", Bounded))).ShouldBe(ErrorCodes.CurrencyUnknown);
        (await Sql<long>("select count(*) from price_overrides where asset = 'BTC' and fiat = 'NGN'")).ShouldBe(0);

        Task<StaffMarketPrice> Set(
            decimal price = 1, DateTimeOffset? until = null, string reason = "x", string asset = "BTC", string fiat = "NGN") =>
            admin.Prices.OverrideAsync(asset, fiat, price, reason, until, Bounded);
    }

    [Test]
    public async Task Each_source_shows_its_last_price_its_last_success_and_its_last_error()
    {
        var watcher = await Connected(StaffRoles.ReadOnly);
        await Poll(FixedPrices.Of("good", 100, "USDC"));
        await Poll(new FixedPrices(
            "half",
            new PriceReading(new PriceMarket("USDC", "KES"), 101, null),
            new PriceReading(new PriceMarket("NIX", "KES"), 1, null)));
        await Poll(new FixedPrices("bad") { Errors = ["It answered 500."] });
        await Poll(new FixedPrices("bad") { Errors = [new string('x', 2_000)] });
        await Market.Service<PriceFlow>().Set("USDC", "KES", 102, "desk");

        var sources = (await watcher.Prices.ListSourcesAsync(Bounded)).Sources.ToDictionary(source => source.Name);

        (sources["good"].Failures, sources["good"].LastError, sources["good"].LastSuccessAt is null).ShouldBe((0, null, false));
        var quote = sources["good"].Quotes.ShouldHaveSingleItem();
        (quote.Asset, quote.Fiat, quote.Price, quote.IsFresh).ShouldBe(("USDC", "KES", 100m, true));
        (sources["half"].Failures, sources["half"].LastError).ShouldBe((0, "NIX/KES is no market here."));
        (await Sql<int>("select failures from price_sources where source = 'bad'")).ShouldBe(2);
        sources["desk"].Kind.ShouldBe(PriceSourceKind.Manual);
        (await MarketOf("USDC")).Source.ShouldBe("median of desk, good, half");
        (await Sql<int>("select length(last_error) from price_sources where source = 'bad'")).ShouldBe(500);
    }

    private Task Poll(IPriceSource source) => Market.Service<PricePollFlow>().Poll(source, Bounded);

    private async Task<StaffMarketPrice> MarketOf(string asset) =>
        (await (await Connected(StaffRoles.Support)).Prices.ListSourcesAsync(Bounded)).Markets
        .Single(one => one.Asset == asset && one.Fiat == "KES");
}
