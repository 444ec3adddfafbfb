using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>How much a taker may trade, through the SDK and on two nodes.</summary>
public sealed class TradeLimitTests : MarketFixture
{
    protected override int Nodes => 2;

    [OneTimeSetUp]
    public Task Set_small_limits() => Sql(
        """
        update trade_limits
           set new_per_order = 1000, new_per_day = 2500, verified_per_order = 5000, verified_per_day = 10000, merchant_per_order = null,
               merchant_per_day = null
         where currency = 'KES'
        """);

    [Test]
    public async Task Orders_at_once_on_two_nodes_never_exceed_the_day()
    {
        var (seller, buyer) = (await Seller(bitcoin: 100), await Buyer());
        var ads = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            ads.Add(await TestMarket.Ad(seller, total: 5));
        }

        var other = Market.Client(buyer.Name, node: 1);
        await other.ConnectAsync(Bounded);
        var codes = await Task.WhenAll(ads.SelectMany((ad, i) => new[] { Outcome(buyer.Client, ad, i), Outcome(other, ad, i + 1) }));
        codes.Count(code => code is null).ShouldBe(5, "2,500 are five times 500.");
        codes.Where(code => code is not null).ShouldAllBe(code => code == ErrorCodes.DayLimitExceeded);
        (await Sql<decimal>(
            $"""
            select sum(d.fiat_amount)
              from orders o
              join crypto_orders d on d.order_id = o.id
             where o.buyer_id = {Id(buyer)}
            """)).ShouldBe(2_500);
        (await Kes(buyer)).UsedToday.ShouldBe(2_500);
    }

    [Test]
    public async Task What_is_too_much_is_told_by_the_ad_by_the_check_and_by_the_refusal_alike()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var large = await seller.Client.Ads.CreateAsync(
            AdSide.Sell, "BTC", "KES", 3, TestMarket.Terms() with { AmountMin = 1_001 }, Bounded);
        var view = await buyer.Client.Ads.GetAsync(large.AdId, cancellationToken: Bounded);
        var onRow = view.CannotTakeBecause.ShouldHaveSingleItem();
        onRow.Code.ShouldBe(ErrorCodes.OrderLimitExceeded);
        onRow.Details.ShouldNotBeNull()["limit"].ShouldBe("1000");
        var listed = await buyer.Client.Ads.ListAsync(
            new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", EligibleOnly = true, Limit = 100 }, Bounded);
        listed.Items.ShouldNotContain(row => row.Id == large.AdId);

        var ad = await TestMarket.Ad(seller, total: 5);
        var check = await Check(buyer, ad, 1_000.01m);
        check.Allowed.ShouldBeFalse();
        check.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.OrderLimitExceeded);
        (await Refused(() => Place(buyer, ad, 1.5m))).ShouldBe(ErrorCodes.OrderLimitExceeded);

        await Place(buyer, ad, 1);
        await Place(buyer, ad, 1);
        var day = (await Check(buyer, ad, 600)).Reasons.ShouldHaveSingleItem();
        var refusal = await Refusal(() => Place(buyer, ad, 0.6m));
        (refusal.Code, Detail(refusal, "used"), Detail(refusal, "limit"), Detail(refusal, "freesAt"))
            .ShouldBe((ErrorCodes.DayLimitExceeded, "2000", "2500", day.Details.ShouldNotBeNull()["freesAt"]));
        (await Check(buyer, ad, 500)).Allowed.ShouldBeTrue();
    }

    [Test]
    public async Task A_day_is_given_back_by_what_comes_to_nothing_and_by_time()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        var first = await Place(buyer, ad, 1);
        await Place(buyer, ad, 1);
        (await Kes(buyer)).LeftToday.ShouldBe(500);
        await buyer.Client.Orders.CancelAsync(first, cancellationToken: Bounded);
        (await Kes(buyer)).LeftToday.ShouldBe(1_500);

        // A day and an hour pass for what was taken until now.
        await Sql(
            $$"""
            update standings
               set day_volume = (select jsonb_build_object('KES', jsonb_object_agg(cast(x.key as bigint) - 25, x.value))
                                   from jsonb_each(day_volume -> 'KES') x)
             where user_id = {{Id(buyer)}}
            """);
        var kes = await Kes(buyer);
        (kes.UsedToday, kes.LeftToday, kes.Frees.Count).ShouldBe((0, 2_500, 0));
        await Place(buyer, ad, 1);
        (await Kes(buyer)).Frees.ShouldHaveSingleItem().Amount.ShouldBe(1_000);
        (await Kes(seller)).UsedToday.ShouldBe(0, "Only who takes an ad uses up a day.");
    }

    [Test]
    public async Task Levels_are_verified_and_merchant()
    {
        var (seller, buyer) = (await Seller(bitcoin: 100), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 50);
        var mine = await buyer.Client.Orders.GetMyLimitsAsync(Bounded);
        (mine.Level, mine.OpenOrdersMax, mine.CoolingDownUntil, mine.NextCoolDownHours).ShouldBe((TraderLevel.New, 1_000, null, 24));
        mine.Currencies.Count.ShouldBe(22);
        mine.Currencies.Single(row => row.Currency == "USD").PerOrder.ShouldBe(1_000);

        await Sql($"update profiles set is_verified = true where user_id = {Id(buyer)}");
        await Place(buyer, ad, 5);
        (await Refused(() => Place(buyer, ad, 5.1m))).ShouldBe(ErrorCodes.OrderLimitExceeded);
        (await buyer.Client.Orders.GetMyLimitsAsync(Bounded)).Level.ShouldBe(TraderLevel.Verified);

        await Sql($"update profiles set is_merchant = true where user_id = {Id(buyer)}");
        await Place(buyer, ad, 20);
        var merchant = await buyer.Client.Orders.GetMyLimitsAsync(Bounded);
        (merchant.Level, merchant.OpenOrders, merchant.UnpaidOrders).ShouldBe((TraderLevel.Merchant, 2, 2));
        merchant.Currencies.Single(row => row.Currency == "KES").PerDay.ShouldBeNull();
    }

    [Test]
    public async Task A_cool_down_is_shown_with_the_length_of_the_next_one()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        for (var i = 0; i < 3; i++)
        {
            await buyer.Client.Orders.CancelAsync(await Place(buyer, ad, 0.1m), cancellationToken: Bounded);
        }

        var limits = await buyer.Client.Orders.GetMyLimitsAsync(Bounded);
        var until = limits.CoolingDownUntil.ShouldNotBeNull();
        limits.NextCoolDownHours.ShouldBe(72);

        // The first one is over; three more lapses begin one of three days.
        await Sql($"update standings set cooling_down_until = clock_timestamp(), lapse_before_at = null where user_id = {Id(buyer)}");
        for (var i = 0; i < 2; i++)
        {
            await buyer.Client.Orders.CancelAsync(await Place(buyer, ad, 0.1m), cancellationToken: Bounded);
        }

        limits = await buyer.Client.Orders.GetMyLimitsAsync(Bounded);
        limits.CoolingDownUntil.ShouldNotBeNull().ShouldBe(until.AddDays(2), TimeSpan.FromMinutes(1));
        limits.NextCoolDownHours.ShouldBe(7 * 24);
        (await Refused(() => Place(buyer, ad, 0.1m))).ShouldBe(ErrorCodes.CoolingDown);
    }

    private static async Task<string?> Outcome(P2PClient client, Guid ad, int delay)
    {
        await Task.Delay(delay);
        try
        {
            await client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, fiatAmount: 500, cancellationToken: Bounded);
            return null;
        }
        catch (P2PException refused)
        {
            return refused.Code;
        }
    }

    private static async Task<CurrencyLimit> Kes(Trader trader) =>
        (await trader.Client.Orders.GetMyLimitsAsync(Bounded)).Currencies.Single(row => row.Currency == "KES");

    private static Task<OrderCheck> Check(Trader taker, Guid ad, decimal fiat) => taker.Client.Orders.CheckCreateAsync(
        new CheckCreateOrderRequest { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, FiatAmount = fiat }, Bounded);
}
