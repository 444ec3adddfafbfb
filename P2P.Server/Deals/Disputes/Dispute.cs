using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Disputes;

/// <summary>A dispute as the engine keeps it; the order's lock is its lock.</summary>
public sealed record Dispute
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required DisputeStatus Status { get; init; }

    public required int Version { get; init; }

    public required DisputeReason Reason { get; init; }

    public required string Body { get; init; }

    public required Party RaisedBy { get; init; }

    public required long RaiserId { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When a rule acts; null when the dispute has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Who of the staff has the case.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>How many deadlines staff have let pass at this step.</summary>
    public int Rounds { get; init; }

    public RulingDecision? Decision { get; init; }

    public decimal? BuyerPercent { get; init; }

    public string? RulingBody { get; init; }

    public string? RulingRule { get; init; }

    /// <summary>Who ruled; 0 for a rule.</summary>
    public long? RulerId { get; init; }

    /// <summary>The ruling is not told yet: somebody else has to agree to it first.</summary>
    public bool SecondWanted { get; init; }

    public bool BuyerAccepts { get; init; }

    public bool SellerAccepts { get; init; }

    public Party? AppealedBy { get; init; }

    public string? AppealBody { get; init; }

    public bool IsOpen => Status is not (DisputeStatus.Settled or DisputeStatus.Decided);
}

/// <summary>What the parties have shown, and what the order's asset can be cut to.</summary>
public sealed record DisputeProof
{
    public required Guid OrderId { get; init; }

    public required bool BuyerHasShown { get; init; }

    public required bool SellerHasShown { get; init; }

    /// <summary>Digits after the point in an amount of the asset.</summary>
    public required short Scale { get; init; }

    public required int Rulings { get; init; }
}

/// <summary>One change, as <c>dispute_steps</c> keeps it.</summary>
public sealed record DisputeStep(
    Guid DisputeId, int Version, DisputeAction Action, Party By, long ActorId, DisputeStatus Status, string? Rule);

/// <summary>One ruling, as <c>dispute_rulings</c> keeps it.</summary>
public sealed record RulingRow(
    Guid DisputeId, int Seq, RulingDecision Decision, decimal? BuyerPercent, string? Rule, long RulerId, long? SecondId, string Body, bool IsFinal);

/// <summary>The operator's clocks and limits of disputes (section <c>Disputes</c>).</summary>
public sealed record DisputeSettings
{
    /// <summary>How long the parties have before staff come in.</summary>
    public int NegotiationHours { get; init; } = 24;

    /// <summary>How long staff have at each step; what they let pass, a rule acts on.</summary>
    public int StaffHours { get; init; } = 72;

    /// <summary>How long a ruling can be appealed against.</summary>
    public int AppealHours { get; init; } = 24;

    /// <summary>Deadlines that staff may let pass at one step before a rule decides for them.</summary>
    public int StaffRoundsMax { get; init; } = 3;

    /// <summary>Open disputes that one user raised.</summary>
    public int OpenMax { get; init; } = 5;

    /// <summary>Evidence of one party in one dispute.</summary>
    public int EvidenceMax { get; init; } = 20;

    /// <summary>By asset's code: a decision on more than this needs a second of the staff. Without an entry, none does.</summary>
    public Dictionary<string, decimal> TwoPeopleAbove { get; init; } = [];
}
