using P2P.Contracts.Accounts;

namespace P2P.Contracts.Admin;

/// <summary>Tells everybody something.</summary>
public sealed record AnnounceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>How much it matters.</summary>
    public required AnnouncementSeverity Severity { get; init; }

    /// <summary>What it says, once in each language; English must be among them.</summary>
    public required IReadOnlyList<AnnouncementText> Texts { get; init; }

    /// <summary>Since when it is shown; at once when left out.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when it is shown, at most 90 days from now.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Takes an announcement back.</summary>
public sealed record EndAnnouncementRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which.</summary>
    public required Guid AnnouncementId { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Which announcements.</summary>
public sealed record ListAllAnnouncementsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An announcement as staff see it.</summary>
public sealed record StaffAnnouncement
{
    /// <summary>The announcement as users see it.</summary>
    public required AnnouncementView Announcement { get; init; }

    /// <summary>Who made it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken back; null when it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
