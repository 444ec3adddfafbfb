using P2P.Contracts.Trading;
using P2P.Server.Accounts;
using P2P.Server.Deals;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;
using P2P.Server.Trading.Prices;

namespace P2P.Server.Trading;

/// <summary>Crypto for fiat, at <c>/hubs/trade</c>.</summary>
public sealed partial class TradeHub(AccountDesk desk, DealDesk deals, AdDesk ads, CryptoOrderDesk orders, PriceDesk prices)
    : DealHub<ITradeClient>(desk, deals), ITradeHub
{
    public const string Path = "/hubs/trade";

    protected override string Audience => Realtime.Events.Audience.Trade;
}
