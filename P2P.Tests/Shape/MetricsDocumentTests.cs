using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using P2P.Client.Sdk;
using P2P.Server;
using P2P.Server.Core;
using P2P.Tests.Support;

namespace P2P.Tests.Shape;

/// <summary>
/// docs/metrics.md names every instrument, and the dashboard and the alerts name none that does not exist. With P2P_WRITE=1 the table is
/// written anew.
/// </summary>
public sealed partial class MetricsDocumentTests : MarketFixture
{
    private const string Heading = "| instrument | in Prometheus | kind | meaning |\n|---|---|---|---|\n";
    private static readonly string Document = Path.Combine(Sources.Root, "docs", "metrics.md");
    private static readonly string Operations = Path.Combine(Sources.Root, "docs", "operations.md");
    private static readonly string Dashboard = Path.Combine(Sources.Root, "ops", "grafana", "p2p.json");
    private static readonly string Alerts = Path.Combine(Sources.Root, "ops", "prometheus", "alerts.yml");

    // What Prometheus itself and the scrape say.
    private static readonly string[] Prometheus = ["up"];

    private readonly List<Instrument> _published = [];

    [OneTimeSetUp]
    public async Task Find_the_instruments()
    {
        foreach (var type in typeof(ServerApp).Assembly.GetTypes()
            .Where(type => type.TypeInitializer is not null && !type.ContainsGenericParameters))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        await using var client = new P2PClient(new P2PClientOptions { ServerUrl = Market.AddressOf(), TokenProvider = _ => new("") });
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is ServerMeter.Name or "P2P.Client")
                {
                    _published.Add(instrument);
                }
            },
        };
        listener.Start();
    }

    private IEnumerable<Instrument> Instruments => _published
        .DistinctBy(instrument => instrument.Name).OrderBy(instrument => instrument.Name, StringComparer.Ordinal);

    [Test]
    public void Every_instrument_is_documented()
    {
        Instruments.Count().ShouldBeGreaterThan(30);
        var rows = string.Concat(Instruments.Select(one =>
            $"| `{one.Name}` | `{InPrometheus(one)}` | {KindOf(one)} | {one.Description} |\n"));
        var text = File.ReadAllText(Document);
        var start = text.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        start.ShouldBeGreaterThan(Heading.Length);
        var end = text.IndexOf("\n\n", start - 1, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("P2P_WRITE") == "1")
        {
            File.WriteAllText(Document, text[..start] + rows + text[end..]);
            return;
        }

        text[start..end].ShouldBe(rows, "run this test once with P2P_WRITE=1");
    }

    [Test]
    public void Every_instrument_has_a_name_a_unit_and_a_meaning_that_fit()
    {
        foreach (var one in Instruments)
        {
            one.Name.ShouldMatch(@"^p2p(\.[a-z]+)+$");
            one.Description.ShouldNotBeNullOrWhiteSpace(one.Name);
            (one.Unit ?? "").ShouldMatch(@"^(s|\{[a-z]+\})?$", one.Name);
            if (one.Name.EndsWith(".duration", StringComparison.Ordinal) || one.Name.EndsWith(".wait", StringComparison.Ordinal))
            {
                one.Unit.ShouldBe("s", one.Name);
            }
        }
    }

    [Test]
    public void The_dashboard_names_only_what_exists_and_all_that_an_operator_asks_for()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Count(one => one.GetProperty("name").GetString() == "datasource" && one.GetProperty("type").GetString() == "datasource")
            .ShouldBe(1);
        var expressions = new List<string>();
        foreach (var panel in panels.Where(panel => panel.GetProperty("type").GetString() != "row"))
        {
            panel.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
            panel.GetProperty("datasource").GetProperty("uid").GetString().ShouldBe("${datasource}");
            var targets = panel.GetProperty("targets").EnumerateArray()
                .Select(target => target.GetProperty("expr").GetString() ?? "").ToList();
            targets.ShouldNotBeEmpty();
            expressions.AddRange(targets);
        }

        var named = expressions.SelectMany(Named).Distinct().ToList();
        named.Except(Known()).ShouldBeEmpty();

        // Every figure of the server is somewhere on it.
        _published.Where(one => one.Meter.Name == ServerMeter.Name).Select(InPrometheus).Distinct().Except(named).ShouldBeEmpty();
    }

    [Test]
    public void Every_alert_names_what_exists_and_has_its_text()
    {
        var alerts = ReadAlerts();
        alerts.Count.ShouldBeGreaterThan(10);
        alerts.Select(alert => alert["alert"]).ShouldBeUnique();
        alerts.SelectMany(alert => Named(alert["expr"])).Except(Known()).ShouldBeEmpty();
        var operations = File.ReadAllText(Operations);
        foreach (var alert in alerts)
        {
            alert["severity"].ShouldBeOneOf("critical", "warning");
            alert["summary"].ShouldNotBeNullOrWhiteSpace();
            alert["runbook"].ShouldBe($"docs/operations.md#{alert["alert"].ToLowerInvariant()}");
            var text = Regex.Match(operations, $@"^#### {alert["alert"]}\n\n(?<text>[^#]+)", RegexOptions.Multiline).Groups["text"].Value;
            text.Trim().Length.ShouldBeGreaterThan(80, alert["alert"]);
        }

        Regex.Matches(operations, @"^#### (P2P\w+)$", RegexOptions.Multiline).Select(heading => heading.Groups[1].Value)
            .ShouldBe(alerts.Select(alert => alert["alert"]), ignoreOrder: true);
    }

    /// <summary>The rules, each as its keys with their values. This file's shape and no other: anything else in it fails.</summary>
    private static List<Dictionary<string, string>> ReadAlerts()
    {
        var alerts = new List<Dictionary<string, string>>();
        foreach (var line in File.ReadAllLines(Alerts).Where(line => !line.StartsWith('#')))
        {
            if (line is "groups:" or "  - name: p2p" or "    rules:" or "        labels:" or "        annotations:")
            {
                continue;
            }

            var match = AlertLine().Match(line);
            match.Success.ShouldBeTrue(line);
            if (match.Groups["key"].Value == "alert")
            {
                alerts.Add([]);
            }

            var value = match.Groups["value"].Value;
            // A plain scalar of YAML may not hold these.
            (value.StartsWith('"') || !NotPlain().IsMatch(value)).ShouldBeTrue(line);
            alerts[^1].Add(match.Groups["key"].Value, value.Trim('"'));
        }

        return alerts;
    }

    /// <summary>The names of metrics in an expression, without the suffixes of a histogram's series.</summary>
    private static IEnumerable<string> Named(string expression) => MetricName().Matches(Quoted().Replace(expression, ""))
        .Select(match => match.Value)
        .Where(name => !Labels().IsMatch(name))
        .Select(name => HistogramSuffix().Replace(name, ""));

    private HashSet<string> Known() =>
    [
        .. Instruments.Select(InPrometheus),
        .. Prometheus,
        .. File.ReadAllLines(Document).Where(line => Framework().IsMatch(line)).Select(line => line.Split('`')[1]),
    ];

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : name.StartsWith("Counter", StringComparison.Ordinal) ? "counter"
            : "gauge";
    }

    private static string InPrometheus(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (KindOf(instrument) == "counter" ? "_total" : "");

    [GeneratedRegex(@"^(?:      - |        |          )(?<key>alert|expr|for|severity|summary|runbook): (?<value>\S.*)$")]
    private static partial Regex AlertLine();

    [GeneratedRegex(": | #")]
    private static partial Regex NotPlain();

    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(up|(p2p|db|dotnet|http|kestrel|signalr)_[a-z0-9_]+)\b")]
    private static partial Regex MetricName();

    [GeneratedRegex("^(db_client_connection_(pool_name|state)|http_route)$")]
    private static partial Regex Labels();

    [GeneratedRegex("_(bucket|sum|count)$(?<!db_client_connection_count)")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex(@"^\| `(http|kestrel|signalr|db|dotnet)_")]
    private static partial Regex Framework();
}
