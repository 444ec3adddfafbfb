namespace P2P.Contracts.Deals;

/// <summary>What a review says in a word.</summary>
public enum ReviewTag
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Did their part quickly.</summary>
    Fast,

    /// <summary>Answered, and clearly.</summary>
    GoodCommunication,

    /// <summary>Was friendly.</summary>
    Friendly,

    /// <summary>The terms were clear, and were kept.</summary>
    ClearTerms,

    /// <summary>Let the other wait.</summary>
    Slow,

    /// <summary>Did not answer.</summary>
    NoAnswer,

    /// <summary>Was rude.</summary>
    Rude,

    /// <summary>Asked for more than the terms said.</summary>
    ChangedTerms,

    /// <summary>Paid from, or asked to pay into, an account in another name.</summary>
    OtherName,
}

/// <summary>Says how a finished order went. A tag counts once, however often it is named.</summary>
public sealed record CreateReviewRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public required int Stars { get; init; }

    /// <summary>At most 5.</summary>
    public IReadOnlyList<ReviewTag>? Tags { get; init; }

    /// <summary>At most 1,000 characters; everyone can read it.</summary>
    public string? Text { get; init; }
}

/// <summary>Replaces what a review says.</summary>
public sealed record EditReviewRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own reviews.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the review has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public required int Stars { get; init; }

    /// <summary>At most 5.</summary>
    public IReadOnlyList<ReviewTag>? Tags { get; init; }

    /// <summary>At most 1,000 characters; everyone can read it.</summary>
    public string? Text { get; init; }
}

/// <summary>Answers a review.</summary>
public sealed record ReplyToReviewRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A review of the caller.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>1 to 1,000 characters; everyone can read it.</summary>
    public required string Text { get; init; }
}

/// <summary>What every change of a review answers.</summary>
public sealed record ReviewReply
{
    /// <summary>The review's id.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>Until when its author may edit it.</summary>
    public required DateTimeOffset EditableUntil { get; init; }
}

/// <summary>A review as anyone may read it.</summary>
public sealed record ReviewView
{
    /// <summary>The review's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order; told to its parties only.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Profile id of who wrote it.</summary>
    public required long AuthorId { get; init; }

    /// <summary>The author's name; null until one is chosen.</summary>
    public string? AuthorName { get; init; }

    /// <summary>What the author was in the order.</summary>
    public required Party WrittenBy { get; init; }

    /// <summary>Profile id of who is reviewed.</summary>
    public required long SubjectId { get; init; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public required int Stars { get; init; }

    /// <summary>What it says in words of a list.</summary>
    public required IReadOnlyList<ReviewTag> Tags { get; init; }

    /// <summary>What it says in the author's own words.</summary>
    public string? Text { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>What the reviewed answered.</summary>
    public string? Reply { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its author edited it last; null when never.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Until when its author may edit it; told to the author only.</summary>
    public DateTimeOffset? EditableUntil { get; init; }

    /// <summary>Why staff hid it; such a review counts nowhere and only its two parties see it.</summary>
    public string? HiddenBecause { get; init; }
}

/// <summary>Both reviews of one order.</summary>
public sealed record OrderReviews
{
    /// <summary>What the caller wrote; null when nothing yet.</summary>
    public ReviewView? Given { get; init; }

    /// <summary>What the other party wrote; null when nothing yet.</summary>
    public ReviewView? Received { get; init; }

    /// <summary>Whether the caller could write one now.</summary>
    public required bool CanReview { get; init; }
}

/// <summary>Whose reviews.</summary>
public sealed record ListReviewsRequest
{
    /// <summary>The profile that is reviewed; left out for one's own.</summary>
    public long? ProfileId { get; init; }

    /// <summary>Reviews with so many stars only, 1 to 5.</summary>
    public int? Stars { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>; good for the same profile and stars only.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One page of reviews, newest first. What staff hid is not counted.</summary>
public sealed record ReviewPage
{
    /// <summary>The reviews.</summary>
    public required IReadOnlyList<ReviewView> Reviews { get; init; }

    /// <summary>How many there are on all pages; with a filter by stars counted up to 10,000.</summary>
    public required int Total { get; init; }

    /// <summary>Mean of the stars of all reviews of this profile, whatever the filter; 0 without any.</summary>
    public required decimal Average { get; init; }

    /// <summary>What to give for the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>The other party of an order reviewed the user.</summary>
public sealed record ReviewReceived
{
    /// <summary>The review's id.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of who wrote it.</summary>
    public required long AuthorId { get; init; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public required int Stars { get; init; }
}

/// <summary>A review that the user wrote or received changed.</summary>
public sealed record ReviewChanged
{
    /// <summary>The review's id.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What was done.</summary>
    public required ReviewChange Change { get; init; }

    /// <summary>Its stars now.</summary>
    public required int Stars { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }
}

/// <summary>How a review changed.</summary>
public enum ReviewChange
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Its author edited it; told to the reviewed.</summary>
    Edited,

    /// <summary>The reviewed answered; told to the author.</summary>
    Replied,

    /// <summary>Staff hid it; told to both.</summary>
    Hidden,

    /// <summary>Staff show it again; told to both.</summary>
    Restored,
}
