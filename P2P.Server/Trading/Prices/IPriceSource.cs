using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>A price that a source said.</summary>
/// <param name="Market">Of what.</param>
/// <param name="Price">Above zero, at most 8 decimals.</param>
/// <param name="At">When the source says that it was so; null for now.</param>
public sealed record PriceReading(PriceMarket Market, decimal Price, DateTimeOffset? At);

/// <summary>What one look at a source brought: prices, and sentences about what was wrong.</summary>
public sealed record PriceReadings(IReadOnlyList<PriceReading> Prices, IReadOnlyList<string> Errors);

/// <summary>Every source of the settings; they end together.</summary>
public sealed class PriceSources(IReadOnlyList<IPriceSource> all) : IDisposable
{
    public IReadOnlyList<IPriceSource> All => all;

    public void Dispose()
    {
        foreach (var source in all.OfType<IDisposable>())
        {
            source.Dispose();
        }
    }
}

/// <summary>Where prices come from: the seam at which a provider plugs in.</summary>
public interface IPriceSource
{
    string Name { get; }

    PriceSourceKind Kind { get; }

    /// <summary>How long to wait between two looks.</summary>
    TimeSpan PollEvery { get; }

    /// <summary>
    /// Looks once, within its own time-out. Null when nothing has changed since the last look. What goes wrong is an error among the
    /// readings;
    /// an exception is a fault of the program.
    /// </summary>
    Task<PriceReadings?> Read(CancellationToken cancellation);
}
