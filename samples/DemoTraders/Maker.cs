using P2P.Contracts.Trading;

namespace DemoTraders;

/// <summary>Puts up a trader's ads, moves their prices with the market and fills them up again.</summary>
internal sealed class Maker(Trader trader, IReadOnlyList<TradedMarket> markets, Board board, CancellationToken stop)
{
    private const int AdsPageMax = 100;

    private readonly decimal _spread = Chance.Between(0.002m, 0.012m);

    /// <summary>Each trader deals in some books only, so that the books are not all alike.</summary>
    private readonly (TradedMarket Market, AdSide Side)[] _deals =
    [
        .. markets.SelectMany(market => new[] { (market, AdSide.Sell), (market, AdSide.Buy) })
            .Where((_, i) => (trader.Person.Number + i) % 4 != 3),
    ];

    public async Task RunAsync()
    {
        while (true)
        {
            await trader.TryAsync(TendAsync);
            await Task.Delay(Chance.Seconds(3, 9), stop);
        }
    }

    private async Task TendAsync()
    {
        var mine = await trader.Client.Ads.ListMineAsync(limit: AdsPageMax, cancellationToken: stop);
        var missing = _deals.Where(deal => !mine.Items.Any(ad => ad.Side == deal.Side && MarketOf(ad) == deal.Market));
        if (missing.ToArray() is { Length: > 0 } wanted)
        {
            var (market, side) = wanted[Random.Shared.Next(wanted.Length)];
            await PutUpAsync(market, side);
            return;
        }

        // Floating ads follow the reference price by themselves.
        var moving = mine.Items.Where(ad => ad.Terms.Price.Kind == PriceKind.Fixed && MarketOf(ad) is not null).ToArray();
        if (moving.Length > 0)
        {
            await TendAsync(moving[Random.Shared.Next(moving.Length)]);
        }
    }

    private async Task PutUpAsync(TradedMarket market, AdSide side)
    {
        var total = Total(market, side);
        if (total <= 0)
        {
            return;
        }

        var terms = new AdTerms
        {
            Price = Price(market, side),
            AmountMin = market.Ticket.Min,
            AmountMax = market.Ticket.Max,
            PaymentMethodIds = [.. market.Methods.Select(trader.MethodId)],
            PaymentWindowMinutes = 15,
            Visibility = AdVisibility.Public,
        };
        await trader.Client.Ads.CreateAsync(side, market.Asset, market.Fiat, total, terms, stop);
        var what = side == AdSide.Sell ? "sells" : "buys";
        board.Say($"{trader.Name} puts up an ad: {what} {total:0.####} {market.Asset} at {terms.Price.Fixed} {market.Fiat}");
    }

    private async Task TendAsync(AdView ad)
    {
        // Chosen among those that have a market.
        var market = MarketOf(ad) ?? throw new InvalidOperationException($"The demo does not trade {ad.Asset}/{ad.Fiat}.");
        if (ad.Remaining * market.Reference < market.Ticket.Min * 4)
        {
            if (Chance.Of(0.5))
            {
                await trader.Client.Ads.DeleteAsync(ad.Id, ad.Version, stop);
            }
            else if (Total(market, ad.Side) is > 0 and var more)
            {
                await trader.Client.Ads.ChangeTotalAsync(ad.Id, ad.Total + more, ad.Version, stop);
            }

            return;
        }

        await trader.Client.Ads.UpdateAsync(ad.Id, ad.Terms with { Price = Price(market, ad.Side) }, ad.Version, stop);
    }

    private TradedMarket? MarketOf(AdView ad) => markets.FirstOrDefault(market => market.Asset == ad.Asset && market.Fiat == ad.Fiat);

    private AdPrice Price(TradedMarket market, AdSide side)
    {
        var spread = _spread * Chance.Between(0.6m, 1.4m);
        return new AdPrice
        {
            Kind = PriceKind.Fixed,
            Fixed = market.Round(market.FairPrice() * (side == AdSide.Sell ? 1 + spread : 1 - spread)),
        };
    }

    /// <summary>How much an ad offers: some of what the seller has, or what a buyer would like.</summary>
    private decimal Total(TradedMarket market, AdSide side)
    {
        var wish = market.Ticket.Max * Chance.Between(1.5m, 5m) / market.Reference;
        var total = side == AdSide.Sell ? Math.Min(wish, trader.Available(market.Asset) * 0.6m) : wish;
        return decimal.Round(total, 4, MidpointRounding.ToZero);
    }
}
