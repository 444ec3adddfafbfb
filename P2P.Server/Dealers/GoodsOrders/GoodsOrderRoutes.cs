using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core.Text;
using P2P.Server.Dealers.Peers;

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
        string? status,
        string? you,
        Guid? itemId,
        string? peerId,
        DateTimeOffset? from,
        DateTimeOffset? until,
        AccountGate gate,
        GoodsOrderReadFlow flow)
    {
        var caller = await gate.Admitted(context);
        var request = new ListGoodsOrdersRequest
        {
            Open = open,
            Status = Named<OrderStatus>(status, "status"),
            You = Named<Party>(you, "you"),
            ItemId = itemId,
            PeerId = peerId,
            From = from,
            Until = until,
        };
        var table = await flow.Export(caller, request, context.RequestAborted);
        return CsvAnswer.Of(context, "goods-orders", table);
    }

    /// <summary>A value by its name, as on the hubs: a number names nothing.</summary>
    private static T? Named<T>(string? text, string path)
        where T : struct, Enum => text is null ? null
            : Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
            : throw PeerRules.Bad(path, $"There is no {path} {text}.");
}
