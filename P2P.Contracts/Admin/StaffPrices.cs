using P2P.Contracts.Trading;

namespace P2P.Contracts.Admin;

/// <summary>Puts a price in the place of the computed one.</summary>
public sealed record SetPriceOverrideRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Fiat for one unit of the asset, at most 8 decimals.</summary>
    public required decimal Price { get; init; }

    /// <summary>When it ends; without it it lasts until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Ends an override.</summary>
public sealed record LiftPriceOverrideRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Why, 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>A price that staff put in the place of the computed one.</summary>
public sealed record PriceOverrideView
{
    /// <summary>Fiat for one unit of the asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>By whom.</summary>
    public required string By { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when; null until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A market's reference price as staff see it.</summary>
public sealed record StaffMarketPrice
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>The last price; null before there was one.</summary>
    public decimal? Price { get; init; }

    /// <summary>Where it came from.</summary>
    public string? Source { get; init; }

    /// <summary>When it was computed.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Until when it can be traded at; null for a price that was never computed, and for one without an end.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>True when floating ads of the market can be traded now.</summary>
    public required bool IsFresh { get; init; }

    /// <summary>The override in force; null without one.</summary>
    public PriceOverrideView? Override { get; init; }
}

/// <summary>What a source said last of one market.</summary>
public sealed record PriceSourceQuote
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Fiat for one unit of the asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>When it said so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>False when it is too old to count.</summary>
    public required bool IsFresh { get; init; }
}

/// <summary>How a source does.</summary>
public sealed record PriceSourceView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required PriceSourceKind Kind { get; init; }

    /// <summary>When it last answered well; null for never and for what is set by hand.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>When it last failed; null for never.</summary>
    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>What went wrong then.</summary>
    public string? LastError { get; init; }

    /// <summary>Failures since it last answered well.</summary>
    public required int Failures { get; init; }

    /// <summary>What it said last, by market; at most 1,000.</summary>
    public required IReadOnlyList<PriceSourceQuote> Quotes { get; init; }
}

/// <summary>Where prices come from, and what has become of them.</summary>
public sealed record PriceSourcesView
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<PriceSourceView> Sources { get; init; }

    /// <summary>By asset and currency.</summary>
    public required IReadOnlyList<StaffMarketPrice> Markets { get; init; }
}
