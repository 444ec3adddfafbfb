using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

public sealed partial class TradeHub
{
    public Task<PricesView> SubscribePrices() => prices.Watch.Subscribe(Link, Aborted);

    public Task UnsubscribePrices()
    {
        prices.Watch.Unsubscribe(Link);
        return Task.CompletedTask;
    }

    public Task<PriceHistory> GetPriceHistory(GetPriceHistoryRequest request) => prices.History.Get(Caller, request, Aborted);
}
