using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Server.Admin.Analytics;

/// <summary>
/// Analytics as a table for spreadsheets (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe.
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

    /// <summary>A text as a cell: no formula, and quoted where it must be.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // A spreadsheet passes over spaces before a formula, and reads the wide forms of these signs like the plain ones.
        var first = text.TrimStart(' ')[..Math.Min(1, text.TrimStart(' ').Length)];
        var safe = first is "=" or "+" or "-" or "@" or "\t" or "\r" or "\n" or "\uFF1D" or "\uFF0B" or "\uFF0D" or "\uFF20" ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n;") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static IEnumerable<string> CellsOf(AnalyticsRow row) =>
    [
        row.Day is { } day ? AnalyticsRules.Spell(day) : "",
        Cell(row.Asset),
        Cell(row.Fiat),
        Number(row.PaymentMethodId),
        Cell(row.PaymentMethod),
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
