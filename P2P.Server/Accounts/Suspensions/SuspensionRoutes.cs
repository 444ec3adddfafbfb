using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>The REST paths that a suspended user has: why, until when, which orders are open, and a word on each.</summary>
internal static class SuspensionRoutes
{
    public static void MapSuspensions(this RouteGroupBuilder api)
    {
        api.MapGet("/suspension", Get).WhileSuspended();
        api.MapPost("/suspension/statement", State).WhileSuspended();
    }

    private static async Task<IResult> Get(HttpContext context, SuspensionFlow flow)
    {
        var caller = context.User.Caller();
        var live = await flow.Live(caller, context.RequestAborted);
        var orders = await flow.OpenOrders(caller, context.RequestAborted);
        return Envelope.Ok(new
        {
            IsSuspended = live is not null,
            live?.Reason,
            SuspendedAt = live?.At,
            live?.Until,
            Orders = orders.Select(OrderAnswer.Of).ToList(),
            Disputes = Array.Empty<object>(),
        });
    }

    private static async Task<IResult> State(HttpContext context, SuspensionFlow flow)
    {
        var body = await RestJson.Read<StatementBody>(context);
        await flow.State(context.User.Caller(), body.OrderId, body.Text, body.PaymentReference, context.RequestAborted);
        return Envelope.Ok(
            new { body.OrderId, PaymentConfirmed = body.PaymentReference is not null },
            "Your statement is kept with the order.");
    }

    /// <summary>What `suspension/statement` takes.</summary>
    private sealed record StatementBody
    {
        public required Guid OrderId { get; init; }
        public required string Text { get; init; }
        public string? PaymentReference { get; init; }
    }

    /// <summary>An open order; amounts are texts, as everywhere on the wire.</summary>
    private sealed record OrderAnswer(
        Guid Id,
        OrderKind Kind,
        OrderStatus Status,
        Party Party,
        string Asset,
        string CryptoAmount,
        string Fiat,
        string FiatAmount,
        Duty Duty,
        DateTimeOffset? Deadline,
        DateTimeOffset CreatedAt)
    {
        public static OrderAnswer Of(OwnOpenOrder order) => new(
            order.Id,
            order.Kind,
            order.Status,
            order.Party,
            order.Asset,
            WireJson.Spell(order.CryptoAmount),
            order.Fiat,
            WireJson.Spell(order.FiatAmount),
            order.Duty,
            order.Deadline,
            order.CreatedAt);
    }
}
