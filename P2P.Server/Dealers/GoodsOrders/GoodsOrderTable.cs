using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>The transition table of goods orders, one row a way; the diagram in the docs is made from it.</summary>
public static class GoodsOrderTable
{
    private const OrderStatus Requested = OrderStatus.Requested;
    private const OrderStatus Accepted = OrderStatus.Accepted;
    private const OrderStatus Paid = OrderStatus.Paid;
    private const OrderStatus Fulfilled = OrderStatus.Fulfilled;
    private const OrderStatus Disputed = OrderStatus.Disputed;

    /// <summary>
    /// The only ways by which a goods order changes. Of an order without escrow no row moves money, and those of disputes and refunds are refused; what
    /// goes on within a dispute is the dispute's own table.
    /// </summary>
    public static IReadOnlyList<Transition> Rows { get; } =
    [
        //  from      action                      by            to                     escrow                next duty
        new(Requested, OrderAction.Accept,         Party.Seller, Accepted,              EscrowEffect.None,    Duty.BuyerPays),
        new(Requested, OrderAction.Decline,        Party.Seller, OrderStatus.Declined,  EscrowEffect.None,    Duty.None),
        new(Requested, OrderAction.Cancel,         Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.None,    Duty.None),
        new(Requested, OrderAction.Expire,         Party.System, OrderStatus.Expired,   EscrowEffect.None,    Duty.None),
        new(Accepted,  OrderAction.Pay,            Party.Buyer,  Paid,                  EscrowEffect.Hold,    Duty.SellerFulfils),
        new(Accepted,  OrderAction.Cancel,         Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.None,    Duty.None),
        new(Accepted,  OrderAction.Cancel,         Party.Seller, OrderStatus.Cancelled, EscrowEffect.None,    Duty.None),
        new(Accepted,  OrderAction.Expire,         Party.System, OrderStatus.Expired,   EscrowEffect.None,    Duty.None),
        new(Paid,      OrderAction.FulfilPart,     Party.Seller, Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.Fulfil,         Party.Seller, Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Paid,      OrderAction.Cancel,         Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Paid,      OrderAction.Cancel,         Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.None,    Duty.None),
        new(Paid,      OrderAction.GiveRefund,     Party.Seller, Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.RequestCancel,  Party.Buyer,  Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.RequestCancel,  Party.Seller, Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.AcceptCancel,   Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Paid,      OrderAction.AcceptCancel,   Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Paid,      OrderAction.DeclineCancel,  Party.Buyer,  Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.DeclineCancel,  Party.Seller, Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.MarkOverdue,    Party.System, Paid,                  EscrowEffect.None,    Duty.SellerFulfils),
        new(Paid,      OrderAction.Dispute,        Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Paid,      OrderAction.Dispute,        Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Paid,      OrderAction.Dispute,        Party.System, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Fulfilled, OrderAction.ConfirmReceipt, Party.Buyer,  OrderStatus.Completed, EscrowEffect.Release, Duty.None),
        new(Fulfilled, OrderAction.AssumeReceipt,  Party.System, OrderStatus.Completed, EscrowEffect.None,    Duty.None),
        new(Fulfilled, OrderAction.GiveRefund,     Party.Seller, Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Fulfilled, OrderAction.RequestCancel,  Party.Buyer,  Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Fulfilled, OrderAction.RequestCancel,  Party.Seller, Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Fulfilled, OrderAction.AcceptCancel,   Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Fulfilled, OrderAction.AcceptCancel,   Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Fulfilled, OrderAction.DeclineCancel,  Party.Buyer,  Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Fulfilled, OrderAction.DeclineCancel,  Party.Seller, Fulfilled,             EscrowEffect.None,    Duty.BuyerReceives),
        new(Fulfilled, OrderAction.Dispute,        Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Fulfilled, OrderAction.Dispute,        Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Fulfilled, OrderAction.Dispute,        Party.System, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.ConfirmReceipt, Party.Buyer,  OrderStatus.Completed, EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.GiveRefund,     Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.RequestCancel,  Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.RequestCancel,  Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.AcceptCancel,   Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.AcceptCancel,   Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.DeclineCancel,  Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.DeclineCancel,  Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.ResolveRelease, Party.System, OrderStatus.Completed, EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.ResolveRelease, Party.Staff,  OrderStatus.Completed, EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.ResolveRefund,  Party.System, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.ResolveRefund,  Party.Staff,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.ResolveSplit,   Party.System, OrderStatus.Completed, EscrowEffect.Split,   Duty.None),
        new(Disputed,  OrderAction.ResolveSplit,   Party.Staff,  OrderStatus.Completed, EscrowEffect.Split,   Duty.None),
    ];
}
