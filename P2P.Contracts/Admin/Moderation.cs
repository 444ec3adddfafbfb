using P2P.Contracts.Trading;

namespace P2P.Contracts.Admin;

/// <summary>Which reviews; what is left out does not matter.</summary>
public sealed record SearchStaffReviewsRequest
{
    /// <summary>Who wrote it.</summary>
    public long? AuthorId { get; init; }

    /// <summary>Of whom it is.</summary>
    public long? SubjectId { get; init; }

    /// <summary>About which order.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Whether staff hid it.</summary>
    public bool? Hidden { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A review as staff see it.</summary>
public sealed record StaffReviewRow
{
    /// <summary>The review's id.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required long AuthorId { get; init; }

    /// <summary>The author's name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>Of whom it is.</summary>
    public required long SubjectId { get; init; }

    /// <summary>That user's name.</summary>
    public string? SubjectName { get; init; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public required int Stars { get; init; }

    /// <summary>What it says; null when it is stars alone.</summary>
    public string? Text { get; init; }

    /// <summary>The answer to it.</summary>
    public string? Reply { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was hidden; null while it is shown.</summary>
    public DateTimeOffset? HiddenAt { get; init; }

    /// <summary>By whom, as the audit log names them.</summary>
    public string? HiddenBy { get; init; }

    /// <summary>Why.</summary>
    public string? HiddenBecause { get; init; }
}

/// <summary>Hides a review, or shows it again.</summary>
public sealed record ModerateReviewRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Why, 1 to 1,000 characters; of a hidden review both parties read it.</summary>
    public required string Reason { get; init; }
}

/// <summary>How a review stands after an act of staff.</summary>
public sealed record ModerateReviewReply
{
    /// <summary>The review's id.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Whether it is hidden now.</summary>
    public required bool Hidden { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }
}

/// <summary>Which ads; what is left out does not matter.</summary>
public sealed record SearchStaffAdsRequest
{
    /// <summary>Whose.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The asset's code.</summary>
    public string? Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public string? Fiat { get; init; }

    /// <summary>Whether it can be taken, is paused, or closed.</summary>
    public AdStatus? Status { get; init; }

    /// <summary>Whether staff hid it.</summary>
    public bool? Hidden { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An ad as staff see it.</summary>
public sealed record StaffAdRow
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Whose.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The owner's name.</summary>
    public string? OwnerName { get; init; }

    /// <summary>What the owner does.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Who sees it.</summary>
    public required AdVisibility Visibility { get; init; }

    /// <summary>The owner's conditions in words.</summary>
    public string? Terms { get; init; }

    /// <summary>What takers read at first.</summary>
    public string? AutoReply { get; init; }

    /// <summary>How much of the asset is left.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public required AdStatus Status { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Orders of it that have not ended.</summary>
    public required int OpenOrders { get; init; }

    /// <summary>When it was put up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When staff hid it; null when they did not.</summary>
    public DateTimeOffset? HiddenAt { get; init; }

    /// <summary>Who did.</summary>
    public string? HiddenBy { get; init; }

    /// <summary>Why.</summary>
    public string? HiddenBecause { get; init; }
}

/// <summary>Hides, restores or closes an ad.</summary>
public sealed record ModerateAdRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The ad.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Why, 1 to 1,000 characters; the owner reads it.</summary>
    public required string Reason { get; init; }
}

/// <summary>How an ad stands after an act of staff.</summary>
public sealed record ModerateAdReply
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public required AdStatus Status { get; init; }

    /// <summary>Staff hide it.</summary>
    public required bool Hidden { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }
}
