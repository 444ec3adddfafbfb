namespace P2P.Server.Trading.Ads;

/// <summary>An ad with what others may see of its maker, and what decides whether it is shown.</summary>
public sealed record ListedAd(Ad Ad, MakerFacts Maker);

/// <summary>What an ad's being shown depends on, beside the ad itself.</summary>
public sealed record MakerFacts
{
    public string? Username { get; init; }

    public required bool IsVerified { get; init; }

    public required bool IsMerchant { get; init; }

    public required int Completed { get; init; }

    public required int Cancelled { get; init; }

    /// <summary>The reputation's score; null without one.</summary>
    public decimal? Reputation { get; init; }

    public required bool Suspended { get; init; }

    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>The maker's available balance of the ad's asset.</summary>
    public required decimal Available { get; init; }
}

/// <summary>What a taker's being able to take ads of one asset depends on.</summary>
public sealed record TakerStanding
{
    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required bool IsVerified { get; init; }

    public bool IsMerchant { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public required int Completed { get; init; }

    public required int Cancelled { get; init; }

    public required bool Suspended { get; init; }

    public required int OpenAsTaker { get; init; }

    public required int UnpaidAsTaker { get; init; }

    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>What the taker took lately; see <see cref="TradeLimits.DayVolumeRules"/>.</summary>
    public string? DayVolume { get; init; }

    /// <summary>The available balance of the asset.</summary>
    public required decimal Available { get; init; }

    /// <summary>Payment methods of which the taker saved an account.</summary>
    public required long[] AccountMethodIds { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public TakerFacts Facts => new()
    {
        UserId = UserId,
        IsVerified = IsVerified,
        IsMerchant = IsMerchant,
        JoinedAt = JoinedAt,
        Completed = Completed,
        Cancelled = Cancelled,
    };
}

/// <summary>What a maker's terms are checked against.</summary>
public sealed record TermsFacts
{
    /// <summary>Digits of the asset; null when there is none of this code.</summary>
    public int? AssetScale { get; init; }

    public decimal? FeeRate { get; init; }

    /// <summary>False when there are no new ads of the asset.</summary>
    public bool? AssetIsTraded { get; init; }

    /// <summary>Digits of the currency's minor unit; null when there is none of this code.</summary>
    public int? FiatScale { get; init; }

    public decimal? ReferencePrice { get; init; }

    public string? ReferenceSource { get; init; }

    public DateTimeOffset? ReferenceFreshUntil { get; init; }

    /// <summary>Those of the named payment methods that exist and are of the currency.</summary>
    public required long[] KnownMethodIds { get; init; }

    /// <summary>Those of the named payment methods of which the maker saved an account.</summary>
    public required long[] AccountMethodIds { get; init; }

    /// <summary>How many of the named viewers exist.</summary>
    public required int KnownViewers { get; init; }

    /// <summary>Ads of the maker that are not closed.</summary>
    public required int OpenAds { get; init; }

    public required bool Suspended { get; init; }

    public DateTimeOffset? CoolingDownUntil { get; init; }

    public required decimal Available { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public string? TimeZone { get; init; }

    public string? OpenWeek { get; init; }

    public DateTimeOffset? VacationUntil { get; init; }
}

/// <summary>The operator's limits on ads (section <c>Limits</c>).</summary>
public sealed record AdLimits
{
    /// <summary>Ads of one user that are not closed.</summary>
    public int AdsPerUser { get; init; } = 50;

    /// <summary>Open orders of one user as their taker.</summary>
    public int OpenOrdersMax { get; init; } = 20;

    /// <summary>Orders that one user took as buyer and has not paid.</summary>
    public int UnpaidOrdersMax { get; init; } = 5;

    /// <summary>Books that one connection watches.</summary>
    public int BooksPerConnection { get; init; } = 10;
}
