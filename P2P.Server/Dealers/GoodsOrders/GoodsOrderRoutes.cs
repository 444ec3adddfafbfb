using System.Text;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Accounts;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>The REST path of goods orders: as a table.</summary>
public static class GoodsOrderRoutes
{
    public static void MapGoodsOrders(this WebApplication app)
    {
        var api = app.MapGroup("/api/p2p/goods-orders").RequireAuthorization();
        api.RefuseSuspended();
        api.MapGet("/export.csv", Export);
    }

    private static async Task<IResult> Export(
        HttpContext context,
        bool? open,
        OrderStatus? status,
        Party? you,
        Guid? itemId,
        string? peerId,
        DateTimeOffset? from,
        DateTimeOffset? until,
        AccountGate gate,
        GoodsOrderReadFlow flow)
    {
        var caller = context.User.Caller();
        if ((await gate.Admit(caller, context.RequestAborted)).Refusal is { } reason)
        {
            throw new Refused(reason);
        }

        var request = new ListGoodsOrdersRequest
        {
            Open = open,
            Status = status,
            You = you,
            ItemId = itemId,
            PeerId = peerId,
            From = from,
            Until = until,
        };
        var table = await flow.Export(caller, request, context.RequestAborted);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"goods-orders.csv\"";
        return Results.Text(table, "text/csv; header=present", Encoding.UTF8);
    }
}
