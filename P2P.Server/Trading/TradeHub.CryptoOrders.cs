using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

public sealed partial class TradeHub
{
    public Task<OrderReply> CreateOrder(CreateOrderRequest request) => orders.Flow.Create(Caller, request, Aborted);

    public Task<OrderCheck> CheckCreateOrder(CheckCreateOrderRequest request) => orders.Reads.CheckCreate(Caller, request, Aborted);

    public Task<Page<OrderView>> ListOrders(ListOrdersRequest request) => orders.Reads.List(Caller, request, Aborted);

    public Task<OrderView> GetOrder(Guid orderId) => orders.Reads.Get(Caller, orderId, Aborted);

    public Task<IReadOnlyList<OrderActionCheck>> GetOrderActions(Guid orderId) => orders.Reads.Actions(Caller, orderId, Aborted);

    public Task<OrderReply> CancelOrder(OrderRequest request) =>
        orders.Flow.Move(Caller, nameof(CancelOrder), request, OrderAction.Cancel, Aborted);

    public Task<OrderReply> ConfirmPayment(ConfirmPaymentRequest request) => orders.Flow.ConfirmPayment(Caller, request, Aborted);

    public Task<OrderReply> UndoConfirmation(OrderRequest request) =>
        orders.Flow.Move(Caller, nameof(UndoConfirmation), request, OrderAction.UndoConfirmation, Aborted);

    public Task<OrderReply> ExtendPaymentWindow(ExtendPaymentWindowRequest request) => orders.Flow.ExtendPaymentWindow(Caller, request, Aborted);

    public Task<OrderReply> ReleaseCrypto(OrderRequest request) => orders.Flow.Release(Caller, request, Aborted);

    public Task<OrderReply> RequestCancel(OrderRequest request) =>
        orders.Flow.Move(Caller, nameof(RequestCancel), request, OrderAction.RequestCancel, Aborted);

    public Task<OrderReply> AcceptCancel(OrderRequest request) =>
        orders.Flow.Move(Caller, nameof(AcceptCancel), request, OrderAction.AcceptCancel, Aborted);

    public Task<OrderReply> DeclineCancel(OrderRequest request) =>
        orders.Flow.Move(Caller, nameof(DeclineCancel), request, OrderAction.DeclineCancel, Aborted);
}
