namespace P2P.Contracts.Trading;

/// <summary>An asset of the ledger.</summary>
public sealed record AssetView
{
    /// <summary>Its code, such as <c>BTC</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Digits after the point, at most 8.</summary>
    public required int Scale { get; init; }

    /// <summary>The maker's fee as a part of the traded amount (0.001 is 0.1 %).</summary>
    public required decimal FeeRate { get; init; }
}

/// <summary>A fiat currency.</summary>
public sealed record CurrencyView
{
    /// <summary>ISO 4217 code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Digits of its minor unit.</summary>
    public required int Scale { get; init; }
}

/// <summary>A reference price.</summary>
public sealed record ReferencePrice
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Fiat for one unit of the asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }

    /// <summary>When it was set or computed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when floating ads can be traded at it; null for one without an end.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>True when that time is over: floating ads of the market are not shown (PRICE_STALE).</summary>
    public bool IsStale { get; init; }
}

/// <summary>What can be traded here.</summary>
public sealed record MarketsView
{
    /// <summary>By code.</summary>
    public required IReadOnlyList<AssetView> Assets { get; init; }

    /// <summary>By code.</summary>
    public required IReadOnlyList<CurrencyView> Currencies { get; init; }

    /// <summary>The reference prices that floating ads follow.</summary>
    public required IReadOnlyList<ReferencePrice> Prices { get; init; }

    /// <summary>Staff have stopped new orders for a while.</summary>
    public bool TradingPaused { get; init; }

    /// <summary>Nothing is released from escrow for a while.</summary>
    public bool ReleasesPaused { get; init; }
}
