namespace P2P.Server.Accounts.Profiles;

/// <summary>A profile with all that is told of it: its own row, the user's standing, the present terms, a live suspension.</summary>
public sealed record Profile
{
    public required long UserId { get; init; }
    public required string Sub { get; init; }
    public string? Username { get; init; }
    public string? PhoneNumber { get; init; }
    public string? Email { get; init; }
    public string? PictureUrl { get; init; }

    /// <summary>The uploaded picture, which everyone may see.</summary>
    public Guid? PictureId { get; init; }

    public string? PreferredCurrency { get; init; }
    public required long[] PreferredPaymentMethods { get; init; }
    public string? AutoReply { get; init; }
    public required bool IsVerified { get; init; }
    public required bool IsMerchant { get; init; }
    public required decimal AvgRating { get; init; }
    public required int TotalReviews { get; init; }
    public int? ConsentedVersion { get; init; }
    public DateTimeOffset? ConsentedAt { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset LastActiveAt { get; init; }
    public required int Completed { get; init; }
    public required int Cancelled { get; init; }
    public DateTimeOffset? CoolingDownUntil { get; init; }
    public DateTimeOffset? FirstTradeAt { get; init; }

    /// <summary>The present version of the terms.</summary>
    public required int TermsVersion { get; init; }

    /// <summary>Why the user is suspended; null when the user is not.</summary>
    public string? SuspendedFor { get; init; }

    public DateTimeOffset? SuspendedUntil { get; init; }

    public bool HasConsent => ConsentedVersion == TermsVersion;

    public bool IsSuspended => SuspendedFor is not null;

    public int Total => Completed + Cancelled;
}
