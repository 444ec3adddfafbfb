using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using static P2P.Tests.Rules.DisputeRulesTests;

namespace P2P.Tests.Rules;

/// <summary>What each step of a dispute writes, who hears of it, and its refusals at their very edge.</summary>
public sealed class DisputeStepTests
{
    private const long First = 900_001;
    private const long Second = 900_002;
    private const long Third = 900_003;
    private static readonly DateTimeOffset Now = OrderFixtures.Now;
    private static readonly DisputeSettings Settings = new() { TwoPeopleAbove = new() { ["BTC"] = 0.5m } };

    [Test]
    public void A_dispute_begins_between_the_parties_unless_one_is_suspended()
    {
        var order = OrderFixtures.Order(OrderStatus.Disputed);
        var opened = DisputeRules.Open(new DisputeTerms(Guid.CreateVersion7(), DisputeReason.NotPaid, "x"), order, Party.Seller, 2, Now, Settings);
        (opened.Status, opened.Deadline, opened.Version).ShouldBe((DisputeStatus.Negotiating, Now.AddHours(Settings.NegotiationHours), 1));
        (opened.RaisedBy, opened.RaiserId, opened.Body).ShouldBe((Party.Seller, 2, "x"));
        var toStaff = DisputeRules.Open(new DisputeTerms(Guid.CreateVersion7(), DisputeReason.PartySuspended, ""), order, Party.System, 0, Now, Settings);
        (toStaff.Status, toStaff.Deadline).ShouldBe((DisputeStatus.AwaitingStaff, Now.AddHours(Settings.StaffHours)));
        Settings.StaffHours.ShouldNotBe(Settings.NegotiationHours);
        var settled = DisputeRules.Settle(opened with { SecondWanted = true });
        (settled.Status, settled.Deadline, settled.SecondWanted).ShouldBe((DisputeStatus.Settled, null, false));
    }

    [Test]
    public void Staff_get_their_time_when_a_case_comes_to_them()
    {
        foreach (var facts in new[]
        {
            Willing(DisputeStatus.Negotiating, DisputeAction.Escalate, Party.Buyer), Willing(DisputeStatus.Negotiating, DisputeAction.Assign, Party.Staff),
        })
        {
            var after = DisputeRules.Decide(facts with { Dispute = facts.Dispute with { Rounds = 2 } }).Dispute;
            (after.Status, after.Rounds, after.Deadline).ShouldBe((DisputeStatus.AwaitingStaff, 0, Now.AddHours(Settings.StaffHours)));
        }

        // Handing on gives nobody more time.
        var handed = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Assign, Party.Staff);
        DisputeRules.Decide(handed).Dispute.ShouldBe(handed.Dispute with { AssigneeId = Second });
    }

    [Test]
    public void A_case_is_taken_when_nobody_has_it_handed_on_by_its_own_and_given_by_admins()
    {
        var facts = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Assign, Party.Staff);
        var free = facts with { Dispute = facts.Dispute with { AssigneeId = null } };
        Code(free with { ActorId = First, AssigneeId = First }).ShouldBeNull();
        Code(free with { ActorId = First, AssigneeId = Second }).ShouldBe(ErrorCodes.NotAssigned, "what nobody has is not given away");
        Code(free with { ActorId = First, AssigneeId = Second, IsAdmin = true }).ShouldBeNull();
        Code(facts with { ActorId = Second, AssigneeId = Second }).ShouldBe(ErrorCodes.NotAssigned, "it is somebody's");
        Code(facts with { ActorId = Second, AssigneeId = Second, IsAdmin = true }).ShouldBeNull();
        Code(facts with { ActorId = First, AssigneeId = Second }).ShouldBeNull();
        Code(facts with { ActorId = First, AssigneeId = null }).ShouldBeNull("given back");
    }

    [Test]
    public void Each_party_accepts_once_and_both_end_it()
    {
        var facts = Willing(DisputeStatus.DecisionPending, DisputeAction.Accept, Party.Buyer);
        var one = DisputeRules.Decide(facts);
        (one.Dispute.BuyerAccepts, one.Dispute.SellerAccepts, one.Resolve).ShouldBe((true, false, null));
        var two = DisputeRules.Decide(facts with { Dispute = one.Dispute, By = Party.Seller, ActorId = OrderFixtures.SellerId });
        (two.Dispute.BuyerAccepts, two.Dispute.SellerAccepts, two.Dispute.Status, two.Dispute.Deadline, two.Resolve, two.ResolvedBy)
            .ShouldBe((true, true, DisputeStatus.Decided, null, OrderAction.ResolveRefund, Party.System));
        var other = DisputeRules.Decide(facts with { By = Party.Seller, ActorId = OrderFixtures.SellerId });
        (other.Dispute.BuyerAccepts, other.Dispute.SellerAccepts, other.Resolve).ShouldBe((false, true, null));

        foreach (var action in new[] { DisputeAction.Accept, DisputeAction.Appeal })
        {
            Code(facts with { Action = action, Dispute = one.Dispute }).ShouldBe(ErrorCodes.AlreadyDone);
            Code(facts with { Action = action, Dispute = one.Dispute, By = Party.Seller, ActorId = OrderFixtures.SellerId }).ShouldBeNull();
            Code(facts with { Action = action, Dispute = other.Dispute, By = Party.Seller, ActorId = OrderFixtures.SellerId })
                .ShouldBe(ErrorCodes.AlreadyDone);
            Code(facts with { Action = action, Dispute = other.Dispute }).ShouldBeNull();
        }
    }

    [Test]
    public void An_appeal_is_taken_until_its_very_deadline_and_begins_anew_with_staff()
    {
        var facts = Willing(DisputeStatus.DecisionPending, DisputeAction.Appeal, Party.Seller);
        var end = facts.Dispute.Deadline!.Value; // Not null: an open dispute has one.
        Code(facts with { Now = end }).ShouldBe(ErrorCodes.DeadlinePassed);
        Code(facts with { Now = end.AddHours(1) }).ShouldBe(ErrorCodes.DeadlinePassed);
        Code(facts with { Now = end, Action = DisputeAction.Accept }).ShouldBeNull("what is accepted late is accepted");
        var after = DisputeRules.Decide(facts with { Now = end.AddTicks(-1), Dispute = facts.Dispute with { Rounds = 2 } }).Dispute;
        after.ShouldBe(facts.Dispute with
        {
            Status = DisputeStatus.Appealed,
            AppealedBy = Party.Seller,
            AppealBody = "again",
            AssigneeId = null,
            Rounds = 0,
            Deadline = end.AddTicks(-1).AddHours(Settings.StaffHours),
        });
    }

    [Test]
    public void A_ruling_is_shown_to_both_and_the_second_one_is_final()
    {
        var facts = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Rule, Party.Staff);
        facts = facts with { Dispute = facts.Dispute with { BuyerAccepts = true, SellerAccepts = true, SecondWanted = true } };
        var told = DisputeRules.Decide(facts);
        told.Dispute.ShouldBe(facts.Dispute with
        {
            Status = DisputeStatus.DecisionPending,
            SecondWanted = false,
            BuyerAccepts = false,
            SellerAccepts = false,
            Decision = RulingDecision.Release,
            RulingBody = "as shown",
            RulerId = First,
            Deadline = Now.AddHours(Settings.AppealHours),
        });
        told.Ruling.ShouldBe(new RulingRow(facts.Dispute.Id, 0, RulingDecision.Release, null, null, First, null, "as shown", false));
        told.Resolve.ShouldBeNull();

        var appeal = DisputeRules.Decide(Willing(DisputeStatus.Appealed, DisputeAction.Rule, Party.Staff));
        (appeal.Dispute.Status, appeal.Resolve, appeal.ResolvedBy).ShouldBe((DisputeStatus.Decided, OrderAction.ResolveRelease, Party.Staff));
        appeal.Ruling!.IsFinal.ShouldBeTrue();

        // Two people above the operator's amount, and not at it.
        var order = facts.Order with { Taken = 0.5m, Held = 0.51m };
        DisputeRules.Decide(facts with { Order = order }).Ruling.ShouldNotBeNull();
        DisputeRules.Decide(facts with { Order = order with { Taken = 0.50000001m, Held = 0.51000001m } }).Ruling.ShouldBeNull();
    }

    [Test]
    public void A_split_gives_each_something()
    {
        var facts = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Rule, Party.Staff);
        var tiny = facts with { Order = facts.Order with { Taken = 0.00000002m, Held = 0.00000002m, Fee = 0 } };
        Code(tiny with { Ruling = new RulingTerms(RulingDecision.Split, 50, "half") }).ShouldBeNull();
        Code(tiny with { Ruling = new RulingTerms(RulingDecision.Split, 49, "less than one unit") }).ShouldBe(ErrorCodes.AmountTooSmall);
        Code(tiny with { Ruling = new RulingTerms(RulingDecision.Split, 100, "all of it") }).ShouldBe(ErrorCodes.AmountTooSmall);
        Code(tiny with { Ruling = new RulingTerms(RulingDecision.Refund, null, "back") }).ShouldBeNull();
        var split = DisputeRules.Decide(Willing(DisputeStatus.Appealed, DisputeAction.Rule, Party.Staff) with
        {
            Ruling = new RulingTerms(RulingDecision.Split, 25, "a quarter"),
        });
        (split.Resolve, split.BuyerShare).ShouldBe((OrderAction.ResolveSplit, 0.1m));
    }

    [Test]
    public void Time_acts_at_the_deadline_and_not_before()
    {
        var facts = Willing(DisputeStatus.Negotiating, DisputeAction.TimeOver, Party.System);
        var end = facts.Dispute.Deadline!.Value; // Not null: an open dispute has one.
        Code(facts with { Now = end.AddTicks(-1) }).ShouldBe(ErrorCodes.DeadlineNotReached);
        Code(facts with { Now = end }).ShouldBeNull();
        Code(facts with { Now = end.AddHours(1) }).ShouldBeNull();
        Code(facts with { Now = end, Dispute = facts.Dispute with { Deadline = null } }).ShouldBe(ErrorCodes.DeadlineNotReached);
    }

    [TestCase(DisputeStatus.Negotiating, 0, false, false, "buyer_without_proof")]
    [TestCase(DisputeStatus.Negotiating, 0, false, true, "buyer_without_proof")]
    [TestCase(DisputeStatus.Negotiating, 0, true, false, "seller_silent")]
    [TestCase(DisputeStatus.Negotiating, 0, true, true, "no_agreement")]
    [TestCase(DisputeStatus.AwaitingStaff, 1, false, false, "staff_late")]
    [TestCase(DisputeStatus.AwaitingStaff, 2, false, true, "staff_absent_no_proof")]
    [TestCase(DisputeStatus.AwaitingStaff, 2, true, false, "staff_absent_silent")]
    [TestCase(DisputeStatus.AwaitingStaff, 2, true, true, "staff_absent_both")]
    [TestCase(DisputeStatus.DecisionPending, 0, false, false, "appeal_window_over")]
    [TestCase(DisputeStatus.Appealed, 1, false, false, "appeal_late")]
    [TestCase(DisputeStatus.Appealed, 2, false, false, "appeal_unanswered")]
    public void The_rule_that_acts_is(DisputeStatus status, int rounds, bool buyer, bool seller, string rule)
    {
        Settings.StaffRoundsMax.ShouldBe(3);
        Over(status, rounds, buyer, seller).Rule.ShouldBe(rule);
        // Of goods the seller has to show what was done: the same rules with the roles turned, some of them by other names.
        Over(status, rounds, seller, buyer, OrderKind.Goods).Rule.ShouldBe(rule switch
        {
            "buyer_without_proof" => "seller_without_proof",
            "seller_silent" => "buyer_silent",
            "staff_absent_no_proof" => "staff_absent_not_sent",
            "staff_absent_silent" => "staff_absent_sent",
            _ => rule,
        });
    }

    [Test]
    public void What_time_does_is_what_its_rule_says()
    {
        var late = Over(DisputeStatus.AwaitingStaff, 0, true, true).Dispute;
        (late.Status, late.AssigneeId, late.Rounds, late.Deadline)
            .ShouldBe((DisputeStatus.AwaitingStaff, null, 1, Now.AddHours(1 + Settings.StaffHours)));

        var half = Over(DisputeStatus.AwaitingStaff, 2, true, true);
        (half.Dispute.Decision, half.Dispute.BuyerPercent, half.Dispute.RulerId, half.Dispute.AssigneeId, half.Dispute.RulingRule)
            .ShouldBe((RulingDecision.Split, 50, 0, null, "staff_absent_both"));
        half.Ruling!.Body.ShouldStartWith("Nobody has decided in time");
        var smallest = Over(DisputeStatus.AwaitingStaff, 2, true, true, taken: 0.00000001m).Dispute;
        (smallest.Decision, smallest.BuyerPercent).ShouldBe((RulingDecision.Refund, null), "the smallest unit has no half");
        var released = Over(DisputeStatus.AwaitingStaff, 2, true, false).Dispute;
        (released.Decision, released.BuyerPercent).ShouldBe((RulingDecision.Release, null));

        var taken = Over(DisputeStatus.Appealed, 2, true, true);
        (taken.Resolve, taken.ResolvedBy, taken.Dispute.Status).ShouldBe((OrderAction.ResolveRefund, Party.System, DisputeStatus.Decided));
        Over(DisputeStatus.Negotiating, 0, true, true).Dispute.Deadline.ShouldBe(Now.AddHours(1 + Settings.StaffHours));
    }

    [Test]
    public void Staff_hear_what_became_of_their_case_and_not_what_they_did()
    {
        var order = OrderFixtures.Order(OrderStatus.Disputed);
        var open = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Rule, Party.Staff).Dispute;
        long[] colleagues = [First, Second, Third, order.BuyerId];
        News(open, open with { AssigneeId = Second }, by: Third).ShouldBe([(First, CaseNews.TakenFromYou), (Second, CaseNews.AssignedToYou)]);
        News(open, open with { AssigneeId = Second }, by: First).ShouldBe([(Second, CaseNews.AssignedToYou)]);
        News(open, open with { AssigneeId = null }, by: Third).ShouldBe([(First, CaseNews.TakenFromYou)]);
        News(open with { AssigneeId = null }, open, by: First).ShouldBe([(First, CaseNews.AssignedToYou)]);

        var ended = open with { Status = DisputeStatus.Decided };
        News(open, ended, by: Second).ShouldBe([(First, CaseNews.Ended)]);
        News(open, ended, by: First).ShouldBeEmpty();
        News(open with { AssigneeId = null }, ended with { AssigneeId = null }, by: Second).ShouldBeEmpty();
        News(open, open, by: Second).ShouldBeEmpty("it goes on");
        News(ended, ended, by: Second).ShouldBeEmpty("it had ended before");

        // A second person is looked for once for each ruling, among those who may be it.
        var wanted = open with { SecondWanted = true, RulerId = First };
        News(open, wanted, by: First).ShouldBe([(Second, CaseNews.SecondSignatureWanted), (Third, CaseNews.SecondSignatureWanted)]);
        News(wanted, wanted, by: First).ShouldBeEmpty();
        News(wanted, wanted with { RulerId = Second }, by: Second)
            .ShouldBe([(First, CaseNews.SecondSignatureWanted), (Third, CaseNews.SecondSignatureWanted)]);
        News(wanted, open, by: Second).ShouldBeEmpty();

        IEnumerable<(long, CaseNews)> News(Dispute before, Dispute after, long by) => DisputeRules.NewsFor(before, after, order, by, colleagues);
    }

    /// <summary>The step whose time is over.</summary>
    private static DisputeOutcome Over(
        DisputeStatus status, int rounds, bool buyerHasShown, bool sellerHasShown, OrderKind kind = OrderKind.Crypto, decimal taken = 0.4m)
    {
        var facts = Willing(status, DisputeAction.TimeOver, Party.System);
        return DisputeRules.Decide(facts with
        {
            Order = facts.Order with { Kind = kind, Taken = taken, Held = taken + 0.01m },
            Dispute = facts.Dispute with { Rounds = rounds },
            Proof = facts.Proof with { BuyerHasShown = buyerHasShown, SellerHasShown = sellerHasShown },
            Now = facts.Dispute.Deadline!.Value, // Not null: an open dispute has one.
        });
    }
}
