using P2P.Contracts.Dealers;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core.Text;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Sales;

/// <summary>The REST paths of sales: the answers of the calls as tables.</summary>
public static class SalesRoutes
{
    public static void MapSales(this WebApplication app)
    {
        var api = app.MapGroup("/api/p2p").RequireAuthorization();
        api.RefuseSuspended();
        api.MapGet("/sales.csv", Sales);
        api.MapGet("/stock-turnover.csv", Turnover);
    }

    private static async Task<IResult> Sales(HttpContext context, string? from, string? to, string? by, AccountGate gate, SalesFlow flow)
    {
        var caller = await gate.Admitted(context);
        var request = new GetSalesRequest { From = Days.Parse(from, "from"), To = Days.Parse(to, "to"), By = Grouping(by) };
        var view = await flow.Sales(caller, request, context.RequestAborted);
        return CsvAnswer.Of(context, "sales", SalesCsv.Write(view.Rows));
    }

    private static async Task<IResult> Turnover(HttpContext context, string? from, string? to, AccountGate gate, SalesFlow flow)
    {
        var caller = await gate.Admitted(context);
        var request = new GetStockTurnoverRequest { From = Days.Parse(from, "from"), To = Days.Parse(to, "to") };
        var view = await flow.Turnover(caller, request, context.RequestAborted);
        return CsvAnswer.Of(context, "stock-turnover", SalesCsv.Write(view.Rows));
    }

    private static SalesGrouping Grouping(string? text) => text switch
    {
        null or "item" => SalesGrouping.Item,
        "peer" => SalesGrouping.Peer,
        "day" => SalesGrouping.Day,
        _ => throw PeerRules.Bad("by", "by is item, peer or day."),
    };
}
