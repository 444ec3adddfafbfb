namespace P2P.Contracts.Deals;

/// <summary>What a party holds against the other one.</summary>
public enum ComplaintReason
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The caller paid, but too late: the order had ended already.</summary>
    PaidLate,

    /// <summary>The money never came, or not all of it, although the asset was released.</summary>
    NotPaid,

    /// <summary>The payment was called back after the release.</summary>
    PaymentReversed,

    /// <summary>The money that came is too little or too much.</summary>
    WrongAmount,

    /// <summary>The money came from an account in another name.</summary>
    PayerNameMismatch,

    /// <summary>Insults, threats, or a demand to trade elsewhere.</summary>
    Abuse,

    /// <summary>The other party's review tells what is not so.</summary>
    FalseReview,

    /// <summary>Something else; the text says what.</summary>
    Other,
}

/// <summary>Where a complaint stands.</summary>
public enum ComplaintStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It was filed; nobody of the staff has it yet.</summary>
    Open,

    /// <summary>Somebody of the staff has it.</summary>
    UnderReview,

    /// <summary>Staff decided; it changes no more.</summary>
    Decided,
}

/// <summary>What staff did about a complaint. The order and its escrow stay as they ended.</summary>
public enum ComplaintOutcome
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Nothing was to be done.</summary>
    Closed,

    /// <summary>A party was warned.</summary>
    Warning,

    /// <summary>A party was suspended.</summary>
    Suspension,

    /// <summary>A party's review of the order was hidden.</summary>
    ReviewRemoved,
}

/// <summary>What was done to a complaint.</summary>
public enum ComplaintChange
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It was filed.</summary>
    Filed,

    /// <summary>A party showed something.</summary>
    EvidenceAdded,

    /// <summary>Staff look into it, or no longer.</summary>
    Assigned,

    /// <summary>Staff decided.</summary>
    Decided,
}

/// <summary>Files a complaint.</summary>
public sealed record FileComplaintRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders, which has ended.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What it is about.</summary>
    public required ComplaintReason Reason { get; init; }

    /// <summary>What happened, 1 to 4,000 characters; both parties and staff read it.</summary>
    public required string Text { get; init; }
}

/// <summary>Shows something to the other party and to staff.</summary>
public sealed record AddComplaintEvidenceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A complaint about one of the caller's own orders, by either party.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>What it shows, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>Which complaint.</summary>
public sealed record GetComplaintRequest
{
    /// <summary>A complaint about one of the caller's own orders, by either party.</summary>
    public required Guid ComplaintId { get; init; }
}

/// <summary>Which complaints about the caller's own orders.</summary>
public sealed record ListComplaintsRequest
{
    /// <summary>Those about this order.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Undecided ones, or decided ones; both when left out.</summary>
    public bool? Open { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What every change of a complaint by a party answers.</summary>
public sealed record ComplaintReply
{
    /// <summary>The complaint's id.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required ComplaintStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>The evidence that was added; null where none was.</summary>
    public Guid? EvidenceId { get; init; }
}

/// <summary>A complaint as a party of its order sees it.</summary>
public sealed record ComplaintView
{
    /// <summary>The complaint's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>Who filed it.</summary>
    public required Party FiledBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>What it is about.</summary>
    public required ComplaintReason Reason { get; init; }

    /// <summary>What happened, by the one who filed it.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands.</summary>
    public required ComplaintStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>What staff did; null before they decided.</summary>
    public ComplaintOutcome? Outcome { get; init; }

    /// <summary>To which party; null where nothing was to be done.</summary>
    public Party? Against { get; init; }

    /// <summary>The reasons of the decision.</summary>
    public string? OutcomeText { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What was shown, oldest first; a list of complaints leaves it empty.</summary>
    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>
    /// Which messages and files of the order's room staff read, oldest first, at most 100; only once it was decided, and not in a list.
    /// </summary>
    public IReadOnlyList<StaffReadView>? StaffReads { get; init; }
}

/// <summary>A complaint changed; <c>GetComplaint</c> has what was said.</summary>
public sealed record ComplaintChanged
{
    /// <summary>The complaint's id.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>What was done.</summary>
    public required ComplaintChange Change { get; init; }

    /// <summary>By whom.</summary>
    public required Party By { get; init; }

    /// <summary>Where it stands now.</summary>
    public required ComplaintStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>What staff did; null before they decided.</summary>
    public ComplaintOutcome? Outcome { get; init; }
}
