using P2P.Client.Sdk.Books;
using P2P.Client.Sdk.Generated;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk;

/// <summary>Reference prices, live and over time. What they are now is also in <see cref="AdsClient.GetMarketsAsync"/>.</summary>
public sealed class PricesClient
{
    private readonly TradeHubProxy _hub;
    private readonly PriceFeeds _feeds;

    internal PricesClient(TradeHubProxy hub, PriceFeeds feeds) => (_hub, _feeds) = (hub, feeds);

    /// <summary>
    /// Every reference price as it is, and again with each change, until the reader leaves. Goes on by itself after a lost connection;
    /// ends with an
    /// exception when the server refuses or the client is disposed.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<ReferencePrice>> WatchAsync(CancellationToken cancellationToken = default) =>
        _feeds.WatchAsync(cancellationToken);

    /// <summary>A market's candles from a moment on: those of the next 500 stretches of time.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="from">The first moment; the former part's <see cref="PriceHistory.Next"/> to go on.</param>
    /// <param name="bucket">How much time one candle covers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PriceHistory> GetHistoryAsync(
        string asset, string fiat, DateTimeOffset from, PriceBucket bucket, CancellationToken cancellationToken = default) =>
        GetHistoryAsync(new GetPriceHistoryRequest { Asset = asset, Fiat = fiat, From = from, Bucket = bucket }, cancellationToken);

    /// <inheritdoc cref="IPriceCalls.GetPriceHistory"/>
    public Task<PriceHistory> GetHistoryAsync(GetPriceHistoryRequest request, CancellationToken cancellationToken = default) =>
        _hub.GetPriceHistory(request, cancellationToken);
}
