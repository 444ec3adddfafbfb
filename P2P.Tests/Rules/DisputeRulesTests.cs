using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Rules;

/// <summary>Disputes without a database: every way through them, on a clock of the test's own.</summary>
public sealed class DisputeRulesTests
{
    private const long First = 900_001;
    private const long Second = 900_002;
    private static readonly DateTimeOffset Start = OrderFixtures.Now;
    private static readonly DisputeSettings Settings = new() { TwoPeopleAbove = new() { ["BTC"] = 0.5m } };

    private static readonly HashSet<string> RuleNames = [.. DisputeTable.Rules.Select(rule => rule.Name)];

    [Test]
    public void A_thousand_disputes_end_and_every_deadline_is_acted_on_by_a_named_rule()
    {
        var random = Properties.Randomness("disputes");
        var (ended, expiries, acted) = (new Dictionary<string, int>(), 0, new Dictionary<string, int>());
        for (var i = 0; i < 1_000; i++)
        {
            var (now, order) = (Start, OrderFixtures.Order(OrderStatus.Disputed) with { Taken = random.Next(1, 200) / 100m });
            order = order with { Held = order.Taken + 0.01m };
            var reason = random.Next(5) == 0 ? DisputeReason.PartySuspended : DisputeReason.NotReleased;
            var dispute = DisputeRules.Open(new DisputeTerms(Guid.CreateVersion7(), reason, "x"), order, Party.Buyer, 1, now, Settings);
            var (buyerShows, sellerShows) = (random.Next(2) == 0, random.Next(2) == 0);
            var busy = random.Next(3); // Nobody, sometimes somebody, mostly somebody acts.
            for (var steps = 0; dispute.IsOpen; steps++)
            {
                steps.ShouldBeLessThan(60, "A dispute that never ends.");
                var deadline = dispute.Deadline.ShouldNotBeNull("An open dispute without a deadline.");
                var proof = new DisputeProof { OrderId = order.Id, BuyerHasShown = buyerShows, SellerHasShown = sellerShows, Scale = 8, Rulings = 0 };
                var facts = AnyStep(random, dispute, order, proof, now);
                if (random.Next(3) >= busy || Outcome(facts) is not { } outcome)
                {
                    now = deadline;
                    outcome = DisputeRules.Decide(facts with { Action = DisputeAction.TimeOver, By = Party.System, ActorId = 0, Now = now });
                    RuleNames.ShouldContain(outcome.Rule.ShouldNotBeNull("Time acted without a rule's name."));
                    acted[outcome.Rule] = acted.GetValueOrDefault(outcome.Rule) + 1;
                    expiries++;
                }

                outcome.Resolve.HasValue.ShouldBe(!outcome.Dispute.IsOpen, "The escrow is resolved when the dispute is decided, and only then.");
                if (outcome.Resolve == OrderAction.ResolveSplit)
                {
                    outcome.BuyerShare.ShouldNotBeNull().ShouldBeInRange(0.00000001m, order.Held - 0.00000001m);
                }

                dispute = outcome.Dispute with { Version = dispute.Version + 1 };
                now = now.AddMinutes(random.Next(1, 300));
            }

            var end = $"{dispute.Decision} by {(dispute.RulingRule ?? "people")}";
            ended[end] = ended.GetValueOrDefault(end) + 1;
        }

        TestContext.Out.WriteLine($"1,000 disputes, {expiries} deadlines; {string.Join(", ", ended.Select(pair => $"{pair.Key}: {pair.Value}"))}.");
        TestContext.Out.WriteLine(string.Join(", ", acted.Select(pair => $"{pair.Key}: {pair.Value}")));
        acted.Keys.ShouldBe(RuleNames, ignoreOrder: true); // Every rule has acted.
        ended.Values.Sum().ShouldBe(1_000);
    }

    [Test]
    public void For_every_step_and_whatever_was_shown_there_is_one_rule_first([Values(OrderKind.Crypto, OrderKind.Goods)] OrderKind kind)
    {
        foreach (var status in new[] { DisputeStatus.Negotiating, DisputeStatus.AwaitingStaff, DisputeStatus.DecisionPending, DisputeStatus.Appealed })
        {
            for (var i = 0; i < 20; i++)
            {
                DisputeRules.RuleFor(kind, status, rounds: i / 4, 3, payeeHasShown: (i & 1) != 0, payerHasShown: (i & 2) != 0).At.ShouldBe(status);
            }
        }

        DisputeTable.RulesOf(kind).Select(rule => rule.Name).ShouldBeUnique();
        DisputeTable.RulesOf(kind).ShouldAllBe(rule => (rule.Effect == RuleEffect.Rule) == (rule.Decision != null));
    }

    [Test]
    public void Over_the_whole_table_only_its_rows_are_allowed()
    {
        var (cells, allowed) = (0, 0);
        foreach (var status in Enum.GetValues<DisputeStatus>())
        {
            foreach (var action in Enum.GetValues<DisputeAction>().Where(action => action != DisputeAction.TimeOver))
            {
                foreach (var by in Enum.GetValues<Party>())
                {
                    var facts = Willing(status, action, by);
                    var row = DisputeTable.Rows.SingleOrDefault(row => row.From == status && row.Action == action && row.By == by);
                    cells++;
                    if (row is null)
                    {
                        Should.Throw<Refused>(() => DisputeRules.Decide(facts)).Code.ShouldBe(ErrorCodes.WrongStatus, $"{status} {action} {by}");
                        continue;
                    }

                    DisputeRules.Decide(facts).Dispute.Status.ShouldBe(row.To, $"{status} {action} {by}");
                    allowed++;
                }
            }
        }

        TestContext.Out.WriteLine($"{cells} cells, {allowed} allowed.");
        allowed.ShouldBe(DisputeTable.Rows.Count);
    }

    [Test]
    public void Nobody_decides_their_own_case_or_their_own_appeal_or_confirms_their_own_ruling()
    {
        var rule = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Rule, Party.Staff);
        Code(rule with { ActorId = OrderFixtures.BuyerId }).ShouldBe(ErrorCodes.ConflictOfInterest);
        Code(rule with { ActorId = Second }).ShouldBe(ErrorCodes.NotAssigned);
        Code(rule with { ActorId = Second, IsAdmin = true }).ShouldBeNull();
        Code(Willing(DisputeStatus.AwaitingStaff, DisputeAction.Assign, Party.Staff) with { AssigneeId = OrderFixtures.SellerId })
            .ShouldBe(ErrorCodes.ConflictOfInterest);

        var confirm = Willing(DisputeStatus.AwaitingStaff, DisputeAction.ConfirmRuling, Party.Staff);
        Code(confirm with { ActorId = First }).ShouldBe(ErrorCodes.SamePerson);
        Code(confirm with { Dispute = confirm.Dispute with { SecondWanted = false } }).ShouldBe(ErrorCodes.NotRequested);

        var appeal = Willing(DisputeStatus.Appealed, DisputeAction.Rule, Party.Staff);
        Code(appeal with { ActorId = First, IsAdmin = true }).ShouldBe(ErrorCodes.SamePerson);
        Code(Willing(DisputeStatus.Appealed, DisputeAction.Assign, Party.Staff) with { AssigneeId = First }).ShouldBe(ErrorCodes.SamePerson);
    }

    [Test]
    public void A_ruling_on_a_high_amount_is_told_to_nobody_before_a_second_person_agrees()
    {
        var facts = Willing(DisputeStatus.AwaitingStaff, DisputeAction.Rule, Party.Staff) with { Order = OrderFixtures.Order(OrderStatus.Disputed) };
        var proposed = DisputeRules.Decide(facts);
        (proposed.Dispute.Status, proposed.Dispute.SecondWanted, proposed.Ruling).ShouldBe((DisputeStatus.AwaitingStaff, true, null));
        var told = DisputeRules.Decide(facts with { Dispute = proposed.Dispute, Action = DisputeAction.ConfirmRuling, ActorId = Second });
        (told.Dispute.Status, told.Ruling!.RulerId, told.Ruling.SecondId).ShouldBe((DisputeStatus.DecisionPending, First, Second));
    }

    [TestCase(1, 50, 8, 0.5)]
    [TestCase(1, 33.33, 8, 0.3333)]
    [TestCase(0.00000001, 50, 8, 0)]
    [TestCase(10, 33.33, 0, 3)]
    [TestCase(0.123457, 99.99, 6, 0.123444)]
    public void A_share_is_cut_down_to_the_assets_scale(decimal taken, decimal percent, int scale, decimal share) =>
        DisputeRules.ShareOf(taken, percent, scale).ShouldBe(share);

    internal static string? Code(DisputeFacts facts)
    {
        try
        {
            DisputeRules.Decide(facts);
            return null;
        }
        catch (Refused refused)
        {
            return refused.Code;
        }
    }

    private static DisputeOutcome? Outcome(DisputeFacts facts)
    {
        try
        {
            return DisputeRules.Decide(facts);
        }
        catch (Refused)
        {
            return null; // Not allowed there: then time passes.
        }
    }

    private static DisputeFacts AnyStep(Random random, Dispute dispute, Order order, DisputeProof proof, DateTimeOffset now)
    {
        var row = DisputeTable.Rows.Where(row => row.From == dispute.Status).OrderBy(_ => random.Next()).First();
        var decision = RulingDecision.Release + random.Next(3);
        return new DisputeFacts
        {
            Dispute = dispute,
            Order = order,
            Proof = proof,
            Action = row.Action,
            By = row.By,
            ActorId = row.By == Party.Staff ? First + random.Next(2) : order.IdOf(row.By),
            IsAdmin = random.Next(2) == 0,
            AssigneeId = First + random.Next(2),
            Ruling = new RulingTerms(decision, decision == RulingDecision.Split ? random.Next(1, 100) : null, "as shown"),
            Text = "again",
            Now = now,
            Settings = Settings,
        };
    }

    /// <summary>Facts to which no guard objects.</summary>
    internal static DisputeFacts Willing(DisputeStatus status, DisputeAction action, Party by)
    {
        var order = OrderFixtures.Order(OrderStatus.Disputed) with { Taken = 0.4m, Held = 0.41m };
        var ruled = status is DisputeStatus.DecisionPending or DisputeStatus.Appealed or DisputeStatus.Decided
            || action == DisputeAction.ConfirmRuling;
        return new DisputeFacts
        {
            Dispute = new Dispute
            {
                Id = Guid.CreateVersion7(),
                OrderId = order.Id,
                Status = status,
                Version = 3,
                Reason = DisputeReason.Other,
                Body = "x",
                RaisedBy = Party.Buyer,
                RaiserId = order.BuyerId,
                RaisedAt = Start,
                Deadline = Start.AddHours(1),
                AssigneeId = status == DisputeStatus.Appealed ? Second : First,
                Decision = ruled ? RulingDecision.Refund : null,
                RulerId = ruled ? First : null,
                SecondWanted = action == DisputeAction.ConfirmRuling,
            },
            Order = order,
            Proof = new DisputeProof { OrderId = order.Id, BuyerHasShown = true, SellerHasShown = true, Scale = 8, Rulings = 1 },
            Action = action,
            By = by,
            ActorId = by == Party.Staff
                ? status == DisputeStatus.Appealed || action == DisputeAction.ConfirmRuling ? Second : First
                : order.IdOf(by),
            AssigneeId = action == DisputeAction.Assign ? Second : null,
            Ruling = new RulingTerms(RulingDecision.Release, null, "as shown"),
            Text = "again",
            Now = Start,
            Settings = Settings,
        };
    }
}
