using P2P.Contracts.Deals;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals;

/// <summary>On which hub the events of an order, its chat, dispute and reviews are told: that of the order's kind.</summary>
public static class OrderAudience
{
    public static string Of(OrderKind kind) => kind switch
    {
        OrderKind.Crypto => Audience.Trade,
        OrderKind.Goods => Audience.Dealer,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No hub hears of this kind of orders."),
    };
}
