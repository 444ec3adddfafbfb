namespace P2P.Contracts.Accounts;

/// <summary>What anyone signed in may know of a user.</summary>
public sealed record ProfileView
{
    /// <summary>The profile's id.</summary>
    public required long Id { get; init; }

    /// <summary>The name that others see; null until one is chosen.</summary>
    public string? Username { get; init; }

    /// <summary>Identity was checked by staff.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Trades as a business.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Completed and cancelled trades together.</summary>
    public required int TotalTrades { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int CompletedTrades { get; init; }

    /// <summary>Completed of total in percent, two decimals; null before the first trade ended.</summary>
    public decimal? CompletionRate { get; init; }

    /// <summary>Mean of the reviews' stars, two decimals; 0 without reviews.</summary>
    public required decimal AvgRating { get; init; }

    /// <summary>Number of reviews.</summary>
    public required int TotalReviews { get; init; }

    /// <summary>When the profile was made.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>
    /// The uploaded picture, at <c>GET /api/p2p/profiles/{id}/picture</c>; another id is another picture. Null when there is none.
    /// </summary>
    public Guid? PictureId { get; init; }

    /// <summary>What only its owner sees; null in everyone else's answer.</summary>
    public PrivateProfile? Private { get; init; }
}

/// <summary>The part of a profile that is shown to its owner alone.</summary>
public sealed record PrivateProfile
{
    /// <summary>The owner's subject in tokens.</summary>
    public required string UserId { get; init; }

    /// <summary>Phone number in the international form (+254712345678).</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Address of a picture, as given; others see uploaded pictures only.</summary>
    public string? ProfilePictureUrl { get; init; }

    /// <summary>ISO 4217 code of the currency that lists begin with.</summary>
    public string? PreferredCurrency { get; init; }

    /// <summary>Ids of payment methods that lists begin with.</summary>
    public required IReadOnlyList<long> PreferredPaymentMethods { get; init; }

    /// <summary>What a new order's chat begins with when the owner is its maker.</summary>
    public string? AutoReplyMessage { get; init; }

    /// <summary>The version of the terms that the owner consented to.</summary>
    public int? ConsentedTermsVersion { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }

    /// <summary>Orders that the user, as their buyer, cancelled or let expire. What both agreed to call off counts for nobody.</summary>
    public required int CancelledTrades { get; init; }

    /// <summary>No new order before this time, because too many came to nothing.</summary>
    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>When the profile was changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Whose profile.</summary>
public sealed record GetProfileRequest
{
    /// <summary>The profile's id; left out for one's own.</summary>
    public long? ProfileId { get; init; }
}

/// <summary>A part of the profile that can be emptied.</summary>
public enum ProfileField
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The phone number.</summary>
    PhoneNumber,

    /// <summary>The e-mail address.</summary>
    Email,

    /// <summary>The picture's address.</summary>
    ProfilePictureUrl,

    /// <summary>The preferred currency.</summary>
    PreferredCurrency,

    /// <summary>The preferred payment methods.</summary>
    PreferredPaymentMethods,

    /// <summary>The auto-reply.</summary>
    AutoReplyMessage,
}

/// <summary>Changes of one's own profile: what is left out stays as it is.</summary>
public sealed record UpdateProfileRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>3 to 30 of A-Z a-z 0-9 _; unique, also among names that look alike.</summary>
    public string? Username { get; init; }

    /// <summary><c>+</c> and 7 to 15 digits.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>At most 254 characters.</summary>
    public string? Email { get; init; }

    /// <summary>An https address of at most 500 characters.</summary>
    public string? ProfilePictureUrl { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? PreferredCurrency { get; init; }

    /// <summary>Ids of payment methods, at most 20.</summary>
    public IReadOnlyList<long>? PreferredPaymentMethods { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    public string? AutoReplyMessage { get; init; }

    /// <summary>What to empty. A field that is also given a value is BAD_INPUT.</summary>
    public IReadOnlyList<ProfileField>? Clear { get; init; }
}

/// <summary>A user's record in numbers.</summary>
public sealed record ProfileStats
{
    /// <summary>Whose.</summary>
    public required long ProfileId { get; init; }

    /// <summary>Completed and cancelled trades together.</summary>
    public required int TotalTrades { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int CompletedTrades { get; init; }

    /// <summary>Orders that the user, as their buyer, cancelled or let expire. What both agreed to call off counts for nobody.</summary>
    public required int CancelledTrades { get; init; }

    /// <summary>Completed of total in percent, two decimals, half to even; 0 without trades.</summary>
    public required decimal CompletionRate { get; init; }

    /// <summary>Mean of the reviews' stars, two decimals; 0 without reviews.</summary>
    public required decimal AvgRating { get; init; }

    /// <summary>Number of reviews.</summary>
    public required int TotalReviews { get; init; }

    /// <summary>When the first order was released; null before.</summary>
    public DateTimeOffset? FirstTradeAt { get; init; }

    /// <summary>
    /// The reputation, 0 to 100 with two decimals: docs/reputation.md has the formula. Null before three distinct partners. Computed anew within
    /// seconds after an order or a review.
    /// </summary>
    public decimal? Reputation { get; init; }

    /// <summary>With how many different people orders were completed, among the newest 1,000 orders; null before the first one.</summary>
    public int? DistinctPartners { get; init; }

    /// <summary>The completion rate of orders that ended in the last 30 days; null when none did.</summary>
    public decimal? CompletionRate30Days { get; init; }

    /// <summary>Median time from an order to the confirmation of its payment, as buyer, over 90 days; null without such an order.</summary>
    public int? MedianPaymentSeconds { get; init; }

    /// <summary>Median time from the confirmation of a payment to the release, as seller, over 90 days; null without such an order.</summary>
    public int? MedianReleaseSeconds { get; init; }
}

/// <summary>Filters of a search; what is left out does not matter.</summary>
public sealed record SearchProfilesRequest
{
    /// <summary>A part of the username, at most 50 characters, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Verified ones, or the others.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>Merchants, or the others.</summary>
    public bool? IsMerchant { get; init; }

    /// <summary>Lowest average rating, 0 to 5.</summary>
    public decimal? MinRating { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One page of found profiles, by completed trades (most first), then by id.</summary>
public sealed record ProfilePage
{
    /// <summary>The profiles.</summary>
    public required IReadOnlyList<ProfileView> Profiles { get; init; }

    /// <summary>How many there are on all pages, counted up to 10,000.</summary>
    public required int Total { get; init; }

    /// <summary>What to give for the next page; null on the last one.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>The caller's profile changed.</summary>
public sealed record ProfileChanged
{
    /// <summary>Whose.</summary>
    public required long ProfileId { get; init; }

    /// <summary>What kind of change.</summary>
    public required ProfileChange Change { get; init; }
}

/// <summary>Why a profile changed.</summary>
public enum ProfileChange
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The owner changed it.</summary>
    Updated,

    /// <summary>The owner consented to the terms.</summary>
    Consented,

    /// <summary>Staff verified the owner.</summary>
    Verified,

    /// <summary>Staff made the owner a merchant.</summary>
    MerchantGranted,

    /// <summary>Staff suspended the owner.</summary>
    Suspended,

    /// <summary>A suspension ended.</summary>
    SuspensionLifted,

    /// <summary>The owner is no merchant any more.</summary>
    MerchantRevoked,

    /// <summary>The owner asked for the account's deletion.</summary>
    DeletionAsked,

    /// <summary>The owner called the deletion off.</summary>
    DeletionCalledOff,
}
