using P2P.Contracts.Trading;
using P2P.Server.Deals.Reviews;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>What orders and reviews do to a reputation, through the SDK.</summary>
public sealed class ReputationTests : MarketFixture
{
    [Test]
    public async Task A_score_comes_with_the_third_partner_and_follows_reviews_and_lapses()
    {
        var seller = await Seller();
        Trader[] buyers = [await Buyer(), await Buyer(), await Buyer()];
        List<Guid> orders = [];
        foreach (var buyer in buyers)
        {
            (await ScoreOf(seller)).ShouldBeNull();
            orders.Add(await Release(buyer, seller));
        }

        // Three silent orders: (3 + 3 / 4) / (5 + 3 / 4).
        (await ScoreOf(seller)).ShouldBe(65.22m);
        await buyers[0].Client.Reviews.CreateAsync(orders[0], 5, cancellationToken: Bounded);
        (await ScoreOf(seller)).ShouldBe(69.23m); // (3 + 1.5) / 6.5
        var review = await buyers[1].Client.Reviews.CreateAsync(orders[1], 1, cancellationToken: Bounded);
        (await ScoreOf(seller)).ShouldBe(58.62m); // (3 + 1.25) / 7.25
        await Market.Service<ReviewModerationFlow>().Hide(new("staff", null), review.ReviewId, "a lie", Bounded);
        (await ScoreOf(seller)).ShouldBe(69.23m);

        // A repeat counts a quarter of a first: (3 + 1.5 + 1 / 16) / (6.5 + 1 / 16).
        await Release(buyers[0], seller);
        (await ScoreOf(seller)).ShouldBe(69.52m);

        // The seller lets an order come to nothing as a buyer: (4.5625) / (6.5625 + 1).
        var other = await Seller();
        await seller.Client.Orders.CancelAsync(await Place(seller, await TestMarket.Ad(other)), cancellationToken: Bounded);
        (await ScoreOf(seller)).ShouldBe(60.33m);
        (await seller.Client.Profiles.GetStatsAsync(cancellationToken: Bounded)).DistinctPartners.ShouldBe(3);
    }

    [Test]
    public async Task The_record_tells_recent_completion_and_median_times()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var none = await seller.Client.Profiles.GetStatsAsync(cancellationToken: Bounded);
        (none.CompletionRate30Days, none.MedianPaymentSeconds, none.MedianReleaseSeconds).ShouldBe((null, null, null));

        foreach (var (paid, released) in ((int, int)[])[(60, 30), (120, 90), (600, 900)])
        {
            var order = await Release(buyer, seller);
            await Sql(
                $"""
                alter table order_history disable trigger user;
                update orders set created_at = updated_at - interval '{paid + released} seconds' where id = '{order}';
                update order_history set at = (select updated_at from orders where id = '{order}') - interval '{released} seconds'
                 where order_id = '{order}' and action = 'ConfirmPayment';
                update order_history set at = (select updated_at from orders where id = '{order}')
                 where order_id = '{order}' and action = 'Release';
                alter table order_history enable trigger user;
                """);
        }

        await buyer.Client.Orders.CancelAsync(await Place(buyer, await TestMarket.Ad(seller)), cancellationToken: Bounded);
        var ofBuyer = await buyer.Client.Profiles.GetStatsAsync(cancellationToken: Bounded);
        (ofBuyer.CompletionRate30Days, ofBuyer.MedianPaymentSeconds, ofBuyer.MedianReleaseSeconds).ShouldBe((75m, 120, null));
        var ofSeller = await buyer.Client.Profiles.GetStatsAsync(Id(seller), Bounded);
        (ofSeller.CompletionRate30Days, ofSeller.MedianPaymentSeconds, ofSeller.MedianReleaseSeconds).ShouldBe((100m, null, 90));
    }

    [Test]
    public async Task Sweeps_that_run_at_once_leave_every_score_true_and_then_find_nothing_to_do()
    {
        var seller = await Seller();
        for (var i = 0; i < 4; i++)
        {
            await Release(await Buyer(), seller);
        }

        var reputations = Market.Service<ReputationFlow>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => reputations.Sweep(Bounded)));
        (await ScoreOf(seller)).ShouldBe(66.67m); // (3 + 1) / 6
        await Eventually(async () => await Sql<long>(
            """
            select count(*)
              from standings s
              left join reputations r on r.user_id = s.user_id
             where coalesce(r.is_stale, false) or coalesce(r.counted, 0) <> s.completed + s.cancelled
            """) == 0);
        (await reputations.Sweep(Bounded)).ShouldBe(0);
    }

    [Test]
    public async Task Ads_are_listed_by_reputation_those_without_one_last()
    {
        var (good, bad, fresh) = (await Seller(), await Seller(), await Seller());
        foreach (var (maker, stars) in ((Trader, int)[])[(good, 5), (bad, 1)])
        {
            for (var i = 0; i < 3; i++)
            {
                var buyer = await Buyer();
                await buyer.Client.Reviews.CreateAsync(await Release(buyer, maker), stars, cancellationToken: Bounded);
            }
        }

        await Market.Service<ReputationFlow>().Sweep(Bounded);
        await Eventually(async () => await Score(good) is not null && await Score(bad) is not null);
        Guid[] ads = [await Special(fresh), await Special(bad), await Special(good)];
        var reader = await Buyer();
        var listed = await reader.Client.Ads.ListAsync(
            new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Amount = 7_777_777, OrderBy = AdOrder.Reputation, Limit = 100 },
            Bounded);
        listed.Items.Where(ad => ads.Contains(ad.Id)).Select(ad => ad.Id).ShouldBe(ads.Reverse());
        listed.Items.Where(ad => ads.Contains(ad.Id)).Select(ad => ad.Maker.Reputation).ShouldBe([75m, 37.5m, null]);
    }

    /// <summary>An ad that takes an order greater than any other here does.</summary>
    private static async Task<Guid> Special(Trader maker) => (await maker.Client.Ads.CreateAsync(
        AdSide.Sell,
        "BTC",
        "KES",
        1,
        TestMarket.Terms() with { Price = new AdPrice { Kind = PriceKind.Fixed, Fixed = 10_000_000 }, AmountMax = 9_000_000 },
        Bounded)).AdId;

    /// <summary>The score once no sweep has anything to do, for another may run right now.</summary>
    private async Task<decimal?> ScoreOf(Trader trader)
    {
        await Eventually(async () =>
        {
            await Market.Service<ReputationFlow>().Sweep(Bounded);
            return await Sql<long>(
                $"""
                select count(*)
                  from standings s
                  left join reputations r on r.user_id = s.user_id
                 where s.user_id = {Id(trader)}
                   and (coalesce(r.is_stale, false) or coalesce(r.counted, 0) <> s.completed + s.cancelled)
                """) == 0;
        });
        return await Score(trader);
    }

    private static async Task<decimal?> Score(Trader trader) =>
        (await trader.Client.Profiles.GetStatsAsync(cancellationToken: Bounded)).Reputation;

    private static async Task<Guid> Release(Trader buyer, Trader seller)
    {
        var order = await Place(buyer, await TestMarket.Ad(seller), 0.1m);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        return order;
    }
}
