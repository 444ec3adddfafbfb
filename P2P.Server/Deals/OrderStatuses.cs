using P2P.Contracts.Deals;

namespace P2P.Server.Deals;

/// <summary>What statuses of all kinds have in common. Statements ask <c>orders.is_open</c>, which says the same.</summary>
public static class OrderStatuses
{
    public static bool IsOpen(this OrderStatus status) => status is OrderStatus.AwaitingPayment or OrderStatus.PaymentConfirmed or OrderStatus.Disputed
        or OrderStatus.Requested or OrderStatus.Accepted or OrderStatus.Paid or OrderStatus.Fulfilled;

    public static bool IsEnded(this OrderStatus status) => status != OrderStatus.Unknown && !status.IsOpen();
}
