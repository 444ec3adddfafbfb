namespace P2P.Server.Accounts.Profiles;

/// <summary>What `profile/create` takes. An optional text that is empty counts as left out.</summary>
internal sealed record CreateProfileBody
{
    public string? Username { get; init; }
    public string? PhoneNumber { get; init; }
    public string? Email { get; init; }
    public string? PreferredCurrency { get; init; }
    public IReadOnlyList<long>? PreferredPaymentMethods { get; init; }
    public string? AutoReplyMessage { get; init; }
    public bool? HasConsent { get; init; }

    public ProfileChanges Wanted() => new()
    {
        Username = string.IsNullOrEmpty(Username) ? default : Given.Of<string>(Username),
        PhoneNumber = Given.Of(PhoneNumber),
        Email = Given.Of(Email),
        PreferredCurrency = Given.Of(PreferredCurrency),
        PreferredPaymentMethods = Given.Of(PreferredPaymentMethods),
        AutoReplyMessage = Given.Of(AutoReplyMessage),
    };
}

/// <summary>What `profile/check` tells whoever has no profile.</summary>
internal sealed record NoProfileCheck(bool Exists, bool HasConsent, bool CanConnect, string Message)
{
    public static readonly NoProfileCheck Instance = new(Exists: false, HasConsent: false, CanConnect: false, ProfileFlow.NotJoined);
}

/// <summary>What `profile/check` tells.</summary>
internal sealed record ProfileCheck
{
    public required bool Exists { get; init; }
    public required long ProfileId { get; init; }
    public required bool HasConsent { get; init; }
    public required bool IsSuspended { get; init; }
    public required bool CanConnect { get; init; }
    public required CheckedProfile Profile { get; init; }

    public static ProfileCheck Of(Profile profile) => new()
    {
        Exists = true,
        ProfileId = profile.UserId,
        HasConsent = profile.HasConsent,
        IsSuspended = profile.IsSuspended,
        CanConnect = profile.HasConsent && !profile.IsSuspended,
        Profile = new CheckedProfile(
            profile.UserId,
            profile.Sub,
            profile.Username,
            profile.Total,
            profile.Completed,
            profile.AvgRating,
            profile.IsVerified,
            profile.IsMerchant),
    };
}

/// <summary>The profile inside <see cref="ProfileCheck"/>.</summary>
internal sealed record CheckedProfile(
    long Id, string UserId, string? Username, int TotalTrades, int CompletedTrades, decimal AvgRating, bool IsVerified, bool IsMerchant);

/// <summary>The profile that `profile/create` answers.</summary>
internal sealed record CreatedProfile(
    long Id,
    string UserId,
    string? Username,
    string? PhoneNumber,
    string? Email,
    int TotalTrades,
    int CompletedTrades,
    decimal AvgRating,
    bool IsVerified,
    bool IsMerchant,
    bool HasConsent,
    DateTimeOffset? ConsentedAt,
    DateTimeOffset JoinedAt,
    DateTimeOffset CreatedAt)
{
    public static CreatedProfile Of(Profile profile) => new(
        profile.UserId,
        profile.Sub,
        profile.Username,
        profile.PhoneNumber,
        profile.Email,
        profile.Total,
        profile.Completed,
        profile.AvgRating,
        profile.IsVerified,
        profile.IsMerchant,
        profile.HasConsent,
        profile.ConsentedAt,
        profile.JoinedAt,
        profile.JoinedAt);
}

/// <summary>The profile that `GET profile` and `PUT profile` answer.</summary>
internal sealed record WholeProfile(
    long Id,
    string UserId,
    string? Username,
    string? PhoneNumber,
    string? Email,
    string? ProfilePictureUrl,
    int TotalTrades,
    int CompletedTrades,
    int CancelledTrades,
    decimal AvgRating,
    int TotalReviews,
    bool IsVerified,
    bool IsMerchant,
    bool IsSuspended,
    bool HasConsent,
    DateTimeOffset? ConsentedAt,
    string? PreferredCurrency,
    DateTimeOffset JoinedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActiveAt,
    DateTimeOffset UpdatedAt)
{
    public static WholeProfile Of(Profile profile) => new(
        profile.UserId,
        profile.Sub,
        profile.Username,
        profile.PhoneNumber,
        profile.Email,
        profile.PictureUrl,
        profile.Total,
        profile.Completed,
        profile.Cancelled,
        profile.AvgRating,
        profile.TotalReviews,
        profile.IsVerified,
        profile.IsMerchant,
        profile.IsSuspended,
        profile.HasConsent,
        profile.ConsentedAt,
        profile.PreferredCurrency,
        profile.JoinedAt,
        profile.JoinedAt,
        profile.LastActiveAt,
        profile.UpdatedAt);
}
