using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Sales;

/// <summary>What a dealer sold, in numbers, each answer of one snapshot.</summary>
public sealed class SalesFlow(Database database)
{
    private const int RowsMax = 5_000;
    private const int TurnoverDecimals = 4;

    public async Task<SalesView> Sales(Caller caller, GetSalesRequest request, CancellationToken cancellation)
    {
        Days.CheckRange(request.From, request.To);
        Func<Tx, long, string, string, int, Task<IEnumerable<SalesFigures>>> read = request.By switch
        {
            SalesGrouping.Item => SalesSql.ByItem,
            SalesGrouping.Peer => SalesSql.ByPeer,
            SalesGrouping.Day => SalesSql.ByDay,
            _ => throw PeerRules.Bad("by", "Sales are by item, by peer or by day."),
        };
        var rows = await Rows(caller, request.From, request.To, read, cancellation);
        return new SalesView { Rows = [.. rows.Take(RowsMax).Select(View)], IsCut = rows.Count > RowsMax };
    }

    public async Task<StockTurnoverView> Turnover(Caller caller, GetStockTurnoverRequest request, CancellationToken cancellation)
    {
        Days.CheckRange(request.From, request.To);
        var rows = await Rows(caller, request.From, request.To, SalesSql.Stock, cancellation);
        return new StockTurnoverView { Rows = [.. rows.Take(RowsMax).Select(View)], IsCut = rows.Count > RowsMax };
    }

    private Task<List<T>> Rows<T>(
        Caller caller, DateOnly from, DateOnly to, Func<Tx, long, string, string, int, Task<IEnumerable<T>>> read, CancellationToken cancellation) =>
        database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                return (await read(tx, caller.UserId, Days.Spell(from), Days.Spell(to), RowsMax + 1)).ToList();
            },
            cancellation);

    private static SalesRow View(SalesFigures row) => new()
    {
        ItemId = row.ItemId,
        ItemName = row.ItemName,
        Unit = row.Unit,
        Quantity = row.Quantity,
        PeerId = row.PeerId is { } peer ? PeerRules.Spell(peer) : null,
        PeerName = row.PeerName,
        Day = row.Day is { } day ? Days.Read(day) : null,
        Currency = row.Currency,
        Orders = row.Orders,
        Ordered = row.Ordered,
        Earned = row.Earned,
    };

    private static StockTurnoverRow View(StockFigures row) => new()
    {
        ItemId = row.ItemId,
        ItemName = row.ItemName,
        Unit = row.Unit,
        Opening = row.Opening,
        Closing = row.Closing,
        Sold = row.Sold,
        Turnover = row.Opening + row.Closing == 0
            ? null
            : decimal.Round(2 * row.Sold / (row.Opening + row.Closing), TurnoverDecimals, MidpointRounding.ToEven),
    };
}
