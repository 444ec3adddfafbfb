using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Disputes;

/// <summary>One way in which people move a dispute.</summary>
public sealed record DisputeTransition(DisputeStatus From, DisputeAction Action, Party By, DisputeStatus To);

/// <summary>What the parties must have shown for a rule to act.</summary>
public enum Shown
{
    /// <summary>Whatever was shown.</summary>
    Anything,

    /// <summary>Whoever claims what is held has shown nothing: the buyer of an asset, the seller of goods.</summary>
    NothingByPayee,

    /// <summary>That party has shown something, the other nothing.</summary>
    ByPayeeOnly,
}

/// <summary>What a rule does.</summary>
public enum RuleEffect
{
    /// <summary>Hands the case to staff.</summary>
    ToStaff,

    /// <summary>Takes the case from whoever has it and sets a new deadline.</summary>
    Requeue,

    /// <summary>Rules; the appeal window begins.</summary>
    Rule,

    /// <summary>Lets the present ruling take effect.</summary>
    TakeEffect,
}

/// <summary>One automated rule: what happens when the deadline of a step is over. The first that fits acts, and is named.</summary>
/// <param name="At">The step whose deadline is over.</param>
/// <param name="Rounds">From how many passed deadlines on, as a part of the operator's maximum: false before it is reached.</param>
/// <param name="Shown">What must have been shown.</param>
/// <param name="Name">What rulings and steps call it.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Decision">What it rules, where it does.</param>
/// <param name="Sentence">What both parties read.</param>
public sealed record DisputeRule(
    DisputeStatus At, bool Rounds, Shown Shown, string Name, RuleEffect Effect, RulingDecision? Decision, string Sentence);

/// <summary>The ways of a dispute, and the rules that act when time is over.</summary>
public static class DisputeTable
{
    private const DisputeStatus Negotiating = DisputeStatus.Negotiating;
    private const DisputeStatus Staff = DisputeStatus.AwaitingStaff;
    private const DisputeStatus Pending = DisputeStatus.DecisionPending;
    private const DisputeStatus Appealed = DisputeStatus.Appealed;
    private const DisputeStatus Decided = DisputeStatus.Decided;

    /// <summary>What people may do. That both accept, and that a high amount waits for a second person, is said by the rules.</summary>
    public static IReadOnlyList<DisputeTransition> Rows { get; } =
    [
        //  from          action                        by            to
        new(Negotiating,  DisputeAction.Escalate,       Party.Buyer,  Staff),
        new(Negotiating,  DisputeAction.Escalate,       Party.Seller, Staff),
        new(Negotiating,  DisputeAction.Assign,         Party.Staff,  Staff),
        new(Staff,        DisputeAction.Assign,         Party.Staff,  Staff),
        new(Staff,        DisputeAction.Rule,           Party.Staff,  Pending),
        new(Staff,        DisputeAction.ConfirmRuling,  Party.Staff,  Pending),
        new(Pending,      DisputeAction.Accept,         Party.Buyer,  Pending),
        new(Pending,      DisputeAction.Accept,         Party.Seller, Pending),
        new(Pending,      DisputeAction.Appeal,         Party.Buyer,  Appealed),
        new(Pending,      DisputeAction.Appeal,         Party.Seller, Appealed),
        new(Appealed,     DisputeAction.Assign,         Party.Staff,  Appealed),
        new(Appealed,     DisputeAction.Rule,           Party.Staff,  Decided),
    ];

    /// <summary>What time does with disputes about trades; for every step there is a rule that fits.</summary>
    public static IReadOnlyList<DisputeRule> Rules { get; } =
    [
        //  step          late   shown                  name                     effect                 decision
        new(Negotiating,  false, Shown.NothingByPayee,  "buyer_without_proof",   RuleEffect.Rule,       RulingDecision.Refund,
            "The buyer has shown no proof of the payment within the time to negotiate."),
        new(Negotiating,  false, Shown.ByPayeeOnly,     "seller_silent",         RuleEffect.ToStaff,    null,
            "The buyer has shown a proof of the payment and the seller has not answered within the time to negotiate."),
        new(Negotiating,  false, Shown.Anything,        "no_agreement",          RuleEffect.ToStaff,    null,
            "The parties have not agreed within the time to negotiate."),
        new(Staff,        true,  Shown.NothingByPayee,  "staff_absent_no_proof", RuleEffect.Rule,       RulingDecision.Refund,
            "Nobody has decided in time, and the buyer has shown no proof of the payment."),
        new(Staff,        true,  Shown.ByPayeeOnly,     "staff_absent_silent",   RuleEffect.Rule,       RulingDecision.Release,
            "Nobody has decided in time; the buyer has shown a proof of the payment and the seller has shown nothing."),
        new(Staff,        true,  Shown.Anything,        "staff_absent_both",     RuleEffect.Rule,       RulingDecision.Split,
            "Nobody has decided in time, and both parties have shown something: half goes to each."),
        new(Staff,        false, Shown.Anything,        "staff_late",            RuleEffect.Requeue,    null,
            "Nobody has decided in time: the case goes back to the queue."),
        new(Pending,      false, Shown.Anything,        "appeal_window_over",    RuleEffect.TakeEffect, null,
            "Nobody has appealed in time: the ruling takes effect."),
        new(Appealed,     true,  Shown.Anything,        "appeal_unanswered",     RuleEffect.TakeEffect, null,
            "Nobody has decided the appeal in time: the first ruling takes effect."),
        new(Appealed,     false, Shown.Anything,        "appeal_late",           RuleEffect.Requeue,    null,
            "Nobody has decided the appeal in time: the case goes back to the queue."),
    ];

    /// <summary>What time does with disputes about goods: there the seller has to show what was done for the money.</summary>
    public static IReadOnlyList<DisputeRule> GoodsRules { get; } =
    [
        //  step          late   shown                  name                     effect                 decision
        new(Negotiating,  false, Shown.NothingByPayee,  "seller_without_proof",  RuleEffect.Rule,       RulingDecision.Refund,
            "The seller has shown no proof that the goods were sent within the time to negotiate."),
        new(Negotiating,  false, Shown.ByPayeeOnly,     "buyer_silent",          RuleEffect.ToStaff,    null,
            "The seller has shown a proof that the goods were sent and the buyer has not answered within the time to negotiate."),
        new(Staff,        true,  Shown.NothingByPayee,  "staff_absent_not_sent", RuleEffect.Rule,       RulingDecision.Refund,
            "Nobody has decided in time, and the seller has shown no proof that the goods were sent."),
        new(Staff,        true,  Shown.ByPayeeOnly,     "staff_absent_sent",     RuleEffect.Rule,       RulingDecision.Release,
            "Nobody has decided in time; the seller has shown a proof that the goods were sent and the buyer has shown nothing."),
        .. Rules.Where(rule => rule.Shown is not (Shown.NothingByPayee or Shown.ByPayeeOnly)),
    ];

    /// <summary>The rules for disputes about orders of a kind.</summary>
    public static IReadOnlyList<DisputeRule> RulesOf(OrderKind kind) => kind == OrderKind.Goods ? GoodsRules : Rules;
}
