using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

/// <summary>Orders under escrow.</summary>
public sealed partial class TradeHub
{
    public Task<OrderReply> CreateOrder(CreateOrderRequest request) => trade.Orders.Create(Caller, request, Aborted);

    public Task<OrderCheck> CheckCreateOrder(CheckCreateOrderRequest request) => trade.OrderReads.CheckCreate(Caller, request, Aborted);

    public Task<Page<OrderView>> ListOrders(ListOrdersRequest request) => trade.OrderReads.List(Caller, request, Aborted);

    public Task<OrderView> GetOrder(Guid orderId) => trade.OrderReads.Get(Caller, orderId, Aborted);

    public Task<IReadOnlyList<OrderActionCheck>> GetOrderActions(Guid orderId) => trade.OrderReads.Actions(Caller, orderId, Aborted);

    public Task<OrderReply> CancelOrder(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(CancelOrder), request, OrderAction.Cancel, Aborted);

    public Task<OrderReply> ConfirmPayment(ConfirmPaymentRequest request) => trade.Orders.ConfirmPayment(Caller, request, Aborted);

    public Task<OrderReply> UndoConfirmation(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(UndoConfirmation), request, OrderAction.UndoConfirmation, Aborted);

    public Task<OrderReply> ExtendPaymentWindow(ExtendPaymentWindowRequest request) => trade.Orders.ExtendPaymentWindow(Caller, request, Aborted);

    public Task<OrderReply> ReleaseCrypto(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(ReleaseCrypto), request, OrderAction.Release, Aborted);

    public Task<OrderReply> RequestCancel(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(RequestCancel), request, OrderAction.RequestCancel, Aborted);

    public Task<OrderReply> AcceptCancel(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(AcceptCancel), request, OrderAction.AcceptCancel, Aborted);

    public Task<OrderReply> DeclineCancel(OrderRequest request) =>
        trade.Orders.Move(Caller, nameof(DeclineCancel), request, OrderAction.DeclineCancel, Aborted);
}
