using P2P.Client.Sdk;
using P2P.Contracts.Trading;

namespace DemoTraders;

/// <summary>Keeps the board's books and reference prices up to date, through one of the traders' connections.</summary>
internal sealed class MarketWatch(P2PClient client, IReadOnlyList<TradedMarket> markets, Board board, CancellationToken stop)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task RunAsync()
    {
        var books = markets.SelectMany(market => new[] { AdSide.Sell, AdSide.Buy }, (market, side) => new Market
        {
            Side = side,
            Asset = market.Asset,
            Fiat = market.Fiat,
        });
        await Task.WhenAll(books.Select(BookAsync).Append(PricesAsync()));
    }

    /// <summary>The watch goes on over lost connections by itself; what it cannot outlive is begun again.</summary>
    private Task BookAsync(Market market) => AgainAsync(async () =>
    {
        await foreach (var book in client.Ads.WatchBookAsync(market, stop))
        {
            board.Show(book);
        }
    });

    private Task PricesAsync() => AgainAsync(async () =>
    {
        var known = await client.Ads.GetMarketsAsync(stop);
        foreach (var market in markets)
        {
            var price = known.Prices.FirstOrDefault(price => price.Asset == market.Asset && price.Fiat == market.Fiat);
            market.Reference = price?.Price ?? market.Reference;
        }
    });

    private async Task AgainAsync(Func<Task> act)
    {
        try
        {
            while (client.Me is null)
            {
                // The trader, whose connection this is, has not entered yet.
                await Task.Delay(Pause / 10, stop);
            }

            while (true)
            {
                try
                {
                    await act();
                }
                catch (P2PException)
                {
                    // Shown by the traders, who hear the same.
                }

                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }
}
