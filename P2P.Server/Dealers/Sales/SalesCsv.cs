using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core.Text;

namespace P2P.Server.Dealers.Sales;

/// <summary>Sales and stock as tables for spreadsheets.</summary>
public static class SalesCsv
{
    private const string SalesHead = "day,item_id,item_name,peer_id,peer_name,currency,orders,quantity,unit,ordered,earned";
    private const string TurnoverHead = "item_id,item_name,unit,opening,closing,sold,turnover";

    public static string Write(IEnumerable<SalesRow> rows) => Table(SalesHead, rows.Select(row => (string?[])
    [
        row.Day is { } day ? Days.Spell(day) : null,
        row.ItemId?.ToString(),
        Csv.Cell(row.ItemName),
        row.PeerId,
        Csv.Cell(row.PeerName),
        Csv.Cell(row.Currency),
        row.Orders.ToString(CultureInfo.InvariantCulture),
        Amount(row.Quantity),
        Csv.Cell(row.Unit),
        Amount(row.Ordered),
        Amount(row.Earned),
    ]));

    public static string Write(IEnumerable<StockTurnoverRow> rows) => Table(TurnoverHead, rows.Select(row => (string?[])
    [
        row.ItemId.ToString(),
        Csv.Cell(row.ItemName),
        Csv.Cell(row.Unit),
        Amount(row.Opening),
        Amount(row.Closing),
        Amount(row.Sold),
        Amount(row.Turnover),
    ]));

    private static string Table(string head, IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder(head).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row).Append("\r\n");
        }

        return text.ToString();
    }

    private static string? Amount(decimal? amount) => amount is { } value ? WireJson.Spell(value) : null;
}
