using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<OrderReply> CreateGoodsOrder(CreateGoodsOrderRequest request) => dealers.Orders.Create(Caller, request, Aborted);

    public Task<GoodsOrderCheck> CheckCreateGoodsOrder(CheckCreateGoodsOrderRequest request) =>
        dealers.OrderReads.CheckCreate(Caller, request, Aborted);

    public Task<Page<GoodsOrderView>> ListGoodsOrders(ListGoodsOrdersRequest request) => dealers.OrderReads.List(Caller, request, Aborted);

    public Task<GoodsOrderView> GetGoodsOrder(Guid orderId) => dealers.OrderReads.Get(Caller, orderId, Aborted);

    public Task<IReadOnlyList<GoodsActionCheck>> GetGoodsOrderActions(Guid orderId) => dealers.OrderReads.Actions(Caller, orderId, Aborted);

    public Task<OrderReply> AcceptGoodsOrder(AcceptGoodsOrderRequest request) => dealers.Orders.Accept(Caller, request, Aborted);

    public Task<OrderReply> DeclineGoodsOrder(GoodsOrderRequest request) => Act(nameof(DeclineGoodsOrder), request, OrderAction.Decline);

    public Task<OrderReply> CancelGoodsOrder(GoodsOrderRequest request) => Act(nameof(CancelGoodsOrder), request, OrderAction.Cancel);

    public Task<OrderReply> PayGoodsOrder(PayGoodsOrderRequest request) => dealers.Orders.Pay(Caller, request, Aborted);

    public Task<OrderReply> FulfilGoodsOrderPart(FulfilPartRequest request) => dealers.Orders.FulfilPart(Caller, request, Aborted);

    public Task<OrderReply> FulfilGoodsOrder(FulfilRequest request) => dealers.Orders.Fulfil(Caller, request, Aborted);

    public Task<OrderReply> GiveGoodsRefund(GiveRefundRequest request) => dealers.Orders.GiveRefund(Caller, request, Aborted);

    public Task<OrderReply> ConfirmGoodsReceipt(GoodsOrderRequest request) => dealers.Orders.ConfirmReceipt(Caller, request, Aborted);

    public Task<OrderReply> RequestGoodsCancel(GoodsOrderRequest request) => Act(nameof(RequestGoodsCancel), request, OrderAction.RequestCancel);

    public Task<OrderReply> AcceptGoodsCancel(GoodsOrderRequest request) => Act(nameof(AcceptGoodsCancel), request, OrderAction.AcceptCancel);

    public Task<OrderReply> DeclineGoodsCancel(GoodsOrderRequest request) => Act(nameof(DeclineGoodsCancel), request, OrderAction.DeclineCancel);

    private Task<OrderReply> Act(string call, GoodsOrderRequest request, OrderAction action) =>
        dealers.Orders.Act(Caller, call, request, action, Aborted);
}
