using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>The commands on goods orders: checks the request's shape, then lets the engine decide.</summary>
public sealed class GoodsOrderFlow(Database database, OrderEngine engine, SecondFactorGate gate)
{
    public async Task<OrderReply> Create(Caller caller, CreateGoodsOrderRequest request, CancellationToken cancellation)
    {
        var terms = GoodsRequestRules.Terms(request.Quantity, request.ExpectedPrice, request.Escrow, request.Notes);
        _ = await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer();
        return await Run(
            new PlaceOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IGoodsOrderCalls.CreateGoodsOrder), request),
                OrderId = Ids.New(),
                OfferId = request.ItemId,
                Kind = OrderKind.Goods,
                Request = terms,
            },
            cancellation);
    }

    public Task<OrderReply> Accept(Caller caller, AcceptGoodsOrderRequest request, CancellationToken cancellation) => Run(
        Move(caller, nameof(IGoodsOrderCalls.AcceptGoodsOrder), request, request.OrderId, request.ExpectedVersion, OrderAction.Accept) with
        {
            Request = GoodsRequestRules.Accept(request.FulfilDays),
        },
        cancellation);

    /// <summary>Pays, with a second factor where there is one.</summary>
    public async Task<OrderReply> Pay(Caller caller, PayGoodsOrderRequest request, CancellationToken cancellation)
    {
        var reference = GoodsRequestRules.Reference(request.PaymentReference);
        await gate.Ensure(caller, request, cancellation);
        var asked = request with { SecondFactorCode = null };
        return await Run(
            Move(caller, nameof(IGoodsOrderCalls.PayGoodsOrder), asked, request.OrderId, request.ExpectedVersion, OrderAction.Pay) with
            {
                Reference = reference,
            },
            cancellation);
    }

    public Task<OrderReply> FulfilPart(Caller caller, FulfilPartRequest request, CancellationToken cancellation) => Send(
        caller,
        Move(caller, nameof(IGoodsOrderCalls.FulfilGoodsOrderPart), request, request.OrderId, request.ExpectedVersion, OrderAction.FulfilPart),
        GoodsRequestRules.Shipment(request.Quantity, request.Carrier, request.Tracking, request.Note, request.ProofId),
        cancellation);

    public Task<OrderReply> Fulfil(Caller caller, FulfilRequest request, CancellationToken cancellation) => Send(
        caller,
        Move(caller, nameof(IGoodsOrderCalls.FulfilGoodsOrder), request, request.OrderId, request.ExpectedVersion, OrderAction.Fulfil),
        GoodsRequestRules.Shipment(request.Quantity, request.Carrier, request.Tracking, request.Note, request.ProofId),
        cancellation);

    public Task<OrderReply> GiveRefund(Caller caller, GiveRefundRequest request, CancellationToken cancellation) => Run(
        Move(caller, nameof(IGoodsOrderCalls.GiveGoodsRefund), request, request.OrderId, request.ExpectedVersion, OrderAction.GiveRefund) with
        {
            Request = GoodsRequestRules.Refund(request.Amount),
        },
        cancellation);

    /// <summary>Gives the seller the money, with a second factor where there is one.</summary>
    public async Task<OrderReply> ConfirmReceipt(Caller caller, GoodsOrderRequest request, CancellationToken cancellation)
    {
        await gate.Ensure(caller, request, cancellation);
        return await Act(caller, nameof(IGoodsOrderCalls.ConfirmGoodsReceipt), request, OrderAction.ConfirmReceipt, cancellation);
    }

    /// <summary>Acts on an order in a way that needs no more than the order's id.</summary>
    public Task<OrderReply> Act(Caller caller, string call, GoodsOrderRequest request, OrderAction action, CancellationToken cancellation)
    {
        SecondFactorGate.Check(request);
        return Run(Move(caller, call, request with { SecondFactorCode = null }, request.OrderId, request.ExpectedVersion, action), cancellation);
    }

    /// <summary>Files never change hands, so a repeat of the request finds the same proof.</summary>
    private async Task<OrderReply> Send(Caller caller, MoveOrder command, ShipmentTerms terms, CancellationToken cancellation)
    {
        if (terms.ProofId is { } proof
            && !await database.Read(tx => GoodsOrderReadSql.IsProof(tx, command.OrderId, caller.UserId, proof), cancellation))
        {
            throw new Refused(ErrorCodes.NotFound, "You have sent no such file in this order.");
        }

        return await Run(command with { Request = terms }, cancellation);
    }

    private static MoveOrder Move(Caller caller, string call, IChange request, Guid orderId, int? expectedVersion, OrderAction action) => new()
    {
        UserId = caller.UserId,
        RequestId = request.RequestId,
        BodyHash = RequestHash.Of(call, request),
        OrderId = orderId,
        Kind = OrderKind.Goods,
        Action = action,
        ExpectedVersion = expectedVersion,
    };

    private async Task<OrderReply> Run(EngineCommand command, CancellationToken cancellation)
    {
        var reply = await engine.Run(command, cancellation);
        return JsonSerializer.Deserialize<OrderReply>(reply, WireJson.Server)
            ?? throw new InvalidOperationException("A stored answer is null.");
    }
}
