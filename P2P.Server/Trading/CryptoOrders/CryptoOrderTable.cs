using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>The transition table of crypto orders, one row a way; the diagram in the docs is made from it.</summary>
public static class CryptoOrderTable
{
    private const OrderStatus Awaiting = OrderStatus.AwaitingPayment;
    private const OrderStatus Confirmed = OrderStatus.PaymentConfirmed;
    private const OrderStatus Disputed = OrderStatus.Disputed;

    /// <summary>The only ways by which a crypto order changes. What goes on within a dispute is the dispute's own table.</summary>
    public static IReadOnlyList<Transition> Rows { get; } =
    [
        //  from      action                           by            to                     escrow                next duty
        new(Awaiting,  OrderAction.Cancel,              Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Awaiting,  OrderAction.Cancel,              Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Awaiting,  OrderAction.ConfirmPayment,      Party.Buyer,  Confirmed,             EscrowEffect.None,    Duty.SellerReleases),
        new(Awaiting,  OrderAction.ExtendPaymentWindow, Party.Seller, Awaiting,              EscrowEffect.None,    Duty.BuyerPays),
        new(Awaiting,  OrderAction.Expire,              Party.System, OrderStatus.Expired,   EscrowEffect.Refund,  Duty.None),
        new(Confirmed, OrderAction.UndoConfirmation,    Party.Buyer,  Awaiting,              EscrowEffect.None,    Duty.BuyerPays),
        new(Confirmed, OrderAction.Release,             Party.Seller, OrderStatus.Released,  EscrowEffect.Release, Duty.None),
        new(Confirmed, OrderAction.RequestCancel,       Party.Buyer,  Confirmed,             EscrowEffect.None,    Duty.SellerReleases),
        new(Confirmed, OrderAction.RequestCancel,       Party.Seller, Confirmed,             EscrowEffect.None,    Duty.SellerReleases),
        new(Confirmed, OrderAction.AcceptCancel,        Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Confirmed, OrderAction.AcceptCancel,        Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Confirmed, OrderAction.DeclineCancel,       Party.Buyer,  Confirmed,             EscrowEffect.None,    Duty.SellerReleases),
        new(Confirmed, OrderAction.DeclineCancel,       Party.Seller, Confirmed,             EscrowEffect.None,    Duty.SellerReleases),
        new(Confirmed, OrderAction.Dispute,             Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Confirmed, OrderAction.Dispute,             Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Confirmed, OrderAction.Dispute,             Party.System, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.Release,             Party.Seller, OrderStatus.Released,  EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.RequestCancel,       Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.RequestCancel,       Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.AcceptCancel,        Party.Buyer,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.AcceptCancel,        Party.Seller, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.DeclineCancel,       Party.Buyer,  Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.DeclineCancel,       Party.Seller, Disputed,              EscrowEffect.None,    Duty.DisputeEnds),
        new(Disputed,  OrderAction.ResolveRelease,      Party.System, OrderStatus.Released,  EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.ResolveRelease,      Party.Staff,  OrderStatus.Released,  EscrowEffect.Release, Duty.None),
        new(Disputed,  OrderAction.ResolveRefund,       Party.System, OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.ResolveRefund,       Party.Staff,  OrderStatus.Cancelled, EscrowEffect.Refund,  Duty.None),
        new(Disputed,  OrderAction.ResolveSplit,        Party.System, OrderStatus.Released,  EscrowEffect.Split,   Duty.None),
        new(Disputed,  OrderAction.ResolveSplit,        Party.Staff,  OrderStatus.Released,  EscrowEffect.Split,   Duty.None),
    ];
}
