using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Analytics;

/// <summary>
/// Analytics as a table for spreadsheets.
/// </summary>
public static class AnalyticsCsv
{
    private const string Head =
        "day,asset,fiat,payment_method_id,payment_method,placed,completed,cancelled,expired,disputed,completion_rate,crypto_volume,"
        + "fiat_volume,release_seconds_median,traders,returned,retention_rate";

    public static string Write(IEnumerable<AnalyticsRow> rows)
    {
        var text = new StringBuilder(Head).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', CellsOf(row)).Append("\r\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> CellsOf(AnalyticsRow row) =>
    [
        row.Day is { } day ? Days.Spell(day) : "",
        Csv.Cell(row.Asset),
        Csv.Cell(row.Fiat),
        Number(row.PaymentMethodId),
        Csv.Cell(row.PaymentMethod),
        Number(row.Placed),
        Number(row.Completed),
        Number(row.Cancelled),
        Number(row.Expired),
        Number(row.Disputed),
        Amount(row.CompletionRate),
        Amount(row.CryptoVolume),
        Amount(row.FiatVolume),
        Number(row.ReleaseSecondsMedian),
        Number(row.Traders),
        Number(row.Returned),
        Amount(row.RetentionRate),
    ];

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Amount(decimal? amount) => amount is { } value ? WireJson.Spell(value) : "";
}
