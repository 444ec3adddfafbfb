namespace P2P.Contracts.Deals;

/// <summary>Where a dispute stands.</summary>
public enum DisputeStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The parties may settle; both show what they have.</summary>
    Negotiating,

    /// <summary>Staff look into it; the parties may still settle.</summary>
    AwaitingStaff,

    /// <summary>There is a ruling; until the deadline a party may appeal once.</summary>
    DecisionPending,

    /// <summary>A party appealed; somebody else of the staff decides, and that is final.</summary>
    Appealed,

    /// <summary>Ended: the parties settled by release or cancellation.</summary>
    Settled,

    /// <summary>Ended: the ruling took effect.</summary>
    Decided,
}

/// <summary>Why an order is disputed.</summary>
public enum DisputeReason
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The buyer paid and the seller does not release.</summary>
    NotReleased,

    /// <summary>The seller got no money.</summary>
    NotPaid,

    /// <summary>The money that came is too little or too much.</summary>
    WrongAmount,

    /// <summary>The money came from an account in another name.</summary>
    PayerNameMismatch,

    /// <summary>Something else; the text says what.</summary>
    Other,

    /// <summary>By the server: the seller's time to release is over; with goods, the time to send them, or to say that they arrived.</summary>
    Overdue,

    /// <summary>By the server: a party was suspended.</summary>
    PartySuspended,

    /// <summary>Goods did not arrive.</summary>
    NotReceived,

    /// <summary>Goods are other than was agreed, or broken.</summary>
    NotAsDescribed,
}

/// <summary>What is done to a dispute.</summary>
public enum DisputeAction
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It is opened.</summary>
    Raise,

    /// <summary>A party asks for staff.</summary>
    Escalate,

    /// <summary>Staff take the case, or give it to somebody.</summary>
    Assign,

    /// <summary>Staff decide.</summary>
    Rule,

    /// <summary>A second of the staff agrees to a decision on a high amount.</summary>
    ConfirmRuling,

    /// <summary>A party accepts the ruling.</summary>
    Accept,

    /// <summary>A party appeals against the ruling.</summary>
    Appeal,

    /// <summary>A deadline was over: the rule that is named acted.</summary>
    TimeOver,

    /// <summary>The parties settled: the order was released or cancelled by themselves.</summary>
    Settle,
}

/// <summary>What a ruling does with the escrow.</summary>
public enum RulingDecision
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The buyer gets the asset; the fee is taken as at any release.</summary>
    Release,

    /// <summary>The seller has the asset back, the fee too.</summary>
    Refund,

    /// <summary>The buyer gets a part, rounded down to the asset's scale, the seller the rest; no fee is taken.</summary>
    Split,
}

/// <summary>Opens a dispute.</summary>
public sealed record RaiseDisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders, its payment confirmed.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Why; not one of the server's own reasons.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>What happened, 1 to 4,000 characters; both parties and staff read it.</summary>
    public required string Text { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Acts on a dispute.</summary>
public sealed record DisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A dispute of one of the caller's own orders.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the dispute has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Appeals against a ruling.</summary>
public sealed record AppealRulingRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A dispute of one of the caller's own orders.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>What the ruling did not see, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Refuse with STALE_VERSION when the dispute has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Shows something to the other party and to staff.</summary>
public sealed record SubmitEvidenceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A dispute of one of the caller's own orders.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>What it shows, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>Which dispute: by its own id or by its order's.</summary>
public sealed record GetDisputeRequest
{
    /// <summary>The dispute.</summary>
    public Guid? DisputeId { get; init; }

    /// <summary>Its order.</summary>
    public Guid? OrderId { get; init; }
}

/// <summary>Which of the caller's disputes.</summary>
public sealed record ListDisputesRequest
{
    /// <summary>Open ones, or ended ones; both when left out.</summary>
    public bool? Open { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What every change of a dispute answers.</summary>
public sealed record DisputeReply
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>When a rule acts if nobody does; null when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>A dispute changed.</summary>
public sealed record DisputeChanged
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>What was done.</summary>
    public required DisputeAction Action { get; init; }

    /// <summary>By whom.</summary>
    public required Party By { get; init; }

    /// <summary>The rule that acted when a deadline was over; null otherwise.</summary>
    public string? Rule { get; init; }

    /// <summary>What the present ruling says; null without one.</summary>
    public RulingDecision? Decision { get; init; }

    /// <summary>When a rule acts if nobody does; null when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>A party showed something; <c>GetDispute</c> has it.</summary>
public sealed record EvidenceSubmitted
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The evidence's id.</summary>
    public required Guid EvidenceId { get; init; }

    /// <summary>Who showed it.</summary>
    public required Party By { get; init; }
}

/// <summary>What the answer to <c>SubmitEvidence</c> is.</summary>
public sealed record EvidenceReply
{
    /// <summary>The evidence's id.</summary>
    public required Guid EvidenceId { get; init; }

    /// <summary>Its dispute's id.</summary>
    public required Guid DisputeId { get; init; }
}
