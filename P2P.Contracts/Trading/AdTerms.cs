namespace P2P.Contracts.Trading;

/// <summary>What the maker of an ad does.</summary>
public enum AdSide
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The maker buys the asset: whoever takes the ad sells.</summary>
    Buy,

    /// <summary>The maker sells the asset: whoever takes the ad buys.</summary>
    Sell,
}

/// <summary>How an ad's price is made.</summary>
public enum PriceKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>A price that stays until the maker changes it.</summary>
    Fixed,

    /// <summary>A percentage of the reference price.</summary>
    Floating,
}

/// <summary>An ad's price: fiat for one unit of the asset.</summary>
public sealed record AdPrice
{
    /// <summary>Fixed or floating.</summary>
    public required PriceKind Kind { get; init; }

    /// <summary>The fixed price; null for a floating one.</summary>
    public decimal? Fixed { get; init; }

    /// <summary>Percent of the reference price, 50 to 200 with two decimals (101.5 is 1.5 % above it); null for a fixed price.</summary>
    public decimal? Percent { get; init; }

    /// <summary>A floating price never falls below this; null without a floor.</summary>
    public decimal? Floor { get; init; }

    /// <summary>A floating price never rises above this; null without a ceiling.</summary>
    public decimal? Ceiling { get; init; }
}

/// <summary>Who finds an ad.</summary>
public enum AdVisibility
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Everyone.</summary>
    Public,

    /// <summary>Whoever has its link: a secret that <c>CreateAd</c> tells once. The ad's id alone opens nothing.</summary>
    Link,

    /// <summary>The users named in <see cref="AdTerms.ViewerIds"/>.</summary>
    Chosen,
}

/// <summary>Whether an ad can be taken at all.</summary>
public enum AdStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Open.</summary>
    Active,

    /// <summary>Hidden until its maker resumes it.</summary>
    Paused,

    /// <summary>Deleted; its orders go on.</summary>
    Closed,
}

/// <summary>What a maker asks of a taker.</summary>
public sealed record TakerConditions
{
    /// <summary>At least so many completed trades.</summary>
    public int? CompletedTradesMin { get; init; }

    /// <summary>At least so many percent completed, 0 to 100; who never traded passes.</summary>
    public decimal? CompletionRateMin { get; init; }

    /// <summary>A profile at least so many days old.</summary>
    public int? AccountAgeDaysMin { get; init; }

    /// <summary>Verified users only.</summary>
    public bool? VerifiedOnly { get; init; }
}

/// <summary>What the maker of an ad may change at any time. Open orders keep what they were placed under.</summary>
public sealed record AdTerms
{
    /// <summary>Fiat for one unit of the asset.</summary>
    public required AdPrice Price { get; init; }

    /// <summary>Least fiat for one order.</summary>
    public required decimal AmountMin { get; init; }

    /// <summary>Most fiat for one order.</summary>
    public required decimal AmountMax { get; init; }

    /// <summary>Accepted payment methods, 1 to 20, all of the ad's currency; a seller has saved an account for each.</summary>
    public required IReadOnlyList<long> PaymentMethodIds { get; init; }

    /// <summary>Minutes in which the buyer pays, 10 to 1,440.</summary>
    public required int PaymentWindowMinutes { get; init; }

    /// <summary>Who finds the ad.</summary>
    public required AdVisibility Visibility { get; init; }

    /// <summary>Profile ids for <see cref="AdVisibility.Chosen"/>, at most 100; only the maker sees them.</summary>
    public IReadOnlyList<long>? ViewerIds { get; init; }

    /// <summary>What the maker wants a taker to know, at most 2,000 characters.</summary>
    public string? Terms { get; init; }

    /// <summary>What the order's chat begins with, at most 1,000 characters; shown to a taker only.</summary>
    public string? AutoReply { get; init; }

    /// <summary>What is asked of a taker.</summary>
    public TakerConditions? Conditions { get; init; }
}
