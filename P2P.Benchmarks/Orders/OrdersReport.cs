using System.Globalization;
using P2P.Benchmarks.Measuring;
using Spectre.Console;

namespace P2P.Benchmarks.Orders;

/// <summary>Prints what was measured, for people or for a file.</summary>
internal static class OrdersReport
{
    private static readonly string[] Columns =
    [
        "callers", "ads", "target", "lifecycles/s", "ratio to D", "CPU ratio",
        "p50 ms", "p50 to C", "p99 ms", "CPU us client", "CPU us PostgreSQL", "batch", "load",
    ];

    public static void Print(OrdersResult result, bool plain)
    {
        var rows = result.Series.SelectMany(Rows).ToList();
        if (plain)
        {
            PrintPlain(rows);
        }
        else
        {
            PrintTable(rows);
        }

        Console.WriteLine();
        foreach (var written in result.Written)
        {
            Console.WriteLine(
                $"one lifecycle of {written.Target.Letter} writes: "
                + $"{string.Join(", ", written.Rows.Select(row => $"{row.Value} {row.Key}"))}, "
                + $"{written.Characters} characters of events and replies");
        }

        Console.WriteLine(result.WritesAgree ? "All targets write the same rows." : "THE TARGETS DO NOT WRITE THE SAME ROWS.");
        foreach (var (name, broken) in result.Invariants)
        {
            Console.WriteLine(broken == 0 ? $"holds: {name}" : $"BROKEN in {broken}: {name}");
        }
    }

    private static IEnumerable<string[]> Rows(OrdersSeries series) => series.Samples.Keys.Select(target => new[]
    {
        Spell(series.Load.Callers, "0"),
        series.Load.Kind == LoadKind.Hot ? "hot" : "spread",
        $"{target.Letter} {target.Name}",
        Spell(series.Median(target, sample => sample.Rate), "0"),
        Ratio(series.Ratios(target)),
        Ratio(series.CpuRatios(target)),
        Spell(series.Median(target, sample => sample.P50Ms), "0.00"),
        series.LatencyRatios(target) is { Count: > 0 } ratios ? Ratio(ratios) : "",
        Spell(series.Median(target, sample => sample.P99Ms), "0.0"),
        Spell(series.Median(target, sample => sample.ClientCpuUs), "0"),
        Spell(series.Median(target, sample => sample.PostgresCpuUs), "0"),
        Spell(series.Median(target, sample => sample.BatchMean), "0.0"),
        series.LoadAverage,
    });

    private static void PrintPlain(List<string[]> rows)
    {
        Console.WriteLine($"| {string.Join(" | ", Columns)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Columns.Length))}");
        foreach (var row in rows)
        {
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }

    private static void PrintTable(List<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }

    private static string Ratio(IReadOnlyList<double> ratios) =>
        string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(ratios):0.00} [{ratios.Min():0.00}..{ratios.Max():0.00}]");

    private static string Spell(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
