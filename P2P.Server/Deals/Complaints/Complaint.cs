using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Complaints;

/// <summary>A complaint with the parties of its order.</summary>
public sealed record Complaint
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required OrderKind Kind { get; init; }
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required long FilerId { get; init; }
    public required Party FiledBy { get; init; }
    public required ComplaintReason Reason { get; init; }
    public required string Body { get; init; }
    public required ComplaintStatus Status { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
    public long? AssigneeId { get; init; }
    public ComplaintOutcome? Outcome { get; init; }
    public Party? Against { get; init; }
    public string? OutcomeBody { get; init; }
    public long? DeciderId { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    public bool IsOpen => Status != ComplaintStatus.Decided;

    public bool IsParty(long userId) => userId == BuyerId || userId == SellerId;

    public Party PartyOf(long userId) => userId == BuyerId ? Party.Buyer : Party.Seller;

    public long IdOf(Party party) => party == Party.Buyer ? BuyerId : SellerId;
}

/// <summary>What a complaint asks of an order.</summary>
public sealed record ComplainedOrder
{
    public required Guid Id { get; init; }
    public required OrderKind Kind { get; init; }
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required OrderStatus Status { get; init; }

    /// <summary>When it last changed: of an ended one when it ended.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What staff decide.</summary>
public sealed record ComplaintDecision(ComplaintOutcome Outcome, Party? Against, DateTimeOffset? SuspendedUntil, string Text);

/// <summary>The operator's limits on complaints (section <c>Complaints</c>).</summary>
public sealed record ComplaintSettings
{
    /// <summary>How long after an order's end its parties can complain.</summary>
    public int WindowDays { get; init; } = 14;

    /// <summary>Undecided complaints that one user filed.</summary>
    public int OpenMax { get; init; } = 5;

    /// <summary>Evidence of one party in one complaint.</summary>
    public int EvidenceMax { get; init; } = 20;
}
