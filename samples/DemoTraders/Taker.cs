using P2P.Contracts.Trading;

namespace DemoTraders;

/// <summary>Looks at the live books now and then and takes one of the best ads.</summary>
internal sealed class Taker(Trader trader, IReadOnlyList<TradedMarket> markets, Board board, CancellationToken stop)
{
    private const int BestAds = 4;

    public async Task RunAsync()
    {
        while (true)
        {
            await Task.Delay(Chance.Seconds(4, 14), stop);
            await trader.TryAsync(TakeAsync);
        }
    }

    private async Task TakeAsync()
    {
        var market = markets[Random.Shared.Next(markets.Count)];
        var side = Chance.Of(0.5) ? AdSide.Sell : AdSide.Buy;
        var rows = board.Book(market, side).Where(row => row.MakerId != trader.Id).Take(BestAds).ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        var row = rows[Random.Shared.Next(rows.Length)];
        var methods = row.PaymentMethodIds.Where(trader.HasMethod).ToArray();
        if (methods.Length == 0 || Amount(market, side, row) is not { } fiat)
        {
            return;
        }

        // The price that was seen: when it has moved meanwhile the server refuses, and nobody pays more than they saw.
        await trader.Client.Orders.CreateAsync(
            row.AdId, methods[Random.Shared.Next(methods.Length)], fiatAmount: fiat, expectedPrice: row.Price, cancellationToken: stop);
    }

    /// <summary>A round sum within what the ad takes and the trader has; null when there is none.</summary>
    private decimal? Amount(TradedMarket market, AdSide side, BookRow row)
    {
        var most = Math.Min(row.AmountMax, market.Ticket.Max);
        if (side == AdSide.Buy)
        {
            most = Math.Min(most, trader.Available(market.Asset) * 0.5m * row.Price);
        }

        var step = market.Ticket.Min / 10;
        // Small orders are more common than large ones.
        var wish = row.AmountMin + ((most - row.AmountMin) * Chance.Between(0, 1) * Chance.Between(0, 1));
        var amount = decimal.Round(wish / step) * step;
        return amount >= row.AmountMin && amount <= most ? amount : null;
    }
}
