using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Disputes through the SDK: raised, shown, settled, ruled, appealed; the escrow is resolved once.</summary>
public sealed class DisputeTests : MarketFixture
{
    private static readonly StaffActor Actor = new("staff", null);
    private static readonly Caller First = new(900_001, "first");
    private static readonly Caller Second = new(900_002, "second");

    protected override Dictionary<string, string?>? Settings => new() { ["Disputes:TwoPeopleAbove:BTC"] = "0.9" };

    [Test]
    public async Task A_party_raises_a_dispute_and_both_hear_it()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var (buyerHears, sellerHears) = (Hears<DisputeChanged>(buyer.Client), Hears<DisputeChanged>(seller.Client));
        var reply = await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, "I paid an hour ago", Bounded);
        reply.Status.ShouldBe(DisputeStatus.Negotiating);
        await Eventually(() => buyerHears.All.Count == 1 && sellerHears.All.Count == 1);
        sellerHears.All[0].ShouldSatisfyAllConditions(
            heard => heard.DisputeId.ShouldBe(reply.DisputeId),
            heard => (heard.Action, heard.By).ShouldBe((DisputeAction.Raise, Party.Buyer)));

        var view = await seller.Client.Disputes.GetAsync(reply.DisputeId, Bounded);
        (view.Reason, view.Text, view.RaisedBy, view.OrderId).ShouldBe((DisputeReason.NotReleased, "I paid an hour ago", Party.Buyer, order));
        (await Read(seller, order)).State.Status.ShouldBe(OrderStatus.Disputed);
        (await seller.Client.Disputes.ListAsync(open: true, cancellationToken: Bounded)).Items.ShouldContain(item => item.Id == reply.DisputeId);
        (await Refused(() => seller.Client.Disputes.RaiseAsync(order, DisputeReason.NotPaid, "again", Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        (await Refused(() => buyer.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongStatus);
    }

    [Test]
    public async Task Strangers_find_no_dispute_and_no_unpaid_order_is_disputed()
    {
        var (buyer, _, order) = await ConfirmedOrder();
        var dispute = (await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.Other, "x", Bounded)).DisputeId;
        var stranger = await Buyer();
        foreach (var id in new[] { dispute, Guid.CreateVersion7() })
        {
            (await Refused(() => stranger.Client.Disputes.GetAsync(id, Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => stranger.Client.Disputes.EscalateAsync(id, Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => stranger.Client.Disputes.SubmitEvidenceAsync(id, "x", Bounded))).ShouldBe(ErrorCodes.NotFound);
        }

        var (unpaid, _, awaiting) = await OrderAwaitingPayment();
        (await Refused(() => unpaid.Client.Disputes.RaiseAsync(awaiting, DisputeReason.Other, "x", Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        (await Refused(() => buyer.Client.Disputes.RaiseAsync(order, DisputeReason.Overdue, "x", Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_parties_settle_and_the_dispute_ends_with_the_order(bool byRelease)
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var dispute = (await seller.Client.Disputes.RaiseAsync(order, DisputeReason.NotPaid, "nothing came", Bounded)).DisputeId;
        var hears = Hears<DisputeChanged>(buyer.Client);
        if (byRelease)
        {
            (await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);
        }
        else
        {
            await buyer.Client.Orders.RequestCancelAsync(order, cancellationToken: Bounded);
            (await seller.Client.Orders.AcceptCancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);
        }

        var view = await buyer.Client.Disputes.GetAsync(dispute, Bounded);
        (view.Status, view.Deadline).ShouldBe((DisputeStatus.Settled, null));
        view.Steps.Select(step => step.Action).ShouldBe([DisputeAction.Raise, DisputeAction.Settle]);
        (await Available(buyer)).ShouldBe(byRelease ? 0.5m : 0);
        await Eventually(() => hears.All.Any(change => change.Status == DisputeStatus.Settled));
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task A_ruling_waits_for_an_appeal_and_takes_effect_once_both_accept()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var dispute = (await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, "paid", Bounded)).DisputeId;
        await buyer.Client.Disputes.SubmitEvidenceAsync(dispute, "the bank's receipt", Bounded);
        await Rule(dispute, First, RulingDecision.Split, 40);
        var pending = await seller.Client.Disputes.GetAsync(dispute, Bounded);
        pending.Status.ShouldBe(DisputeStatus.DecisionPending);
        pending.Rulings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            ruling => (ruling.Decision, ruling.BuyerPercent, ruling.Rule, ruling.IsFinal).ShouldBe((RulingDecision.Split, 40, null, false)));
        (await Read(seller, order)).State.Status.ShouldBe(OrderStatus.Disputed);

        await buyer.Client.Disputes.AcceptRulingAsync(dispute, Bounded);
        (await Refused(() => buyer.Client.Disputes.AppealAsync(dispute, "no", Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await seller.Client.Disputes.AcceptRulingAsync(dispute, Bounded)).Status.ShouldBe(DisputeStatus.Decided);
        (await Available(buyer)).ShouldBe(0.2m);
        (await Available(seller)).ShouldBe(9.8m);
        (await Read(seller, order)).State.Status.ShouldBe(OrderStatus.Released);
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task An_appeal_is_decided_by_somebody_else_and_that_is_final()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var dispute = (await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, "paid", Bounded)).DisputeId;
        await Rule(dispute, First, RulingDecision.Refund);
        (await buyer.Client.Disputes.AppealAsync(dispute, "look at the receipt", Bounded)).Status.ShouldBe(DisputeStatus.Appealed);
        (await Should.ThrowAsync<Refused>(() => Rule(dispute, First, RulingDecision.Refund))).Code.ShouldBe(ErrorCodes.SamePerson);
        (await Rule(dispute, Second, RulingDecision.Release)).Status.ShouldBe(DisputeStatus.Decided);
        (await Available(buyer)).ShouldBe(0.5m);
        var view = await seller.Client.Disputes.GetAsync(dispute, Bounded);
        view.Rulings.Select(ruling => (ruling.Decision, ruling.IsFinal)).ShouldBe([(RulingDecision.Refund, false), (RulingDecision.Release, true)]);
        (await Refused(() => seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        (await Sql<long>("select count(*) from audit_log where action = 'dispute.rule'")).ShouldBeGreaterThan(1);
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task An_amount_above_the_configured_value_needs_two_people()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var order = await Place(buyer, await TestMarket.Ad(seller), 1);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        var dispute = (await seller.Client.Disputes.RaiseAsync(order, DisputeReason.NotPaid, "nothing", Bounded)).DisputeId;
        (await Rule(dispute, First, RulingDecision.Refund)).Status.ShouldBe(DisputeStatus.AwaitingStaff);
        (await seller.Client.Disputes.GetAsync(dispute, Bounded)).Rulings.ShouldBeEmpty();
        (await Should.ThrowAsync<Refused>(() => Staff.Confirm(new StaffAct(First, Actor, true), Request(dispute), Bounded))).Code
            .ShouldBe(ErrorCodes.SamePerson);
        (await Staff.Confirm(new StaffAct(Second, Actor, false), Request(dispute), Bounded)).Status.ShouldBe(DisputeStatus.DecisionPending);
        (await seller.Client.Disputes.GetAsync(dispute, Bounded)).Rulings.ShouldHaveSingleItem();
    }

    [Test]
    public async Task Time_moves_an_order_that_nobody_releases_through_named_rules_to_its_end()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await Sql($"update orders set deadline = clock_timestamp() where id = '{order}'");
        await Eventually(async () => (await Read(buyer, order)).State.Status == OrderStatus.Disputed);
        var dispute = await buyer.Client.Disputes.GetOfOrderAsync(order, Bounded);
        (dispute.Reason, dispute.RaisedBy).ShouldBe((DisputeReason.Overdue, Party.System));
        (await Read(buyer, order)).State.Overdue.ShouldBeTrue();

        await buyer.Client.Disputes.SubmitEvidenceAsync(dispute.Id, "the receipt", Bounded);
        foreach (var (status, times) in new[] { (DisputeStatus.Negotiating, 1), (DisputeStatus.AwaitingStaff, 3), (DisputeStatus.DecisionPending, 1) })
        {
            for (var i = 0; i < times; i++)
            {
                var version = (await buyer.Client.Disputes.GetAsync(dispute.Id, Bounded)).Version;
                await Sql($"update disputes set deadline = clock_timestamp() where id = '{dispute.Id}' and status = '{status}'");
                await Eventually(async () => (await buyer.Client.Disputes.GetAsync(dispute.Id, Bounded)).Version == version + 1);
            }
        }

        var end = await seller.Client.Disputes.GetAsync(dispute.Id, Bounded);
        end.Steps.Select(step => step.Rule).ShouldBe(
            [null, "seller_silent", "staff_late", "staff_late", "staff_absent_silent", "appeal_window_over"]);
        (end.Status, end.Rulings.Single().Decision, end.Rulings.Single().Rule).ShouldBe(
            (DisputeStatus.Decided, RulingDecision.Release, "staff_absent_silent"));
        (await Available(buyer)).ShouldBe(0.5m);
        await Invariants.Check(Market.Database.Superuser);
    }

    private DisputeStaffFlow Staff => Market.Service<DisputeStaffFlow>();

    private async Task<DisputeReply> Rule(Guid dispute, Caller by, RulingDecision decision, decimal? percent = null)
    {
        if (await Sql<string>($"select status from disputes where id = '{dispute}'") is "Negotiating")
        {
            await Staff.Assign(new StaffAct(by, Actor, true), Request(dispute), by.UserId, Bounded);
        }

        return await Staff.Rule(new StaffAct(by, Actor, true), Request(dispute), new RulingTerms(decision, percent, "as it was shown"), Bounded);
    }

    private static DisputeRequest Request(Guid dispute) => new() { RequestId = Guid.CreateVersion7(), DisputeId = dispute };
}
