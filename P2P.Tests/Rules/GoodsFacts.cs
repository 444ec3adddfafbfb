using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Deals.Engine;
using P2P.Server.Deals.Ledger;

namespace P2P.Tests.Rules;

/// <summary>Goods orders without a database: two lamps at five each, paid into escrow unless nothing is held.</summary>
internal static class GoodsFacts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly GoodsLimits Settings = new();

    public static GoodsMoveFacts Facts(Order order, OrderAction action, Party by) => new()
    {
        Order = order,
        Detail = new GoodsOrder
        {
            OrderId = order.Id,
            ItemName = "Lamp",
            Unit = "piece",
            Quantity = 2,
            Price = 5,
            Currency = "BTC",
            Total = 10,
            Scale = 8,
            Fulfilled = order.Status == OrderStatus.Fulfilled ? 2 : 0,
            Shipments = order.Status == OrderStatus.Fulfilled ? 1 : 0,
            Refund = 0,
            FulfilledAt = order.Status == OrderStatus.Fulfilled ? Now : null,
        },
        Action = action,
        By = by,
        Buyer = Standing(order.BuyerId) with { OpenGoods = 1 },
        Seller = Standing(order.SellerId),
        BuyerAvailable = 10,
        Now = Now,
        Limits = Settings,
    };

    public static Order Order(OrderStatus status, decimal held) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = OrderKind.Goods,
        OfferId = Guid.CreateVersion7(),
        BuyerId = 1,
        SellerId = 2,
        Maker = Party.Seller,
        Asset = "BTC",
        Held = held,
        Fee = 0,
        Taken = 2,
        Status = status,
        Version = 1,
        Duty = Duty.None,
        Deadline = Now.AddHours(1),
        Overdue = false,
        HistoryHead = LedgerHash.Zero,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static Standing Standing(long user) => new()
    {
        UserId = user,
        Suspended = false,
        OpenAsTaker = 0,
        UnpaidAsTaker = 0,
        Completed = 0,
        Cancelled = 0,
    };

    public static string Code(GoodsMoveFacts facts) => Should.Throw<Refused>(() => GoodsOrderRules.Decide(facts)).Code;

    /// <summary>Every reason against it, by its code.</summary>
    public static IReadOnlyList<string> Codes(GoodsMoveFacts facts) => [.. GoodsOrderRules.Reasons(facts).Select(reason => reason.Code)];
}
