using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Complaints about orders that have ended: filed by parties, decided by staff; the order and its escrow stay as they are.</summary>
public sealed class ComplaintTests : DisputeDeskFixture
{
    protected override Dictionary<string, string?>? Settings => new() { ["Complaints:OpenMax"] = "2", ["Complaints:EvidenceMax"] = "2" };

    [Test]
    public async Task Who_paid_too_late_complains_and_both_hear_to_the_end()
    {
        var (buyer, seller, order) = await Cancelled();
        var (buyerHears, sellerHears) = (Hears<ComplaintChanged>(buyer.Client), Hears<ComplaintChanged>(seller.Client));
        var filed = await buyer.Client.Complaints.FileAsync(order, ComplaintReason.PaidLate, "I paid, but late", Bounded);
        (filed.Status, filed.Version).ShouldBe((ComplaintStatus.Open, 1));
        await seller.Client.Complaints.AddEvidenceAsync(filed.ComplaintId, "nothing came to my account", Bounded);

        var (sub, arbitrator) = await Arbitrator();
        var cases = HearsCases(arbitrator);
        (await arbitrator.Complaints.ListAsync(new() { Unassigned = true, Limit = 100 }, Bounded)).Items
            .ShouldContain(row => row.ComplaintId == filed.ComplaintId);
        (await Refused(() => Decide(arbitrator, filed.ComplaintId))).ShouldBe(ErrorCodes.NotAssigned);
        (await arbitrator.Complaints.AssignAsync(filed.ComplaintId, sub, "mine", Bounded)).Status.ShouldBe(ComplaintStatus.UnderReview);
        var whole = await arbitrator.Complaints.GetAsync(filed.ComplaintId, Bounded);
        (whole.Text, whole.Complaint.AssigneeSub, whole.Complaint.OrderStatus).ShouldBe(("I paid, but late", sub, OrderStatus.Cancelled));
        whole.Evidence.Single().By.ShouldBe(Party.Seller);
        (await arbitrator.Disputes.GetMessagesAsync(new() { OrderId = order, Reason = "who said what" }, Bounded)).Messages.ShouldNotBeEmpty();

        (await Decide(arbitrator, filed.ComplaintId, ComplaintOutcome.Warning, Party.Seller)).Status.ShouldBe(ComplaintStatus.Decided);

        var view = await seller.Client.Complaints.GetAsync(filed.ComplaintId, Bounded);
        (view.Outcome, view.Against, view.OutcomeText, view.Reason).ShouldBe(
            (ComplaintOutcome.Warning, Party.Seller, "as it was shown", ComplaintReason.PaidLate));
        view.StaffReads.ShouldNotBeNull().Single().Reason.ShouldBe("who said what");
        await Eventually(() => buyerHears.All.Count == 4 && sellerHears.All.Count == 4);
        buyerHears.All.Select(change => (change.Change, change.By)).ShouldBe(
        [
            (ComplaintChange.Filed, Party.Buyer), (ComplaintChange.EvidenceAdded, Party.Seller),
            (ComplaintChange.Assigned, Party.Staff), (ComplaintChange.Decided, Party.Staff),
        ]);
        cases.All.Select(one => (one.News, one.ComplaintId)).ShouldBe([(CaseNews.AssignedToYou, filed.ComplaintId)]);
        foreach (var party in new[] { seller, buyer })
        {
            // The seller of what was filed, the buyer of the evidence, both of the end.
            await Eventually(async () => (await Kinds(party)).Count == 2, TimeSpan.FromSeconds(20));
            (await Kinds(party)).ShouldBe([NotificationKind.ComplaintFiled, NotificationKind.ComplaintDecided]);
        }

        (await Refused(() => buyer.Client.Complaints.AddEvidenceAsync(filed.ComplaintId, "but", Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        (await Refused(() => Decide(arbitrator, filed.ComplaintId))).ShouldBe(ErrorCodes.WrongStatus);
        (await Read(buyer, order)).State.Status.ShouldBe(OrderStatus.Cancelled);
        await Invariants.Check(Market.Database.Superuser);
    }

    [Test]
    public async Task A_suspension_and_a_removed_review_happen_with_the_decision()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        var review = (await buyer.Client.Reviews.CreateAsync(order, 1, "a thief", cancellationToken: Bounded)).ReviewId;
        var admin = await Admin();
        var falseReview = (await seller.Client.Complaints.FileAsync(order, ComplaintReason.FalseReview, "I released", Bounded)).ComplaintId;
        var reversed = (await buyer.Client.Complaints.FileAsync(order, ComplaintReason.Abuse, "threats", Bounded)).ComplaintId;
        (await admin.Complaints.GetAsync(falseReview, Bounded)).Reviews.Single().ReviewId.ShouldBe(review);

        (await Refused(() => Decide(admin, falseReview, ComplaintOutcome.ReviewRemoved, Party.Seller))).ShouldBe(ErrorCodes.NotFound);
        await Decide(admin, falseReview, ComplaintOutcome.ReviewRemoved, Party.Buyer);
        (await buyer.Client.Reviews.GetAsync(review, Bounded)).HiddenBecause.ShouldBe("as it was shown");

        var request = new DecideComplaintRequest
        {
            RequestId = Guid.CreateVersion7(),
            ComplaintId = reversed,
            Outcome = ComplaintOutcome.Suspension,
            Against = Party.Seller,
            SuspendedUntil = DateTimeOffset.UtcNow.AddDays(2),
            Text = "Threats in the room",
            Reason = "see messages 3 to 5",
        };
        var decided = await admin.Complaints.DecideAsync(request, Bounded);
        (await admin.Complaints.DecideAsync(request, Bounded)).ShouldBe(decided);
        (await Sql<string>($"select reason from suspensions where user_id = {Id(seller)} and lifted_at is null")).ShouldBe("Threats in the room");
        (await Sql<bool>($"select suspended from standings where user_id = {Id(seller)}")).ShouldBeTrue();
        (await Sql<string>($"select string_agg(action, ' ' order by seq) from audit_log where target in ('complaint:{reversed}', 'user:{Id(seller)}')"))
            .ShouldBe("user.suspend complaint.decide");
        (await admin.Complaints.GetAsync(reversed, Bounded)).Seller.ComplaintsAgainst.ShouldBe(1);
        (await admin.Complaints.ListAsync(new() { Decided = true, OrderId = order }, Bounded)).Items.Select(row => row.ComplaintId)
            .ShouldBe([reversed, falseReview]);
    }

    [Test]
    public async Task A_complaint_is_filed_once_within_the_days_about_an_order_that_has_ended()
    {
        var (buyer, _, open) = await ConfirmedOrder();
        (await Refused(() => File(buyer, open))).ShouldBe(ErrorCodes.WrongStatus);
        (await Refused(() => File(buyer, Guid.CreateVersion7()))).ShouldBe(ErrorCodes.NotFound);

        var (late, seller, order) = await Cancelled();
        (await Refused(async () => await File(await Buyer(), order))).ShouldBe(ErrorCodes.NotFound);
        await Sql($"update orders set updated_at = updated_at - interval '14 days 1 minute' where id = '{order}'");
        (await Refused(() => File(late, order))).ShouldBe(ErrorCodes.DeadlinePassed);
        await Sql($"update orders set updated_at = updated_at + interval '1 day' where id = '{order}'");
        var request = new FileComplaintRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Reason = ComplaintReason.Other, Text = "x" };
        var first = await late.Client.Complaints.FileAsync(request, Bounded);
        (await late.Client.Complaints.FileAsync(request, Bounded)).ShouldBe(first);
        (await Refused(() => File(late, order))).ShouldBe(ErrorCodes.AlreadyDone);
        (await File(seller, order)).ComplaintId.ShouldNotBe(first.ComplaintId, "each party has one");

        // Two open ones are all that this market lets a user have.
        var ad = await TestMarket.Ad(seller);
        var orders = new[] { await Place(late, ad, 0.1m), await Place(late, ad, 0.1m) };
        foreach (var one in orders)
        {
            await late.Client.Orders.CancelAsync(one, cancellationToken: Bounded);
        }

        await File(late, orders[0]);
        (await Refused(() => File(late, orders[1]))).ShouldBe(ErrorCodes.QuotaExceeded);
        var mine = await late.Client.Complaints.ListAsync(new() { Open = true, Limit = 2 }, Bounded);
        mine.Items.Count.ShouldBe(2);
        (await late.Client.Complaints.ListAsync(new() { Open = true, Limit = 2, Cursor = mine.NextCursor }, Bounded)).Items.Count.ShouldBe(1);
        (await late.Client.Complaints.ListAsync(new() { OrderId = order }, Bounded)).Items.Count.ShouldBe(2);
    }

    [Test]
    public async Task Evidence_is_bounded_and_strangers_find_no_complaint()
    {
        var (buyer, _, order) = await Cancelled();
        var complaint = (await File(buyer, order)).ComplaintId;
        var stranger = await Buyer();
        foreach (var id in new[] { complaint, Guid.CreateVersion7() })
        {
            (await Refused(() => stranger.Client.Complaints.GetAsync(id, Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => stranger.Client.Complaints.AddEvidenceAsync(id, "x", Bounded))).ShouldBe(ErrorCodes.NotFound);
        }

        for (var i = 0; i < 2; i++)
        {
            await buyer.Client.Complaints.AddEvidenceAsync(complaint, $"piece {i}", Bounded);
        }

        (await Refused(() => buyer.Client.Complaints.AddEvidenceAsync(complaint, "one more", Bounded))).ShouldBe(ErrorCodes.QuotaExceeded);
        (await buyer.Client.Complaints.GetAsync(complaint, Bounded)).ShouldSatisfyAllConditions(
            view => view.Evidence.Select(one => one.Text).ShouldBe(["piece 0", "piece 1"]),
            view => (view.Version, view.StaffReads).ShouldBe((3, null)));
    }

    [Test]
    public async Task No_party_and_no_stranger_to_the_case_decides_a_complaint()
    {
        var (buyer, seller, order) = await Cancelled();
        var complaint = (await File(buyer, order)).ComplaintId;
        var party = Staff(seller.Name, StaffRoles.Admin);
        await party.ConnectAsync(Bounded);
        (await Refused(() => Decide(party, complaint))).ShouldBe(ErrorCodes.ConflictOfInterest);
        (await Refused(() => party.Complaints.GetAsync(complaint, Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
        var (mine, first) = await Arbitrator();
        var (other, second) = await Arbitrator();
        (await Refused(() => first.Complaints.AssignAsync(complaint, seller.Name, "yours", Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
        (await Refused(() => first.Complaints.AssignAsync(complaint, other, "yours", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        await first.Complaints.AssignAsync(complaint, mine, "mine", Bounded);
        (await Refused(() => second.Complaints.AssignAsync(complaint, other, "mine", Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        var stale = await Refusal(() => first.Complaints.DecideAsync(
            new()
            {
                RequestId = Guid.CreateVersion7(),
                ComplaintId = complaint,
                Outcome = ComplaintOutcome.Closed,
                Text = "nothing to be done",
                Reason = "r",
                ExpectedVersion = 1,
            },
            Bounded));
        (stale.Code, Detail(stale, "version")).ShouldBe((ErrorCodes.StaleVersion, "2"));
        foreach (var (outcome, against) in new[] { (ComplaintOutcome.Closed, (Party?)Party.Buyer), (ComplaintOutcome.Warning, null) })
        {
            (await Refused(() => Decide(first, complaint, outcome, against))).ShouldBe(ErrorCodes.BadInput);
        }

        (await Decide(first, complaint)).Status.ShouldBe(ComplaintStatus.Decided);
    }

    private static Task<StaffComplaintReply> Decide(
        Client.Sdk.P2PAdminClient staff, Guid complaint, ComplaintOutcome outcome = ComplaintOutcome.Closed, Party? against = null) =>
        staff.Complaints.DecideAsync(complaint, outcome, against, "as it was shown", "looked into it", Bounded);

    private static Task<ComplaintReply> File(Trader party, Guid order) =>
        party.Client.Complaints.FileAsync(order, ComplaintReason.Other, "hear me", Bounded);

    private async Task<(Trader Buyer, Trader Seller, Guid Order)> Cancelled()
    {
        var made = await OrderAwaitingPayment();
        await made.Buyer.Client.Orders.CancelAsync(made.Order, cancellationToken: Bounded);
        return made;
    }

    private static async Task<List<NotificationKind>> Kinds(Trader trader) =>
    [
        .. (await trader.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items.Select(one => one.Kind)
            .Where(kind => kind is NotificationKind.ComplaintFiled or NotificationKind.ComplaintDecided).Reverse(),
    ];
}
