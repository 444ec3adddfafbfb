using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>Which users; what is left out does not matter.</summary>
public sealed record SearchUsersRequest
{
    /// <summary>A part of the username, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>The user's id.</summary>
    public long? UserId { get; init; }

    /// <summary>The subject of the user's tokens, exactly.</summary>
    public string? Sub { get; init; }

    /// <summary>Whether staff have checked the user's identity.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>Whether the user is a merchant.</summary>
    public bool? IsMerchant { get; init; }

    /// <summary>Whether the user is suspended.</summary>
    public bool? IsSuspended { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A user in a list.</summary>
public sealed record StaffUserRow
{
    /// <summary>The user's id, which is the profile's id too.</summary>
    public required long UserId { get; init; }

    /// <summary>The subject of the user's tokens.</summary>
    public required string Sub { get; init; }

    /// <summary>The username; null for one without a name or a profile.</summary>
    public string? Username { get; init; }

    /// <summary>Whether there is a profile.</summary>
    public required bool HasProfile { get; init; }

    /// <summary>Whether staff have checked the user's identity.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Whether the user is a merchant.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Whether the user is suspended.</summary>
    public required bool IsSuspended { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int Completed { get; init; }

    /// <summary>Orders that came to nothing by this user's doing.</summary>
    public required int Cancelled { get; init; }

    /// <summary>When the user was seen first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Whose dossier.</summary>
public sealed record GetUserRequest
{
    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }
}

/// <summary>All that is known of a user.</summary>
public sealed record UserDossier
{
    /// <summary>What lists show, too.</summary>
    public required StaffUserRow User { get; init; }

    /// <summary>Private.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Private.</summary>
    public string? Email { get; init; }

    /// <summary>The version of the terms to which the user consented last; null for none.</summary>
    public int? ConsentedVersion { get; init; }

    /// <summary>When the user connected, left or changed the profile last; null without a profile.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>True while the user is connected to any node.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Until when the user may take no ad, after too many orders that came to nothing.</summary>
    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>When the user's first order was placed.</summary>
    public DateTimeOffset? FirstTradeAt { get; init; }

    /// <summary>The newest 20, newest first.</summary>
    public required IReadOnlyList<SuspensionView> Suspensions { get; init; }

    /// <summary>The newest 100 that have not ended, newest first.</summary>
    public required IReadOnlyList<StaffOrderRow> OpenOrders { get; init; }

    /// <summary>One row for each asset, by code.</summary>
    public required IReadOnlyList<Balance> Balances { get; init; }
}

/// <summary>A suspension.</summary>
public sealed record SuspensionView
{
    /// <summary>Why; the user reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>Who suspended the user.</summary>
    public required string By { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself; null when staff must lift it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it ended; null while it holds.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Who ended it.</summary>
    public string? LiftedBy { get; init; }
}

/// <summary>Suspends a user.</summary>
public sealed record SuspendUserRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }

    /// <summary>Why, 1 to 1,000 characters; the user reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>When it ends by itself; null when staff must lift it.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>An act on one user.</summary>
public sealed record StaffUserRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>How the user stands after an act.</summary>
public sealed record StaffUserReply
{
    /// <summary>The user's id.</summary>
    public required long UserId { get; init; }

    /// <summary>Whether staff have checked the user's identity.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Whether the user is a merchant.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Whether the user is suspended.</summary>
    public required bool IsSuspended { get; init; }
}
