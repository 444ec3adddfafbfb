using P2P.Contracts.Deals;

namespace P2P.Contracts.Accounts;

/// <summary>Where an application stands.</summary>
public enum MerchantApplicationStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Staff have not decided yet.</summary>
    Open,

    /// <summary>Staff made the applicant a merchant.</summary>
    Approved,

    /// <summary>Staff declined; the reason says why.</summary>
    Declined,

    /// <summary>The applicant took it back.</summary>
    Withdrawn,
}

/// <summary>What is asked of a merchant.</summary>
public enum MerchantRequirementKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Staff have checked the identity. Without numbers.</summary>
    Verified,

    /// <summary>So many orders that ended with a release.</summary>
    CompletedTrades,

    /// <summary>Completed of all ended orders, in percent.</summary>
    CompletionRate,

    /// <summary>A profile so many days old.</summary>
    AccountAgeDays,
}

/// <summary>One requirement, and how a user stands to it.</summary>
public sealed record MerchantRequirement
{
    /// <summary>Which.</summary>
    public required MerchantRequirementKind Kind { get; init; }

    /// <summary>At least so much; null where there is no number.</summary>
    public decimal? Needed { get; init; }

    /// <summary>What the user has; null where there is no number, or none yet.</summary>
    public decimal? Have { get; init; }

    /// <summary>Whether that is enough.</summary>
    public required bool IsMet { get; init; }
}

/// <summary>An application, as its applicant and staff see it.</summary>
public sealed record MerchantApplication
{
    /// <summary>Its id; later ones sort after earlier ones.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name of the business.</summary>
    public required string BusinessName { get; init; }

    /// <summary>Where it is registered: ISO 3166 code.</summary>
    public required string Country { get; init; }

    /// <summary>Its number in that country's register.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>Its page.</summary>
    public string? Website { get; init; }

    /// <summary>What the applicant says.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands.</summary>
    public required MerchantApplicationStatus Status { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why staff decided so; null before, and for one that was taken back.</summary>
    public string? DecidedReason { get; init; }
}

/// <summary>How the caller stands to being a merchant.</summary>
public sealed record MerchantStatus
{
    /// <summary>Whether the caller is one.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>What is asked of merchants, and what the caller has of it.</summary>
    public required IReadOnlyList<MerchantRequirement> Requirements { get; init; }

    /// <summary>Why the caller could not apply now, in the order in which <c>ApplyForMerchant</c> checks it; empty when they could.</summary>
    public required IReadOnlyList<Reason> CannotApplyBecause { get; init; }

    /// <summary>The caller's newest application; null before the first one.</summary>
    public MerchantApplication? Application { get; init; }
}

/// <summary>Asks to be a merchant.</summary>
public sealed record ApplyForMerchantRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The name of the business, 1 to 100 characters.</summary>
    public required string BusinessName { get; init; }

    /// <summary>Where it is registered: ISO 3166 code of two letters.</summary>
    public required string Country { get; init; }

    /// <summary>Its number in that country's register, at most 50 characters.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>Its page: an https address of at most 500 characters.</summary>
    public string? Website { get; init; }

    /// <summary>What staff should know, 1 to 2,000 characters.</summary>
    public required string Text { get; init; }
}

/// <summary>Takes the open application back.</summary>
public sealed record WithdrawMerchantApplicationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }
}

/// <summary>An application of the caller's changed.</summary>
public sealed record MerchantApplicationChanged
{
    /// <summary>Which.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required MerchantApplicationStatus Status { get; init; }
}
