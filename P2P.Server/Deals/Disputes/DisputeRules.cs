using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Disputes;

/// <summary>What a step of a dispute is decided from.</summary>
public sealed record DisputeFacts
{
    public required Dispute Dispute { get; init; }

    public required Order Order { get; init; }

    public required DisputeProof Proof { get; init; }

    public required DisputeAction Action { get; init; }

    public required Party By { get; init; }

    public required long ActorId { get; init; }

    public bool IsAdmin { get; init; }

    public string? Text { get; init; }

    public RulingTerms? Ruling { get; init; }

    public long? AssigneeId { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required DisputeSettings Settings { get; init; }
}

/// <summary>What a step does: everything that is then written.</summary>
public sealed record DisputeOutcome
{
    /// <summary>The dispute after the step, its version still as before.</summary>
    public required Dispute Dispute { get; init; }

    /// <summary>A ruling that both parties are shown now; its place in the row is counted by the writer.</summary>
    public RulingRow? Ruling { get; init; }

    /// <summary>What happens to the order; null while its escrow stays held.</summary>
    public OrderAction? Resolve { get; init; }

    /// <summary>Who lets it happen: staff by a final ruling, else the server.</summary>
    public Party ResolvedBy { get; init; } = Party.System;

    /// <summary>What the buyer gets of a split.</summary>
    public decimal? BuyerShare { get; init; }

    /// <summary>The rule that acted.</summary>
    public string? Rule { get; init; }
}

/// <summary>Pure decisions about disputes.</summary>
public static class DisputeRules
{
    /// <summary>The longest text of a dispute, of evidence and of a ruling.</summary>
    public const int TextCharsMax = Limits.StatementCharsMax;

    /// <summary>A dispute as it begins. One with a suspended party has nobody to negotiate with.</summary>
    public static Dispute Open(DisputeTerms terms, Order order, Party by, long raiserId, DateTimeOffset now, DisputeSettings settings)
    {
        var toStaff = terms.Reason == DisputeReason.PartySuspended;
        return new Dispute
        {
            Id = terms.Id,
            OrderId = order.Id,
            Status = toStaff ? DisputeStatus.AwaitingStaff : DisputeStatus.Negotiating,
            Version = 1,
            Reason = terms.Reason,
            Body = terms.Text,
            RaisedBy = by,
            RaiserId = raiserId,
            RaisedAt = now,
            Deadline = now + TimeSpan.FromHours(toStaff ? settings.StaffHours : settings.NegotiationHours),
        };
    }

    /// <summary>The dispute after the parties have ended the order themselves. A ruling that did not take effect stays to be read.</summary>
    public static Dispute Settle(Dispute dispute) =>
        dispute with { Status = DisputeStatus.Settled, Deadline = null, SecondWanted = false };

    /// <summary>The step; throws the first reason against it.</summary>
    public static DisputeOutcome Decide(DisputeFacts facts)
    {
        Refuse(facts);
        var (dispute, settings) = (facts.Dispute, facts.Settings);
        switch (facts.Action)
        {
            case DisputeAction.TimeOver:
                return WhenTimeIsOver(facts);
            case DisputeAction.Escalate:
                return new DisputeOutcome { Dispute = ToStaff(dispute, facts) };
            case DisputeAction.Assign:
                var assigned = dispute.Status == DisputeStatus.Negotiating ? ToStaff(dispute, facts) : dispute;
                return new DisputeOutcome { Dispute = assigned with { AssigneeId = facts.AssigneeId } };
            case DisputeAction.Rule:
                return Ruled(facts, facts.Ruling ?? throw new InvalidOperationException("A ruling without its terms."));
            case DisputeAction.ConfirmRuling:
                return Told(facts, dispute, facts.ActorId);
            case DisputeAction.Accept:
                var accepted = dispute with
                {
                    BuyerAccepts = dispute.BuyerAccepts || facts.By == Party.Buyer,
                    SellerAccepts = dispute.SellerAccepts || facts.By == Party.Seller,
                };
                return accepted is { BuyerAccepts: true, SellerAccepts: true }
                    ? TakingEffect(facts, accepted)
                    : new DisputeOutcome { Dispute = accepted };
            case DisputeAction.Appeal:
                return new DisputeOutcome
                {
                    Dispute = dispute with
                    {
                        Status = DisputeStatus.Appealed,
                        AppealedBy = facts.By,
                        AppealBody = facts.Text,
                        AssigneeId = null,
                        Rounds = 0,
                        Deadline = facts.Now + TimeSpan.FromHours(settings.StaffHours),
                    },
                };
            default:
                throw new InvalidOperationException($"Nobody moves a dispute by {facts.Action}.");
        }
    }

    /// <summary>Who of the staff hears what of a step. Nobody is told what they did themselves, but for a case that is now their own.</summary>
    public static IEnumerable<(long UserId, CaseNews News)> NewsFor(
        Dispute before, Dispute after, Order order, long actorId, IReadOnlyList<long> colleagues)
    {
        if (after.AssigneeId != before.AssigneeId)
        {
            if (before.AssigneeId is { } former && former != actorId)
            {
                yield return (former, CaseNews.TakenFromYou);
            }

            if (after.AssigneeId is { } present)
            {
                yield return (present, CaseNews.AssignedToYou);
            }
        }
        else if (before.IsOpen && !after.IsOpen && after.AssigneeId is { } assignee && assignee != actorId)
        {
            yield return (assignee, CaseNews.Ended);
        }

        if (after.SecondWanted && (!before.SecondWanted || before.RulerId != after.RulerId))
        {
            foreach (var colleague in colleagues.Where(id => id != after.RulerId && order.PartyOf(id) is null))
            {
                yield return (colleague, CaseNews.SecondSignatureWanted);
            }
        }
    }

    /// <summary>The rule that acts when the deadline of the dispute's step is over.</summary>
    /// <param name="kind">What the order is about.</param>
    /// <param name="status">The step.</param>
    /// <param name="rounds">Deadlines that staff have let pass at it.</param>
    /// <param name="roundsMax">How many they may.</param>
    /// <param name="payeeHasShown">Whether whoever claims what is held has shown something.</param>
    /// <param name="payerHasShown">Whether the other party has.</param>
    public static DisputeRule RuleFor(
        OrderKind kind, DisputeStatus status, int rounds, int roundsMax, bool payeeHasShown, bool payerHasShown) =>
        DisputeTable.RulesOf(kind).First(rule => rule.At == status
            && (!rule.Rounds || rounds + 1 >= roundsMax)
            && rule.Shown switch
            {
                Shown.NothingByPayee => !payeeHasShown,
                Shown.ByPayeeOnly => payeeHasShown && !payerHasShown,
                _ => true,
            });

    /// <summary>What the buyer gets of a split: the part of what the order is about, rounded down to the asset's scale.</summary>
    public static decimal ShareOf(decimal atStake, decimal percent, int scale)
    {
        var unit = new decimal(1, 0, 0, isNegative: false, (byte)scale);
        return decimal.Floor(atStake * percent / 100 / unit) * unit;
    }

    private static void Refuse(DisputeFacts facts)
    {
        var (dispute, action, by) = (facts.Dispute, facts.Action, facts.By);
        if (action == DisputeAction.TimeOver)
        {
            if (dispute.Deadline is not { } due || facts.Now < due)
            {
                throw new Refused(ErrorCodes.DeadlineNotReached, "The time is not over.");
            }

            return;
        }

        if (!DisputeTable.Rows.Any(row => row.From == dispute.Status && row.Action == action && row.By == by))
        {
            throw new Refused(
                ErrorCodes.WrongStatus,
                "This cannot be done to the dispute as it stands.",
                ("status", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(dispute.Status.ToString())));
        }

        if (by == Party.Staff)
        {
            RefuseStaff(facts);
            return;
        }

        if (action is DisputeAction.Accept or DisputeAction.Appeal
            && (by == Party.Buyer ? dispute.BuyerAccepts : dispute.SellerAccepts))
        {
            throw new Refused(ErrorCodes.AlreadyDone, "You have accepted the ruling already.");
        }

        if (action == DisputeAction.Appeal && dispute.Deadline is { } end && facts.Now >= end)
        {
            throw new Refused(ErrorCodes.DeadlinePassed, "The time for this is over.", ("deadline", WireJson.Spell(end)));
        }
    }

    private static void RefuseStaff(DisputeFacts facts)
    {
        var dispute = facts.Dispute;
        if (facts.Order.PartyOf(facts.ActorId) is not null || (facts.AssigneeId is { } to && facts.Order.PartyOf(to) is not null))
        {
            throw new Refused(ErrorCodes.ConflictOfInterest, "Nobody decides a dispute of their own.");
        }

        if (facts.Action == DisputeAction.Assign)
        {
            // One takes what nobody has, or hands on what is one's own; an admin gives any case to anyone.
            var takes = dispute.AssigneeId is null && facts.AssigneeId == facts.ActorId;
            if (!facts.IsAdmin && !takes && dispute.AssigneeId != facts.ActorId)
            {
                throw new Refused(ErrorCodes.NotAssigned, "This case is somebody else's: an admin can give it to you.");
            }

            if (dispute.Status == DisputeStatus.Appealed && facts.AssigneeId is { } assignee && assignee == dispute.RulerId)
            {
                throw new Refused(ErrorCodes.SamePerson, "An appeal is decided by somebody else than the first ruling.");
            }

            return;
        }

        if (facts.Action == DisputeAction.ConfirmRuling)
        {
            if (!dispute.SecondWanted)
            {
                throw new Refused(ErrorCodes.NotRequested, "No ruling waits for a second person.");
            }

            if (facts.ActorId == dispute.RulerId)
            {
                throw new Refused(ErrorCodes.SamePerson, "The second person is somebody else than the first.");
            }

            return;
        }

        if (!facts.IsAdmin && dispute.AssigneeId != facts.ActorId)
        {
            throw new Refused(ErrorCodes.NotAssigned, "This case is not yours: have it assigned to you first.");
        }

        if (dispute.Status == DisputeStatus.Appealed && dispute.RulerId == facts.ActorId)
        {
            throw new Refused(ErrorCodes.SamePerson, "An appeal is decided by somebody else than the first ruling.");
        }

        if (facts.Ruling is { Decision: RulingDecision.Split, BuyerPercent: { } percent }
            && ShareOf(facts.Order.AtStake, percent, facts.Proof.Scale) is var share
            && (share <= 0 || share >= facts.Order.Held))
        {
            throw new Refused(ErrorCodes.AmountTooSmall, "The amount is too small to be split so.");
        }
    }

    private static DisputeOutcome Ruled(DisputeFacts facts, RulingTerms terms)
    {
        var ruled = facts.Dispute with
        {
            Decision = terms.Decision,
            BuyerPercent = terms.BuyerPercent,
            RulingBody = terms.Text,
            RulingRule = null,
            RulerId = facts.ActorId,
        };
        if (facts.Dispute.Status == DisputeStatus.Appealed)
        {
            var outcome = TakingEffect(facts, ruled);
            return outcome with { ResolvedBy = Party.Staff, Ruling = RulingOf(ruled, null, isFinal: true) };
        }

        var needsSecond = facts.Settings.TwoPeopleAbove.TryGetValue(facts.Order.Asset, out var above) && facts.Order.AtStake > above;
        return needsSecond ? new DisputeOutcome { Dispute = ruled with { SecondWanted = true } } : Told(facts, ruled, null);
    }

    /// <summary>Both parties are shown the ruling, and the appeal window begins.</summary>
    private static DisputeOutcome Told(DisputeFacts facts, Dispute ruled, long? secondId) => new()
    {
        Dispute = ruled with
        {
            Status = DisputeStatus.DecisionPending,
            SecondWanted = false,
            BuyerAccepts = false,
            SellerAccepts = false,
            Deadline = facts.Now + TimeSpan.FromHours(facts.Settings.AppealHours),
        },
        Ruling = RulingOf(ruled, secondId, isFinal: false),
    };

    private static DisputeOutcome TakingEffect(DisputeFacts facts, Dispute dispute) => new()
    {
        Dispute = dispute with { Status = DisputeStatus.Decided, Deadline = null },
        Resolve = dispute.Decision switch
        {
            RulingDecision.Release => OrderAction.ResolveRelease,
            RulingDecision.Refund => OrderAction.ResolveRefund,
            RulingDecision.Split => OrderAction.ResolveSplit,
            _ => throw new InvalidOperationException($"Dispute {dispute.Id} has no ruling."),
        },
        BuyerShare = dispute.BuyerPercent is { } percent ? ShareOf(facts.Order.AtStake, percent, facts.Proof.Scale) : null,
    };

    private static DisputeOutcome WhenTimeIsOver(DisputeFacts facts)
    {
        var (dispute, settings) = (facts.Dispute, facts.Settings);
        var (order, proof) = (facts.Order, facts.Proof);
        var (payee, payer) = order.PayeeId == order.BuyerId
            ? (proof.BuyerHasShown, proof.SellerHasShown)
            : (proof.SellerHasShown, proof.BuyerHasShown);
        var rule = RuleFor(order.Kind, dispute.Status, dispute.Rounds, settings.StaffRoundsMax, payee, payer);
        var outcome = rule.Effect switch
        {
            RuleEffect.ToStaff => new DisputeOutcome { Dispute = ToStaff(dispute, facts) },
            RuleEffect.Requeue => new DisputeOutcome
            {
                Dispute = dispute with
                {
                    AssigneeId = null,
                    Rounds = dispute.Rounds + 1,
                    Deadline = facts.Now + TimeSpan.FromHours(settings.StaffHours),
                },
            },
            RuleEffect.TakeEffect => TakingEffect(facts, dispute),
            _ => Told(facts, RuledBy(rule, facts), null),
        };
        return outcome with { Rule = rule.Name };
    }

    private static Dispute RuledBy(DisputeRule rule, DisputeFacts facts)
    {
        // Half of an amount that cannot be halved goes back whole: the smallest unit has no half.
        var half = ShareOf(facts.Order.AtStake, 50, facts.Proof.Scale) > 0;
        var decision = rule.Decision == RulingDecision.Split && !half ? RulingDecision.Refund : rule.Decision;
        return facts.Dispute with
        {
            Decision = decision,
            BuyerPercent = decision == RulingDecision.Split ? 50 : null,
            RulingBody = rule.Sentence,
            RulingRule = rule.Name,
            RulerId = 0,
            AssigneeId = null,
        };
    }

    private static Dispute ToStaff(Dispute dispute, DisputeFacts facts) => dispute with
    {
        Status = DisputeStatus.AwaitingStaff,
        Rounds = 0,
        Deadline = facts.Now + TimeSpan.FromHours(facts.Settings.StaffHours),
    };

    private static RulingRow RulingOf(Dispute dispute, long? secondId, bool isFinal) => new(
        dispute.Id,
        0,
        dispute.Decision ?? throw new InvalidOperationException($"Dispute {dispute.Id} has no ruling."),
        dispute.BuyerPercent,
        dispute.RulingRule,
        dispute.RulerId ?? 0,
        secondId,
        dispute.RulingBody ?? "",
        isFinal);
}
