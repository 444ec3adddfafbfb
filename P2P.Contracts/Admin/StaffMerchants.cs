using P2P.Contracts.Accounts;

namespace P2P.Contracts.Admin;

/// <summary>Which applications; what is left out does not matter.</summary>
public sealed record ListMerchantApplicationsRequest
{
    /// <summary>Where they stand; those that are open when left out.</summary>
    public MerchantApplicationStatus? Status { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An application and how its applicant stands now.</summary>
public sealed record StaffMerchantApplication
{
    /// <summary>The application.</summary>
    public required MerchantApplication Application { get; init; }

    /// <summary>The applicant.</summary>
    public required long UserId { get; init; }

    /// <summary>The applicant's name; null without one.</summary>
    public string? Username { get; init; }

    /// <summary>Whether the applicant is a merchant now.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>What is asked of merchants, and what the applicant has of it now.</summary>
    public required IReadOnlyList<MerchantRequirement> Requirements { get; init; }

    /// <summary>Who of the staff decided; null before.</summary>
    public string? DecidedBy { get; init; }
}

/// <summary>Decides on an application.</summary>
public sealed record DecideMerchantApplicationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The application.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>True makes the applicant a merchant, false declines.</summary>
    public required bool Approve { get; init; }

    /// <summary>Why, 1 to 1,000 characters; the applicant reads it, and it stands in the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>How an application stands after a decision.</summary>
public sealed record MerchantDecisionReply
{
    /// <summary>The application.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>Where it stands.</summary>
    public required MerchantApplicationStatus Status { get; init; }

    /// <summary>The applicant.</summary>
    public required long UserId { get; init; }

    /// <summary>Whether the applicant is a merchant now.</summary>
    public required bool IsMerchant { get; init; }
}

/// <summary>A page of merchants to look at again.</summary>
public sealed record ListMerchantReviewsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A merchant who no longer meets the requirements.</summary>
public sealed record MerchantReview
{
    /// <summary>The merchant.</summary>
    public required long UserId { get; init; }

    /// <summary>The merchant's name; null without one.</summary>
    public string? Username { get; init; }

    /// <summary>What is asked of merchants, and what this one has of it now.</summary>
    public required IReadOnlyList<MerchantRequirement> Requirements { get; init; }

    /// <summary>Since when the server proposes to look.</summary>
    public required DateTimeOffset ProposedAt { get; init; }
}
