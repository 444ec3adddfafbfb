using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>A dispute in the queue.</summary>
public sealed record StaffDisputeRow
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What is exchanged.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>Why the order is disputed.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>Who raised it.</summary>
    public required Party RaisedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When a rule acts if nobody does; null when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Deadlines that staff let pass at this step.</summary>
    public required int Rounds { get; init; }

    /// <summary>User id of whoever has it; null when nobody has.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The subject of whoever has it.</summary>
    public string? AssigneeSub { get; init; }

    /// <summary>A ruling waits for a second person.</summary>
    public required bool SecondWanted { get; init; }

    /// <summary>Who appealed; null when nobody did.</summary>
    public Party? AppealedBy { get; init; }

    /// <summary>The buyer's id.</summary>
    public required long BuyerId { get; init; }

    /// <summary>The buyer's name.</summary>
    public string? BuyerName { get; init; }

    /// <summary>The seller's id.</summary>
    public required long SellerId { get; init; }

    /// <summary>The seller's name.</summary>
    public string? SellerName { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>What the escrow holds, or held.</summary>
    public required decimal Held { get; init; }

    /// <summary>The currency's code; null for an order that is not for fiat.</summary>
    public string? Fiat { get; init; }

    /// <summary>How much the buyer pays.</summary>
    public decimal? FiatAmount { get; init; }

    /// <summary>It is on the caller's watch list.</summary>
    public required bool IsWatched { get; init; }

    /// <summary>What the caller wrote on the watch list.</summary>
    public string? WatchNote { get; init; }
}

/// <summary>A case whole.</summary>
public sealed record StaffDisputeView
{
    /// <summary>What the queue shows, too.</summary>
    public required StaffDisputeRow Dispute { get; init; }

    /// <summary>What the one who raised it wrote; empty when the server did.</summary>
    public required string Text { get; init; }

    /// <summary>The order with every change (also from before the dispute) and every movement of its escrow.</summary>
    public required StaffOrderView Order { get; init; }

    /// <summary>The reference that the buyer gave with the payment.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>The buyer.</summary>
    public required CaseParty Buyer { get; init; }

    /// <summary>The seller.</summary>
    public required CaseParty Seller { get; init; }

    /// <summary>What the parties showed, and what a suspended one stated, oldest first.</summary>
    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>All rulings that the parties were shown, oldest first.</summary>
    public required IReadOnlyList<StaffRulingView> Rulings { get; init; }

    /// <summary>The ruling that waits for a second person; null without one.</summary>
    public StaffRulingView? Waiting { get; init; }

    /// <summary>The reasons of the appeal; null without one.</summary>
    public string? AppealText { get; init; }

    /// <summary>What was done, oldest first.</summary>
    public required IReadOnlyList<StaffDisputeStep> Steps { get; init; }

    /// <summary>Who may read the room besides the one who has the case.</summary>
    public required IReadOnlyList<StaffMemberView> Helpers { get; init; }

    /// <summary>Other disputes of either party, of both, or about the same payment account; newest first, at most 50.</summary>
    public required IReadOnlyList<PastCase> PastCases { get; init; }
}

/// <summary>A party of a case.</summary>
public sealed record CaseParty
{
    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }

    /// <summary>The name.</summary>
    public string? Username { get; init; }

    /// <summary>Whether staff have checked the identity.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Whether the user is a merchant.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Whether the user is suspended now.</summary>
    public required bool IsSuspended { get; init; }

    /// <summary>Suspensions until now.</summary>
    public required int Suspensions { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int Completed { get; init; }

    /// <summary>Orders that came to nothing by this user's doing.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Complaints that staff decided against this user.</summary>
    public required int ComplaintsAgainst { get; init; }

    /// <summary>The score of docs/reputation.md; null before three partners.</summary>
    public decimal? Reputation { get; init; }
}

/// <summary>A ruling as staff read it.</summary>
public sealed record StaffRulingView
{
    /// <summary>What it does with the escrow.</summary>
    public required RulingDecision Decision { get; init; }

    /// <summary>The buyer's part in percent; for a split only.</summary>
    public decimal? BuyerPercent { get; init; }

    /// <summary>The automated rule that decided; null when people did.</summary>
    public string? Rule { get; init; }

    /// <summary>Who ruled; 0 for a rule.</summary>
    public required long RulerId { get; init; }

    /// <summary>Who confirmed it; null where nobody had to.</summary>
    public long? SecondId { get; init; }

    /// <summary>The written ruling.</summary>
    public required string Text { get; init; }

    /// <summary>No appeal is left.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>When; null for one that waits.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>One change of a dispute as staff read it.</summary>
public sealed record StaffDisputeStep
{
    /// <summary>The dispute's version after it.</summary>
    public required int Version { get; init; }

    /// <summary>What was done.</summary>
    public required DisputeAction Action { get; init; }

    /// <summary>By which party.</summary>
    public required Party By { get; init; }

    /// <summary>By whom; 0 for the server itself.</summary>
    public required long ActorId { get; init; }

    /// <summary>Where the dispute stood then.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>The rule that acted; null when people did.</summary>
    public string? Rule { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Another dispute that has to do with a case.</summary>
public sealed record PastCase
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The buyer's id there.</summary>
    public required long BuyerId { get; init; }

    /// <summary>The seller's id there.</summary>
    public required long SellerId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Why that order was disputed.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>Who raised it.</summary>
    public required Party RaisedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>What the last ruling says; null without one.</summary>
    public RulingDecision? Decision { get; init; }

    /// <summary>It is the same two people.</summary>
    public required bool IsSamePair { get; init; }

    /// <summary>The buyer of the case is a party there.</summary>
    public required bool OfBuyer { get; init; }

    /// <summary>The seller of the case is a party there.</summary>
    public required bool OfSeller { get; init; }

    /// <summary>Money went to the same payment account, whoever had saved it.</summary>
    public required bool IsSamePaymentAccount { get; init; }
}

/// <summary>A member of staff.</summary>
public sealed record StaffMemberView
{
    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }

    /// <summary>The subject of the user's tokens.</summary>
    public required string Sub { get; init; }

    /// <summary>The roles of the last connection.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Open disputes and complaints that are assigned to them.</summary>
    public required int OpenCases { get; init; }
}
