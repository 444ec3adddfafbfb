using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>An asset against a currency.</summary>
public readonly record struct PriceMarket(string Asset, string Fiat)
{
    private const int CodeCharsMax = 10;

    /// <summary>Reads <c>BTC/EUR</c>; null for anything else.</summary>
    public static PriceMarket? Read(string? text) =>
        text?.Split('/') is [var asset, var fiat] && IsCode(asset) && IsCode(fiat) ? new PriceMarket(asset, fiat) : null;

    public override string ToString() => $"{Asset}/{Fiat}";

    private static bool IsCode(string text) =>
        text.Length is >= 1 and <= CodeCharsMax && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));
}

/// <summary>What a source said last of a market.</summary>
public sealed record PriceQuote
{
    public required string Source { get; init; }

    public required PriceSourceKind Kind { get; init; }

    public required decimal Price { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>From when on it is too old.</summary>
    public required DateTimeOffset FreshUntil { get; init; }
}

/// <summary>The rate in force of a market.</summary>
public sealed record CurrentPrice
{
    public required decimal Price { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset FreshUntil { get; init; }
}

/// <summary>A rate as it is stored.</summary>
public sealed record PriceRate
{
    public const string Median = "Median";
    public const string Override = "Override";

    public required Guid Id { get; init; }

    public required PriceMarket Market { get; init; }

    /// <summary>How it came about.</summary>
    public required string Kind { get; init; }

    public required decimal Price { get; init; }

    /// <summary>What is shown beside it.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<PriceInput> Inputs { get; init; }

    public decimal? OutlierPercent { get; init; }

    public int? SourcesMin { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    public required DateTimeOffset FreshUntil { get; init; }
}

/// <summary>An override as it is stored.</summary>
public sealed record PriceOverride
{
    public required Guid Id { get; init; }

    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public required decimal Price { get; init; }

    public required string Reason { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it is in force.</summary>
    public bool Holds(DateTimeOffset now) => Until is null || Until > now;
}
