namespace P2P.Contracts.Accounts;

/// <summary>How much an announcement matters.</summary>
public enum AnnouncementSeverity
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Something to beware of.</summary>
    Warning,

    /// <summary>Something to act on at once.</summary>
    Critical,
}

/// <summary>An announcement in one language.</summary>
public sealed record AnnouncementText
{
    /// <summary>Which.</summary>
    public required NotificationLanguage Language { get; init; }

    /// <summary>In a few words, 1 to 100 characters.</summary>
    public required string Title { get; init; }

    /// <summary>In full, 1 to 1,000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>What the house tells everybody.</summary>
public sealed record AnnouncementView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>How much it matters.</summary>
    public required AnnouncementSeverity Severity { get; init; }

    /// <summary>What it says, in each language that it has; English is always among them.</summary>
    public required IReadOnlyList<AnnouncementText> Texts { get; init; }

    /// <summary>Since when it is shown.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when it is shown.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>There are other announcements than before.</summary>
public sealed record AnnouncementsChanged
{
    /// <summary>All that are shown now, the newest first.</summary>
    public required IReadOnlyList<AnnouncementView> Items { get; init; }
}
