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
    public async Task A_confirmed_order_goes_to_staff_when_a_party_is_suspended_and_stays_there(bool suspendsBuyer)
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var (suspended, other) = suspendsBuyer ? (buyer, seller) : (seller, buyer);
        var hears = Hears<DisputeChanged>(other.Client);

        await Suspend(suspended);
        var state = (await Read(other, order)).State;
        (state.Status, state.Deadline, state.Duty).ShouldBe((OrderStatus.Disputed, null, Duty.DisputeEnds));
        var dispute = await other.Client.Disputes.GetOfOrderAsync(order, Bounded);
        (dispute.Status, dispute.Reason, dispute.RaisedBy).ShouldBe((DisputeStatus.AwaitingStaff, DisputeReason.PartySuspended, Party.System));
        dispute.Deadline.ShouldNotBeNull();
        await Eventually(() => hears.All.Count == 1);

        await Lift(suspended);
        (await Read(other, order)).State.Status.ShouldBe(OrderStatus.Disputed); // Lifting changes no order back.
        hears.All.Count.ShouldBe(1);
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

        // The answer got lost: the same again is answered as the first time, another reference is not.
        foreach (var (reference, isRepeat) in new[] { ("ref 7", true), ("ref 8", false) })
        {
            var again = await http.PostAsJsonAsync(
                "/api/p2p/suspension/statement", new { order_id = order, text = "I have paid", payment_reference = reference });
            again.IsSuccessStatusCode.ShouldBe(isRepeat, await again.Content.ReadAsStringAsync());
        }

        var view = await Read(seller, order);
        (view.State.Status, view.State.Deadline, view.PaymentReference).ShouldBe((OrderStatus.Disputed, null, "ref 7"));
        var dispute = await seller.Client.Disputes.GetOfOrderAsync(order, Bounded);
        dispute.Evidence.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            shown => shown.By.ShouldBe(Party.Buyer),
            shown => shown.Text.ShouldBe("I have paid"));
        (await Sql<long>($"select count(*) from order_statements where order_id = '{order}'")).ShouldBe(1);

        // Another's order is not there, and neither is one that does not exist.
        var (_, _, foreign) = await OrderAwaitingPayment();
        foreach (var id in new[] { foreign, Guid.CreateVersion7() })
        {
            var refused = await http.PostAsJsonAsync("/api/p2p/suspension/statement", new { order_id = id, text = "x", payment_reference = "y" });
            (await refused.Content.ReadAsStringAsync()).ShouldContain(ErrorCodes.NotFound);
        }
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
