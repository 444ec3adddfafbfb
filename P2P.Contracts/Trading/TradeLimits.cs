namespace P2P.Contracts.Trading;

/// <summary>By which limits a user trades.</summary>
public enum TraderLevel
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Whose identity nobody checked.</summary>
    New,

    /// <summary>Staff checked the identity.</summary>
    Verified,

    /// <summary>Trades as a business.</summary>
    Merchant,
}

/// <summary>How much the caller may trade by taking ads, and what is used of it.</summary>
public sealed record MyLimits
{
    /// <summary>The caller's level.</summary>
    public required TraderLevel Level { get; init; }

    /// <summary>One row for each currency that has limits, by code.</summary>
    public required IReadOnlyList<CurrencyLimit> Currencies { get; init; }

    /// <summary>Open orders that the caller took.</summary>
    public required int OpenOrders { get; init; }

    /// <summary>How many there may be.</summary>
    public required int OpenOrdersMax { get; init; }

    /// <summary>Those of them in which the caller has to pay.</summary>
    public required int UnpaidOrders { get; init; }

    /// <summary>How many there may be.</summary>
    public required int UnpaidOrdersMax { get; init; }

    /// <summary>Until when the caller may take no ad, because too many orders came to nothing; null when there is no cool-down.</summary>
    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>How long the next cool-down would be: each that follows soon on another is longer.</summary>
    public required int NextCoolDownHours { get; init; }
}

/// <summary>The caller's limits in one currency.</summary>
public sealed record CurrencyLimit
{
    /// <summary>The currency's code.</summary>
    public required string Currency { get; init; }

    /// <summary>The most of one order; null for no limit.</summary>
    public decimal? PerOrder { get; init; }

    /// <summary>The most of all orders that the caller takes within 24 hours; null for no limit.</summary>
    public decimal? PerDay { get; init; }

    /// <summary>What counts now: orders taken in the last 24 to 25 hours that did not come to nothing.</summary>
    public required decimal UsedToday { get; init; }

    /// <summary>What is left of the day's limit; null for no limit.</summary>
    public decimal? LeftToday { get; init; }

    /// <summary>When parts of what counts stop counting, soonest first.</summary>
    public required IReadOnlyList<LimitFreeing> Frees { get; init; }
}

/// <summary>An amount that stops counting.</summary>
public sealed record LimitFreeing
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How much.</summary>
    public required decimal Amount { get; init; }
}
