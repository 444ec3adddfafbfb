namespace P2P.Contracts.Accounts;

/// <summary>In which language e-mails are written.</summary>
public enum NotificationLanguage
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>English.</summary>
    English,

    /// <summary>Swahili.</summary>
    Swahili,

    /// <summary>French.</summary>
    French,

    /// <summary>Spanish.</summary>
    Spanish,
}

/// <summary>How often e-mails are sent.</summary>
public enum EmailRhythm
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Each notification at once, in an e-mail of its own.</summary>
    Immediate,

    /// <summary>What there is at each full hour, in one e-mail.</summary>
    Hourly,

    /// <summary>What there is at eight in the morning (by the quiet hours' offset, else UTC), in one e-mail.</summary>
    Daily,
}

/// <summary>A time of day in which no e-mails and no pushes are sent; they go when it ends. Security notices go at once.</summary>
public sealed record QuietHours
{
    /// <summary>Minute of the day at which it begins, 0 to 1,439.</summary>
    public required int FromMinute { get; init; }

    /// <summary>Minute of the day at which it ends, 0 to 1,439; before its begin when it lies on the next day.</summary>
    public required int ToMinute { get; init; }

    /// <summary>The user's time less UTC in minutes, -840 to 840 in steps of 15.</summary>
    public required int UtcOffsetMinutes { get; init; }
}

/// <summary>By which channels one kind is told.</summary>
public sealed record KindPreference
{
    /// <summary>The kind.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>In lists, counts and events.</summary>
    public required bool InApp { get; init; }

    /// <summary>By e-mail, once the address is confirmed.</summary>
    public required bool Email { get; init; }

    /// <summary>By Web Push to registered browsers; the kind's default when left out. Always told by the server.</summary>
    public bool? Push { get; init; }
}

/// <summary>How the caller is notified.</summary>
public sealed record NotificationPreferences
{
    /// <summary>The language of e-mails.</summary>
    public required NotificationLanguage Language { get; init; }

    /// <summary>How often e-mails are sent.</summary>
    public required EmailRhythm Rhythm { get; init; }

    /// <summary>When nothing is sent; null for never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Every kind with its channels.</summary>
    public required IReadOnlyList<KindPreference> Kinds { get; init; }

    /// <summary>The profile's address is confirmed: without it nothing but its code is sent there.</summary>
    public required bool EmailConfirmed { get; init; }

    /// <summary>This server sends e-mails.</summary>
    public required bool EmailOffered { get; init; }

    /// <summary>This server sends web pushes.</summary>
    public bool? PushOffered { get; init; }
}

/// <summary>Replaces the preferences as a whole.</summary>
public sealed record SetNotificationPreferencesRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The language of e-mails.</summary>
    public required NotificationLanguage Language { get; init; }

    /// <summary>How often e-mails are sent.</summary>
    public required EmailRhythm Rhythm { get; init; }

    /// <summary>When nothing is sent; left out for never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Kinds that differ from the defaults, each once.</summary>
    public required IReadOnlyList<KindPreference> Kinds { get; init; }
}

/// <summary>Asks for a code to be sent to the profile's e-mail address.</summary>
public sealed record SendEmailCodeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }
}

/// <summary>Shows that the profile's e-mail address is the caller's.</summary>
public sealed record ConfirmEmailRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The six digits that were sent.</summary>
    public required string Code { get; init; }
}

/// <summary>What becomes of an address.</summary>
public sealed record EmailReply
{
    /// <summary>The address is confirmed.</summary>
    public required bool Confirmed { get; init; }
}
