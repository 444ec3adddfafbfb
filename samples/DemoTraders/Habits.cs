using P2P.Contracts.Deals;

namespace DemoTraders;

/// <summary>What a party is about to do to an order, and how long it takes to get round to it.</summary>
internal sealed record Intent(OrderAction Action, TimeSpan After);

/// <summary>How people behave: most pay and release soon, some are slow, few change their minds.</summary>
internal static class Habits
{
    /// <summary>What this user does next to the order in this state; null when it is the other's turn.</summary>
    /// <param name="order">The order.</param>
    /// <param name="userId">Whose habits.</param>
    /// <param name="mayCancel">False for a buyer who has called off enough orders today: a third one begins a cool-down.</param>
    public static Intent? Next(OrderState order, long userId, bool mayCancel) => (order.Status, order.BuyerId == userId) switch
    {
        (OrderStatus.AwaitingPayment, true) => Pays(mayCancel),
        (OrderStatus.AwaitingPayment, false) => Waits(order),
        (OrderStatus.PaymentConfirmed, true) => BuyerAnswers(order),
        (OrderStatus.PaymentConfirmed, false) => SellerAnswers(order),
        (OrderStatus.Disputed, true) => order.CancelRequestedBy == Party.Seller ? Answers(0.8) : null,
        (OrderStatus.Disputed, false) => SellerSettles(order),
        _ => null,
    };

    private static Intent Pays(bool mayCancel) =>
        mayCancel && Chance.Of(0.03) ? new(OrderAction.Cancel, Chance.Seconds(3, 8))
        : Chance.Of(0.1) ? new(OrderAction.ConfirmPayment, Chance.Seconds(14, 22))
        : new(OrderAction.ConfirmPayment, Chance.Seconds(3, 10));

    /// <summary>Only a fresh order: the window can be extended once.</summary>
    private static Intent? Waits(OrderState order) =>
        order.Version == 1 && Chance.Of(0.3) ? new(OrderAction.ExtendPaymentWindow, Chance.Seconds(9, 13)) : null;

    /// <summary>Only a fresh confirmation is taken back: it can be done once.</summary>
    private static Intent? BuyerAnswers(OrderState order) =>
        order.CancelRequestedBy == Party.Seller ? Answers(0.6)
        : order.CancelRequestedBy is null && order.Version == 2 && Chance.Of(0.03) ? new(OrderAction.UndoConfirmation, Chance.Seconds(1, 2))
        // Most have their coins long before; who waits that long asks for help.
        : order.CancelRequestedBy is null ? new(OrderAction.Dispute, Chance.Seconds(20, 25))
        : null;

    private static Intent SellerAnswers(OrderState order) => order.CancelRequestedBy switch
    {
        Party.Buyer => Answers(0.5),
        // Nobody answers: the seller takes the proposal back and goes on.
        Party.Seller => new(OrderAction.DeclineCancel, Chance.Seconds(25, 35)),
        _ when Chance.Of(0.04) => new(OrderAction.RequestCancel, Chance.Seconds(2, 5)),
        _ when Chance.Of(0.03) => new(OrderAction.Release, Chance.Seconds(40, 60)),
        _ => new(OrderAction.Release, Chance.Seconds(3, 10)),
    };

    /// <summary>Most disputes end as the field's do: the seller looks again and releases, or both call it off.</summary>
    private static Intent? SellerSettles(OrderState order) => order.CancelRequestedBy switch
    {
        Party.Buyer => Answers(0.5),
        Party.Seller => null,
        _ when Chance.Of(0.2) => new(OrderAction.RequestCancel, Chance.Seconds(6, 12)),
        _ => new(OrderAction.Release, Chance.Seconds(6, 12)),
    };

    private static Intent Answers(double agreeing) =>
        new(Chance.Of(agreeing) ? OrderAction.AcceptCancel : OrderAction.DeclineCancel, Chance.Seconds(3, 8));
}
