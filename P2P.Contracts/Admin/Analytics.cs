namespace P2P.Contracts.Admin;

/// <summary>What the rows of analytics are.</summary>
public enum AnalyticsGrouping
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>One row a day (UTC) and market.</summary>
    Day,

    /// <summary>One row a market.</summary>
    Market,

    /// <summary>One row a market and payment method.</summary>
    PaymentMethod,
}

/// <summary>Which days, and how they are put together.</summary>
public sealed record GetAnalyticsRequest
{
    /// <summary>The first day (UTC).</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day (UTC), at most 366 days after the first; today is counted up to now.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What the rows are.</summary>
    public required AnalyticsGrouping GroupBy { get; init; }
}

/// <summary>Some days of trading in numbers.</summary>
public sealed record AnalyticsView
{
    /// <summary>Its rows, in the order of their day, market and payment method; at most 5,000.</summary>
    public required IReadOnlyList<AnalyticsRow> Rows { get; init; }

    /// <summary>Days of the range that are not rolled up yet and so are missing; empty but after a long stop.</summary>
    public required IReadOnlyList<DateOnly> MissingDays { get; init; }
}

/// <summary>Trading of one group.</summary>
public sealed record AnalyticsRow
{
    /// <summary>The day; null when days are put together.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>The payment method's id; null when methods are put together.</summary>
    public long? PaymentMethodId { get; init; }

    /// <summary>Its name.</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>Orders that were placed.</summary>
    public required long Placed { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required long Completed { get; init; }

    /// <summary>Orders that ended cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Orders that ended because nobody paid in time.</summary>
    public required long Expired { get; init; }

    /// <summary>Disputes that were raised.</summary>
    public required long Disputed { get; init; }

    /// <summary>Completed of all ended orders in percent, two decimals; null when none ended.</summary>
    public decimal? CompletionRate { get; init; }

    /// <summary>How much of the asset was released to buyers or divided.</summary>
    public required decimal CryptoVolume { get; init; }

    /// <summary>For how much of the currency.</summary>
    public required decimal FiatVolume { get; init; }

    /// <summary>
    /// The middle of the times from a confirmed payment to the release, within 5 %, in seconds; null when nothing was released.
    /// </summary>
    public long? ReleaseSecondsMedian { get; init; }

    /// <summary>
    /// Users who completed an order, once for each day, market and payment method; of days whose next 30 days are over.
    /// </summary>
    public required long Traders { get; init; }

    /// <summary>Those of them who completed another one on a later day within 30 days.</summary>
    public required long Returned { get; init; }

    /// <summary>Returned of traders in percent, two decimals; null while no day is old enough.</summary>
    public decimal? RetentionRate { get; init; }
}
