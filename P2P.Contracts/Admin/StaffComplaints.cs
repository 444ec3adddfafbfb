using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>Which complaints; what is left out does not matter.</summary>
public sealed record ListComplaintQueueRequest
{
    /// <summary>Decided complaints instead of undecided ones.</summary>
    public bool? Decided { get; init; }

    /// <summary>Those that the caller has.</summary>
    public bool? AssignedToMe { get; init; }

    /// <summary>Those that nobody has.</summary>
    public bool? Unassigned { get; init; }

    /// <summary>What they are about.</summary>
    public ComplaintReason? Reason { get; init; }

    /// <summary>The id of a party.</summary>
    public long? UserId { get; init; }

    /// <summary>The order.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>; good for undecided, or for decided ones.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Which complaint.</summary>
public sealed record GetStaffComplaintRequest
{
    /// <summary>The complaint.</summary>
    public required Guid ComplaintId { get; init; }
}

/// <summary>Gives a complaint to somebody. By id or by subject; by neither it is taken from everybody.</summary>
public sealed record AssignComplaintRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The complaint.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>The arbitrator's user id.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The subject of the arbitrator's tokens.</summary>
    public string? AssigneeSub { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }

    /// <summary>Refuse with STALE_VERSION when the complaint has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Decides a complaint.</summary>
public sealed record DecideComplaintRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The complaint.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>What is done.</summary>
    public required ComplaintOutcome Outcome { get; init; }

    /// <summary>To which party: of a review, who wrote it. Left out for <see cref="ComplaintOutcome.Closed"/>, needed otherwise.</summary>
    public Party? Against { get; init; }

    /// <summary>When a suspension ends by itself; left out when staff must lift it, and for other outcomes.</summary>
    public DateTimeOffset? SuspendedUntil { get; init; }

    /// <summary>The decision, 1 to 1,000 characters; both parties read it, and of a suspension or hidden review it is the reason.</summary>
    public required string Text { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }

    /// <summary>Refuse with STALE_VERSION when the complaint has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>What every act of staff on a complaint answers.</summary>
public sealed record StaffComplaintReply
{
    /// <summary>The complaint's id.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required ComplaintStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>User id of whoever has it.</summary>
    public long? AssigneeId { get; init; }
}

/// <summary>A complaint in the queue.</summary>
public sealed record StaffComplaintRow
{
    /// <summary>The complaint's id.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What it is about.</summary>
    public required ComplaintReason Reason { get; init; }

    /// <summary>Who filed it.</summary>
    public required Party FiledBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required ComplaintStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>User id of whoever has it; null when nobody has.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The subject of whoever has it.</summary>
    public string? AssigneeSub { get; init; }

    /// <summary>What staff did; null before they decided.</summary>
    public ComplaintOutcome? Outcome { get; init; }

    /// <summary>To which party.</summary>
    public Party? Against { get; init; }

    /// <summary>The buyer's id.</summary>
    public required long BuyerId { get; init; }

    /// <summary>The buyer's name.</summary>
    public string? BuyerName { get; init; }

    /// <summary>The seller's id.</summary>
    public required long SellerId { get; init; }

    /// <summary>The seller's name.</summary>
    public string? SellerName { get; init; }

    /// <summary>How the order ended.</summary>
    public required OrderStatus OrderStatus { get; init; }
}

/// <summary>A complaint whole.</summary>
public sealed record StaffComplaintView
{
    /// <summary>What the queue shows, too.</summary>
    public required StaffComplaintRow Complaint { get; init; }

    /// <summary>What happened, by the one who filed it.</summary>
    public required string Text { get; init; }

    /// <summary>The decision as both parties read it; null before there is one.</summary>
    public string? OutcomeText { get; init; }

    /// <summary>Who decided.</summary>
    public long? DeciderId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The order with every change and every movement of its escrow.</summary>
    public required StaffOrderView Order { get; init; }

    /// <summary>The dispute that the order had; null without one.</summary>
    public Guid? DisputeId { get; init; }

    /// <summary>The buyer.</summary>
    public required CaseParty Buyer { get; init; }

    /// <summary>The seller.</summary>
    public required CaseParty Seller { get; init; }

    /// <summary>What was shown, oldest first.</summary>
    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>Reviews of the order.</summary>
    public required IReadOnlyList<StaffReviewRow> Reviews { get; init; }

    /// <summary>Other complaints by or against either party, newest first, at most 50.</summary>
    public required IReadOnlyList<StaffComplaintRow> PastComplaints { get; init; }
}
