using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>The commands on crypto orders: checks the request's shape, then lets the engine decide.</summary>
public sealed class CryptoOrderFlow(Database database, OrderEngine engine, SecondFactorGate gate)
{
    /// <summary>Takes an ad.</summary>
    public Task<OrderReply> Create(Caller caller, CreateOrderRequest request, CancellationToken cancellation)
    {
        OrderRequestRules.Check(request.FiatAmount, request.CryptoAmount, request.ExpectedPrice, request.LinkSecret);
        return Run(
            new PlaceOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IOrderCalls.CreateOrder), request),
                OrderId = Ids.New(),
                OfferId = request.AdId,
                Kind = OrderKind.Crypto,
                Request = PlaceTerms.Of(request, request.LinkSecret is { } secret ? AdLinks.HashOf(secret) : null),
            },
            cancellation);
    }

    /// <summary>Gives the asset to the buyer, with a second factor where there is one.</summary>
    public async Task<OrderReply> Release(Caller caller, OrderRequest request, CancellationToken cancellation)
    {
        await gate.Ensure(caller, request, cancellation);
        return await Move(caller, nameof(IOrderCalls.ReleaseCrypto), request, OrderAction.Release, cancellation);
    }

    /// <summary>Acts on an order in a way that needs no more than the order's id.</summary>
    public Task<OrderReply> Move(Caller caller, string call, OrderRequest request, OrderAction action, CancellationToken cancellation)
    {
        SecondFactorGate.Check(request);
        return Run(
            new MoveOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(call, request with { SecondFactorCode = null }),
                OrderId = request.OrderId,
                Kind = OrderKind.Crypto,
                Action = action,
                ExpectedVersion = request.ExpectedVersion,
            },
            cancellation);
    }

    /// <summary>Says that the money is sent.</summary>
    public async Task<OrderReply> ConfirmPayment(Caller caller, ConfirmPaymentRequest request, CancellationToken cancellation)
    {
        var reference = CleanText.Line(request.PaymentReference);
        var payer = CleanText.Line(request.PayerName);
        OrderRequestRules.CheckReference(reference);
        OrderRequestRules.CheckPayer(payer, request.PayerAccountId);
        if (request.PayerAccountId is { } accountId)
        {
            // Accounts never change, so a repeat of the request finds the same name.
            payer = await database.Read(tx => CryptoOrderReadSql.Holder(tx, caller.UserId, accountId), cancellation)
                ?? throw new Refused(ErrorCodes.NotFound, "There is no such payment account of yours.");
        }

        return await Run(
            new MoveOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IOrderCalls.ConfirmPayment), request),
                OrderId = request.OrderId,
                Kind = OrderKind.Crypto,
                Action = OrderAction.ConfirmPayment,
                ExpectedVersion = request.ExpectedVersion,
                Reference = reference,
                PayerName = payer,
            },
            cancellation);
    }

    /// <summary>Gives the buyer more time.</summary>
    public Task<OrderReply> ExtendPaymentWindow(Caller caller, ExtendPaymentWindowRequest request, CancellationToken cancellation)
    {
        OrderRequestRules.CheckMinutes(request.Minutes);
        return Run(
            new MoveOrder
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IOrderCalls.ExtendPaymentWindow), request),
                OrderId = request.OrderId,
                Kind = OrderKind.Crypto,
                Action = OrderAction.ExtendPaymentWindow,
                ExpectedVersion = request.ExpectedVersion,
                Minutes = request.Minutes,
            },
            cancellation);
    }

    /// <summary>
    /// A suspended buyer confirms a payment by a statement, which comes without a request id: a repeat finds the payment confirmed with the same
    /// reference and is answered by how the order stands.
    /// </summary>
    public async Task<OrderReply> ConfirmByStatement(Caller caller, Guid orderId, string reference, CancellationToken cancellation)
    {
        OrderRequestRules.CheckReference(reference);
        var command = new MoveOrder
        {
            UserId = caller.UserId,
            RequestId = Ids.New(),
            BodyHash = RequestHash.Of(nameof(ConfirmByStatement), reference),
            OrderId = orderId,
            Kind = OrderKind.Crypto,
            Action = OrderAction.ConfirmPayment,
            Reference = reference,
        };
        try
        {
            return await Run(command, cancellation);
        }
        catch (Refused refused) when (refused.Code == ErrorCodes.WrongStatus)
        {
            var confirmed = await database.Read(tx => CryptoOrderReadSql.ConfirmedWith(tx, caller.UserId, orderId, reference), cancellation);
            if (confirmed is not null)
            {
                return confirmed;
            }

            throw;
        }
    }

    private async Task<OrderReply> Run(EngineCommand command, CancellationToken cancellation)
    {
        var reply = await engine.Run(command, cancellation);
        return JsonSerializer.Deserialize<OrderReply>(reply, WireJson.Server)
            ?? throw new InvalidOperationException("A stored answer is null.");
    }
}
