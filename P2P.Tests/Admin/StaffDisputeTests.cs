using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>The dispute queue through staff's own hub: who gets which case, who decides, who signs, who hears of it. (S17)</summary>
public sealed class StaffDisputeTests : DisputeDeskFixture
{
    protected override Dictionary<string, string?>? Settings => new() { ["Disputes:TwoPeopleAbove:BTC"] = "0.9" };

    [Test]
    public async Task A_case_is_taken_ruled_and_takes_effect_and_its_arbitrator_hears_it()
    {
        var (buyer, seller, _, dispute) = await Disputed();
        var (sub, arbitrator) = await Arbitrator();
        var heard = HearsCases(arbitrator);
        await buyer.Client.Disputes.SubmitEvidenceAsync(dispute, "the bank's receipt", Bounded);
        (await Refused(() => arbitrator.Disputes.RuleReleaseAsync(dispute, "He paid", "r", Bounded))).ShouldBe(ErrorCodes.WrongStatus);

        (await arbitrator.Disputes.AssignAsync(dispute, sub, "I look into it", Bounded)).Status.ShouldBe(DisputeStatus.AwaitingStaff);
        var check = await arbitrator.Disputes.CheckRulingAsync(
            new CheckRulingRequest { DisputeId = dispute, Decision = RulingDecision.Split, BuyerPercent = 40 }, Bounded);
        (check.Allowed, check.BuyerGets, check.SellerGets, check.Fee, check.NeedsSecond).ShouldBe((true, 0.2m, 0.3m, 0m, false));
        var ruled = await arbitrator.Disputes.RuleSplitAsync(dispute, 40, "Both have a point", "as the receipt shows", Bounded);
        ruled.Status.ShouldBe(DisputeStatus.DecisionPending);
        var view = await arbitrator.Disputes.GetAsync(dispute, Bounded);
        view.Rulings.Single().ShouldSatisfyAllConditions(
            one => (one.Decision, one.BuyerPercent, one.Text).ShouldBe((RulingDecision.Split, 40, "Both have a point")),
            one => one.RulerId.ShouldBe(view.Dispute.AssigneeId!.Value));

        await buyer.Client.Disputes.AcceptRulingAsync(dispute, Bounded);
        await seller.Client.Disputes.AcceptRulingAsync(dispute, Bounded);
        (await Available(buyer)).ShouldBe(0.2m);
        await Eventually(() => heard.All.Count == 2);
        heard.All.Select(one => (one.News, one.DisputeId)).ShouldBe([(CaseNews.AssignedToYou, dispute), (CaseNews.Ended, dispute)]);
        (await Sql<string>($"select reason from audit_log where action = 'dispute.rule' and target = 'dispute:{dispute}'"))
            .ShouldBe("as the receipt shows");
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task The_case_is_shown_whole_with_the_past_of_both_and_the_read_is_audited()
    {
        var (buyer, seller, order, dispute) = await Disputed();
        var again = await Place(buyer, await TestMarket.Ad(seller), 0.1m);
        await buyer.Client.Orders.ConfirmPaymentAsync(again, cancellationToken: Bounded);
        var second = (await buyer.Client.Disputes.RaiseAsync(again, DisputeReason.NotReleased, "again", Bounded)).DisputeId;
        await buyer.Client.Disputes.SubmitEvidenceAsync(second, "a receipt", Bounded);
        var (sub, arbitrator) = await Arbitrator();
        await arbitrator.Disputes.AssignAsync(second, sub, "mine", Bounded);

        var view = await arbitrator.Disputes.GetOfOrderAsync(again, Bounded);

        (view.Dispute.DisputeId, view.Dispute.AssigneeSub, view.Text).ShouldBe((second, sub, "again"));
        view.Order.History.Select(row => row.To)
            .ShouldBe([OrderStatus.AwaitingPayment, OrderStatus.PaymentConfirmed, OrderStatus.Disputed]);
        view.Evidence.Single().ShouldSatisfyAllConditions(one => (one.By, one.Text).ShouldBe((Party.Buyer, "a receipt")));
        (view.Buyer.UserId, view.Seller.Username).ShouldBe((Id(buyer), seller.Name));
        var past = view.PastCases.Single();
        (past.DisputeId, past.OrderId, past.IsSamePair, past.IsSamePaymentAccount).ShouldBe((dispute, order, true, true));
        view.Steps.Select(step => step.Action).ShouldBe([DisputeAction.Raise, DisputeAction.Assign]);
        view.Waiting.ShouldBeNull();
        (await Sql<long>($"select count(*) from audit_log where action = 'dispute.read' and target = 'dispute:{second}'")).ShouldBe(1);
        (await Refused(() => arbitrator.Disputes.GetAsync(Guid.CreateVersion7(), Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => arbitrator.Hub.GetDisputeForStaff(new GetStaffDisputeRequest(), Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task An_arbitrator_acts_on_no_case_of_anothers_and_no_party_on_their_own()
    {
        var (buyer, _, _, dispute) = await Disputed();
        var (mine, first) = await Arbitrator();
        var (other, second) = await Arbitrator();
        (await Refused(() => first.Disputes.AssignAsync(dispute, other, "for you", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        await first.Disputes.AssignAsync(dispute, mine, "mine", Bounded);
        (await Refused(() => second.Disputes.AssignAsync(dispute, other, "mine now", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        (await Refused(() => second.Disputes.RuleRefundAsync(dispute, "no", "r", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        (await Refused(() => second.Disputes.AddHelperAsync(dispute, mine, "r", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        var looked = await second.Disputes.CheckRulingAsync(
            new CheckRulingRequest { DisputeId = dispute, Decision = RulingDecision.Refund }, Bounded);
        (looked.Allowed, looked.Reasons.Single().Code, looked.SellerGets).ShouldBe((false, ErrorCodes.NotAssigned, 0.5m));

        // A party who is staff as well: neither the case nor the order's private side is theirs to see or to decide.
        var party = Staff(buyer.Name, StaffRoles.Admin);
        await party.ConnectAsync(Bounded);
        (await Refused(() => party.Disputes.GetAsync(dispute, Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
        (await Refused(() => party.Disputes.RuleReleaseAsync(dispute, "mine", "r", Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
        (await Refused(() => first.Disputes.AssignAsync(dispute, buyer.Name, "yours", Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
        (await Refused(() => first.Disputes.AddHelperAsync(dispute, buyer.Name, "r", Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);

        // Whoever was never here as an arbitrator is given nothing.
        var (support, _) = await Member(StaffRoles.Support);
        foreach (var nobody in new[] { support, "nobody" })
        {
            (await Refused(() => first.Disputes.AssignAsync(dispute, nobody, "r", Bounded))).ShouldBe(ErrorCodes.NotFound);
        }
    }

    [Test]
    public async Task A_high_amount_wants_a_second_signature_and_every_colleague_hears_so()
    {
        var (_, seller, _, dispute) = await Disputed(bitcoin: 1);
        var (mine, first) = await Arbitrator();
        var (_, second) = await Arbitrator();
        var (ownNews, news) = (HearsCases(first), HearsCases(second));
        await first.Disputes.AssignAsync(dispute, mine, "mine", Bounded);
        var proposed = await first.Disputes.RuleRefundAsync(dispute, "No payment came", "the bank says so", Bounded);
        proposed.Status.ShouldBe(DisputeStatus.AwaitingStaff);
        await Eventually(() => news.All.Any(one => one.News == CaseNews.SecondSignatureWanted && one.DisputeId == dispute));
        ownNews.All.ShouldNotContain(one => one.News == CaseNews.SecondSignatureWanted);

        var waiting = (await second.Disputes.ListAsync(new ListDisputeQueueRequest { SecondWanted = true, Limit = 100 }, Bounded)).Items;
        waiting.ShouldContain(row => row.DisputeId == dispute);
        (await second.Disputes.GetAsync(dispute, Bounded)).Waiting!.Text.ShouldBe("No payment came");
        (await seller.Client.Disputes.GetAsync(dispute, Bounded)).Rulings.ShouldBeEmpty();
        (await Refused(() => first.Disputes.ConfirmRulingAsync(dispute, "me too", cancellationToken: Bounded))).ShouldBe(ErrorCodes.SamePerson);
        (await Refused(() => second.Disputes.ConfirmRulingAsync(dispute, "seen", 1, Bounded))).ShouldBe(ErrorCodes.StaleVersion);
        (await second.Disputes.ConfirmRulingAsync(dispute, "seen and agreed", proposed.Version, Bounded)).Status
            .ShouldBe(DisputeStatus.DecisionPending);
        (await second.Disputes.GetAsync(dispute, Bounded)).Rulings.Single().SecondId.ShouldNotBeNull();
    }

    [Test]
    public async Task An_appeal_goes_to_somebody_else_whose_word_is_the_last()
    {
        var (buyer, _, _, dispute) = await Disputed();
        var (mine, first) = await Arbitrator();
        var (other, second) = await Arbitrator();
        var news = HearsCases(first);
        await first.Disputes.AssignAsync(dispute, mine, "mine", Bounded);
        await first.Disputes.RuleRefundAsync(dispute, "No proof", "none was shown", Bounded);
        await buyer.Client.Disputes.AppealAsync(dispute, "look at the receipt", Bounded);
        await Eventually(() => news.All.Any(one => one.News == CaseNews.TakenFromYou));
        (await Refused(() => first.Disputes.AssignAsync(dispute, mine, "again", Bounded))).ShouldBe(ErrorCodes.SamePerson);
        await second.Disputes.AssignAsync(dispute, other, "I take the appeal", Bounded);
        (await second.Disputes.GetAsync(dispute, Bounded)).AppealText.ShouldBe("look at the receipt");
        (await second.Disputes.RuleReleaseAsync(dispute, "The receipt is genuine", "checked with the bank", Bounded)).Status
            .ShouldBe(DisputeStatus.Decided);
        (await Available(buyer)).ShouldBe(0.5m);
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task The_queue_filters_and_its_pages_hold_each_case_once_nearest_deadline_first()
    {
        var (_, arbitrator) = await Arbitrator();
        var (sub, _) = await Arbitrator();
        List<Guid> made = [];
        for (var i = 0; i < 3; i++)
        {
            made.Add((await Disputed(0.1m)).Dispute);
        }

        await Sql($"update disputes set deadline = clock_timestamp() + interval '7 minutes' where id = '{made[2]}'");
        var admin = await Admin();
        await admin.Disputes.AssignAsync(made[1], sub, "for you", Bounded);

        List<StaffDisputeRow> seen = [];
        string? cursor = null;
        do
        {
            var page = await arbitrator.Disputes.ListAsync(new ListDisputeQueueRequest { Limit = 2, Cursor = cursor }, Bounded);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.Select(row => row.DisputeId).ShouldBeUnique();
        seen.Select(row => row.Deadline).ShouldBeInOrder();
        made.ShouldBeSubsetOf(seen.Select(row => row.DisputeId));

        (await Ids(new() { DueWithinMinutes = 8 })).ShouldBe([made[2]]);
        (await Ids(new() { Unassigned = true })).ShouldNotContain(made[1]);
        (await Ids(new() { Unassigned = true })).ShouldContain(made[0]);
        (await Ids(new() { AssignedToMe = true })).ShouldBeEmpty();
        (await Ids(new() { Status = DisputeStatus.AwaitingStaff })).ShouldContain(made[1]);
        (await Ids(new() { Ended = true })).ShouldNotContain(made[0]);
        await arbitrator.Disputes.WatchAsync(made[0], note: "the same bank again", cancellationToken: Bounded);
        var watched = (await arbitrator.Disputes.ListAsync(new() { Watched = true }, Bounded)).Items.Single();
        (watched.DisputeId, watched.WatchNote).ShouldBe((made[0], "the same bank again"));
        (await admin.Disputes.ListAsync(new() { Watched = true }, Bounded)).Items.ShouldBeEmpty();
        await arbitrator.Disputes.WatchAsync(made[0], watch: false, cancellationToken: Bounded);
        (await Ids(new() { Watched = true })).ShouldBeEmpty();
        (await Refused(() => arbitrator.Disputes.ListAsync(new() { Cursor = "x" }, Bounded))).ShouldBe(ErrorCodes.BadInput);
        var member = (await admin.Disputes.ListStaffAsync(new() { Role = StaffRoles.Arbitrator, Limit = 100 }, Bounded)).Items
            .Single(one => one.Sub == sub);
        member.OpenCases.ShouldBe(1);

        async Task<List<Guid>> Ids(ListDisputeQueueRequest request) =>
            [.. (await arbitrator.Disputes.ListAsync(request with { Limit = 100 }, Bounded)).Items.Select(row => row.DisputeId)];
    }

    [Test]
    public async Task A_repeat_of_an_act_is_no_second_act_and_no_second_row_of_the_log()
    {
        var (_, _, _, dispute) = await Disputed();
        var (mine, arbitrator) = await Arbitrator();
        var request = new AssignDisputeRequest { RequestId = Guid.CreateVersion7(), DisputeId = dispute, AssigneeSub = mine, Reason = "mine" };
        var first = await arbitrator.Disputes.AssignAsync(request, Bounded);
        (await arbitrator.Disputes.AssignAsync(request, Bounded)).ShouldBe(first);
        (await Refused(() => arbitrator.Disputes.AssignAsync(request with { Reason = "other" }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
        (await Sql<long>($"select count(*) from audit_log where target = 'dispute:{dispute}'")).ShouldBe(1);
        (await Refused(() => arbitrator.Disputes.AssignAsync(dispute, mine, " ", Bounded))).ShouldBe(ErrorCodes.BadInput);
    }
}
