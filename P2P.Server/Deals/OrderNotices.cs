using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications;

namespace P2P.Server.Deals;

/// <summary>What a party is told of an order: what the other one did, or time.</summary>
public static class OrderNotices
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<OrderChanged>(nameof(IOrderClient.OrderChanged), Of);

    public static Notice? Of(long userId, OrderChanged change)
    {
        var order = change.Order;
        var byHearer = (change.By == Party.Buyer && order.BuyerId == userId) || (change.By == Party.Seller && order.SellerId == userId);
        return byHearer || KindOf(change.Action) is not { } kind ? null : new Notice(kind, Args(order));
    }

    private static NotificationKind? KindOf(OrderAction action) => action switch
    {
        OrderAction.Place => NotificationKind.OrderPlaced,
        OrderAction.ConfirmPayment => NotificationKind.PaymentConfirmed,
        OrderAction.UndoConfirmation => NotificationKind.ConfirmationUndone,
        OrderAction.ExtendPaymentWindow => NotificationKind.PaymentWindowExtended,
        OrderAction.Release => NotificationKind.OrderReleased,
        OrderAction.Cancel or OrderAction.AcceptCancel => NotificationKind.OrderCancelled,
        OrderAction.RequestCancel => NotificationKind.CancelRequested,
        OrderAction.DeclineCancel => NotificationKind.CancelDeclined,
        OrderAction.Expire => NotificationKind.OrderExpired,
        _ => null,
    };

    private static Dictionary<string, string> Args(OrderState order) => new()
    {
        ["orderId"] = order.Id.ToString(),
        ["asset"] = order.Asset,
        ["cryptoAmount"] = WireJson.Spell(order.CryptoAmount),
        ["fiat"] = order.Fiat,
        ["fiatAmount"] = WireJson.Spell(order.FiatAmount),
    };
}
