namespace P2P.Contracts.Trading;

/// <summary>Where a price comes from.</summary>
public enum PriceSourceKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Asked of a web service at an interval.</summary>
    Http,

    /// <summary>Read from a file of the operator's.</summary>
    File,

    /// <summary>Set by the operator's command.</summary>
    Manual,

    /// <summary>Set by staff in the place of all others.</summary>
    Override,
}

/// <summary>Why a source's price did not count.</summary>
public enum PriceDropReason
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It was too old.</summary>
    Stale,

    /// <summary>It lay too far from the middle of the others.</summary>
    Outlier,
}

/// <summary>One source's part in a reference price.</summary>
public sealed record PriceInput
{
    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>What it said: fiat for one unit of the asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>When it said so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From when on it would have been too old.</summary>
    public required DateTimeOffset FreshUntil { get; init; }

    /// <summary>Whether it counted.</summary>
    public required bool Kept { get; init; }

    /// <summary>Why it did not; null when it did.</summary>
    public PriceDropReason? DroppedBecause { get; init; }
}

/// <summary>
/// What the price of an order on a floating ad was made of. The reference price is the median of the inputs that were kept (of an even
/// number
/// the mean of the middle two, 8 decimals, half to even); the order's price is that x <see cref="Percent"/> / 100, 8 decimals, half to
/// even,
/// not below <see cref="Floor"/> and not above <see cref="Ceiling"/>.
/// </summary>
public sealed record OrderPriceQuote
{
    /// <summary>The id of the stored rate, which is kept as long as the order.</summary>
    public required Guid RateId { get; init; }

    /// <summary>The reference price.</summary>
    public required decimal ReferencePrice { get; init; }

    /// <summary>When it was computed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How old it was when the order was placed, in whole seconds.</summary>
    public required int AgeSeconds { get; init; }

    /// <summary>The ad's percentage: 101.5 is 1.5 % above the reference.</summary>
    public required decimal Percent { get; init; }

    /// <summary>The ad's floor; null without one.</summary>
    public decimal? Floor { get; init; }

    /// <summary>The ad's ceiling; null without one.</summary>
    public decimal? Ceiling { get; init; }

    /// <summary>What each source said, by name: those that counted and those that did not.</summary>
    public required IReadOnlyList<PriceInput> Inputs { get; init; }
}

/// <summary>Every reference price.</summary>
public sealed record PricesView
{
    /// <summary>By asset and currency.</summary>
    public required IReadOnlyList<ReferencePrice> Prices { get; init; }
}

/// <summary>Reference prices that changed.</summary>
public sealed record PricesChanged
{
    /// <summary>The newest state of each.</summary>
    public required IReadOnlyList<ReferencePrice> Prices { get; init; }
}

/// <summary>How much time one candle of a chart covers.</summary>
public enum PriceBucket
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>One minute.</summary>
    Minute,

    /// <summary>Five minutes.</summary>
    FiveMinutes,

    /// <summary>Fifteen minutes.</summary>
    FifteenMinutes,

    /// <summary>One hour.</summary>
    Hour,

    /// <summary>Four hours.</summary>
    FourHours,

    /// <summary>One day, in UTC.</summary>
    Day,
}

/// <summary>Which part of a market's history.</summary>
public sealed record GetPriceHistoryRequest
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>The first moment: the candle that covers it is the first. Years 2000 to 2199.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>How much time one candle covers.</summary>
    public required PriceBucket Bucket { get; init; }
}

/// <summary>The reference prices of one stretch of time.</summary>
public sealed record PriceCandle
{
    /// <summary>When it begins.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first price.</summary>
    public required decimal Open { get; init; }

    /// <summary>The highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>The lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>The last price.</summary>
    public required decimal Close { get; init; }

    /// <summary>How many rates were computed in it.</summary>
    public required int Rates { get; init; }
}

/// <summary>A part of a market's history.</summary>
public sealed record PriceHistory
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>How much time one candle covers.</summary>
    public required PriceBucket Bucket { get; init; }

    /// <summary>Oldest first, none for a time without a rate; at most <see cref="Limits.PriceCandlesMax"/>.</summary>
    public required IReadOnlyList<PriceCandle> Candles { get; init; }

    /// <summary>Where the next part begins: everything before it was looked at.</summary>
    public required DateTimeOffset Next { get; init; }
}
