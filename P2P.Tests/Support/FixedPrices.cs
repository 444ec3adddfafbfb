using P2P.Contracts.Trading;
using P2P.Server.Trading.Prices;

namespace P2P.Tests.Support;

/// <summary>A source of a test's own, at the seam where providers plug in: it says what it was told to say.</summary>
public sealed class FixedPrices(string name, params IReadOnlyList<PriceReading> prices) : IPriceSource
{
    public string Name => name;

    public PriceSourceKind Kind => PriceSourceKind.Http;

    public TimeSpan PollEvery => TimeSpan.FromHours(1);

    /// <summary>What goes wrong beside it.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>A source that says one price of a market.</summary>
    public static FixedPrices Of(string name, decimal price, string asset = "BTC", string fiat = "KES", DateTimeOffset? at = null) =>
        new(name, new PriceReading(new PriceMarket(asset, fiat), price, at));

    public Task<PriceReadings?> Read(CancellationToken cancellation) => Task.FromResult<PriceReadings?>(new PriceReadings(prices, Errors));
}
