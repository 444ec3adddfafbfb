using System.Net.Http.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>What a suspension does to orders that are open: nobody's money is stranded, nobody is punished for the other.</summary>
public sealed class SuspendedPartyTests : MarketFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_clock_of_a_confirmed_order_stands_still_while_a_party_is_suspended(bool suspendsBuyer)
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var (suspended, other) = suspendsBuyer ? (buyer, seller) : (seller, buyer);
        var hears = Hears<OrderChanged>(other.Client);
        var before = (await Read(other, order)).State;
        var deadline = before.Deadline.ShouldNotBeNull();

        await Suspend(suspended);
        var frozen = (await Read(other, order)).State;
        (frozen.Status, frozen.Deadline, frozen.Version).ShouldBe((OrderStatus.PaymentConfirmed, null, before.Version + 1));
        await Task.Delay(1_000);
        await Lift(suspended);
        var thawed = (await Read(other, order)).State;
        thawed.Deadline.ShouldNotBeNull().ShouldBeGreaterThan(deadline.AddMilliseconds(900));
        thawed.Deadline.Value.ShouldBeLessThan(deadline.AddSeconds(60));
        IEnumerable<OrderChanged> Since() => hears.All.Where(change => change.Order.Version > before.Version);
        await Eventually(() => Since().Count() == 2);
        Since().Select(change => (change.Action, change.By))
            .ShouldBe([(OrderAction.Freeze, Party.System), (OrderAction.Unfreeze, Party.System)]);
    }

    [Test]
    public async Task The_clock_runs_again_when_the_last_of_two_suspensions_ends()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await Suspend(buyer);
        await Suspend(seller);
        await Lift(buyer);
        (await Sql<bool>($"select deadline is null and time_left is not null from orders where id = '{order}'")).ShouldBeTrue();
        await Lift(seller);
        (await Sql<bool>($"select deadline is not null and time_left is null from orders where id = '{order}'")).ShouldBeTrue();
    }

    [Test]
    public async Task A_seller_releases_to_a_suspended_buyer()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await Suspend(buyer);
        (await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);
        (await Available(buyer)).ShouldBe(0.5m);
    }

    [Test]
    public async Task A_seller_may_call_off_the_unpaid_order_of_a_suspended_buyer_and_it_counts_against_nobody()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        (await Refused(() => seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        await Suspend(buyer);
        (await seller.Client.Orders.GetActionsAsync(order, Bounded)).Single(action => action.Action == OrderAction.Cancel).Allowed.ShouldBeTrue();
        (await seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);
        (await Available(seller)).ShouldBe(10);
        foreach (var party in new[] { buyer, seller })
        {
            (await seller.Client.Profiles.GetStatsAsync(Id(party), Bounded)).TotalTrades.ShouldBe(0);
        }
    }

    [Test]
    public async Task A_suspended_buyer_confirms_a_payment_by_a_statement()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        await Suspend(buyer);
        using var http = Market.Http(buyer.Name);
        var said = await http.PostAsJsonAsync(
            "/api/p2p/suspension/statement", new { order_id = order, text = "I have paid", payment_reference = "ref 7" });
        said.IsSuccessStatusCode.ShouldBeTrue(await said.Content.ReadAsStringAsync());
        var view = await Read(seller, order);
        (view.State.Status, view.State.Deadline, view.PaymentReference).ShouldBe((OrderStatus.PaymentConfirmed, null, "ref 7"));
        (await Sql<long>($"select count(*) from order_statements where order_id = '{order}'")).ShouldBe(1);

        // Another's order is not there, and neither is one that does not exist.
        var (_, _, foreign) = await OrderAwaitingPayment();
        foreach (var id in new[] { foreign, Guid.CreateVersion7() })
        {
            var refused = await http.PostAsJsonAsync("/api/p2p/suspension/statement", new { order_id = id, text = "x", payment_reference = "y" });
            (await refused.Content.ReadAsStringAsync()).ShouldContain(ErrorCodes.NotFound);
        }

        await Lift(buyer);
        (await Read(seller, order)).State.Deadline.ShouldNotBeNull();
    }

    [Test]
    public async Task A_suspended_makers_ads_are_shown_to_nobody_and_cannot_be_taken()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        await Suspend(seller);
        var request = new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 100 };
        (await buyer.Client.Ads.ListAsync(request, Bounded)).Items.ShouldNotContain(view => view.Id == ad);
        var refusal = await Refusal(() => Place(buyer, ad));
        (refusal.Code, Detail(refusal, "reason")).ShouldBe((ErrorCodes.AdUnavailable, "makerSuspended"));
        await Lift(seller);
        await Place(buyer, ad);
    }
}
