using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

public sealed partial class TradeHub
{
    public Task<PriceHistory> GetPriceHistory(GetPriceHistoryRequest request) => prices.History.Get(request, Aborted);
}
