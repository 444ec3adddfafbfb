using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What a party is told of a goods order: what the other one did, or time.</summary>
internal static class GoodsOrderNotices
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<GoodsOrderChanged>(nameof(IGoodsOrderClient.GoodsOrderChanged), Of);

    public static Notice? Of(long userId, GoodsOrderChanged change)
    {
        var order = change.Order;
        var byHearer = (change.By == Party.Buyer && order.BuyerId == userId) || (change.By == Party.Seller && order.SellerId == userId);
        return byHearer || KindOf(change.Action) is not { } kind ? null : new Notice(kind, Args(order));
    }

    private static NotificationKind? KindOf(OrderAction action) => action switch
    {
        OrderAction.Place => NotificationKind.GoodsRequested,
        OrderAction.Accept => NotificationKind.GoodsAccepted,
        OrderAction.Decline => NotificationKind.GoodsDeclined,
        OrderAction.Pay => NotificationKind.GoodsPaid,
        OrderAction.FulfilPart or OrderAction.Fulfil => NotificationKind.GoodsSent,
        OrderAction.GiveRefund => NotificationKind.GoodsRefunded,
        OrderAction.ConfirmReceipt or OrderAction.AssumeReceipt => NotificationKind.GoodsReceived,
        OrderAction.Cancel or OrderAction.AcceptCancel or OrderAction.Expire => NotificationKind.GoodsCancelled,
        OrderAction.RequestCancel or OrderAction.DeclineCancel => NotificationKind.GoodsCancelRequested,
        OrderAction.MarkOverdue => NotificationKind.GoodsOverdue,
        _ => null,
    };

    private static Dictionary<string, string> Args(GoodsOrderState order) => new()
    {
        ["orderId"] = order.Id.ToString(),
        ["quantity"] = WireJson.Spell(order.Quantity),
        ["unit"] = order.Unit,
        ["total"] = WireJson.Spell(order.Total),
        ["currency"] = order.Currency,
    };
}
