using System.Text.RegularExpressions;
using P2P.Contracts;
using P2P.Server.Admin.Counters;
using P2P.Tests.Support;

namespace P2P.Tests.Observing;

/// <summary>The figures of a server that is traded on, as Prometheus reads them.</summary>
[NonParallelizable] // Figures are those of a process: what another server in it ends, ends in them.
public sealed partial class MetricsTests : MarketFixture
{
    protected override Dictionary<string, string?>? Settings => new() { ["Metrics:Enabled"] = "true" };

    [Test]
    public async Task A_trade_shows_in_the_figures()
    {
        var before = await Read();
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        var refused = await Refused(() => seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded));
        await Eventually(async () => (await Read()).Sum("p2p_events_lag_seconds_count") > 0);
        using (var http = Market.Http(buyer.Name))
        {
            await http.GetAsync("/api/p2p/nowhere", Bounded);
        }

        // The server answers a moment before it counts.
        await Eventually(async () => Grown(await Read(), "p2p_engine_commands_total", ("command", "Release"), ("code", "OK")) >= 1);
        var after = await Read();
        Grown(after, "p2p_hub_calls_total", ("method", "CreateOrder"), ("code", "OK")).ShouldBeGreaterThanOrEqualTo(1);
        Grown(after, "p2p_hub_calls_total", ("method", "ReleaseCrypto"), ("code", refused)).ShouldBeGreaterThanOrEqualTo(1);
        Grown(after, "p2p_engine_commands_total", ("command", "Release"), ("code", refused)).ShouldBeGreaterThanOrEqualTo(1);
        Grown(after, "p2p_engine_commands_total", ("command", "Place"), ("code", "OK")).ShouldBeGreaterThanOrEqualTo(1);
        Grown(after, "p2p_engine_commands_total", ("command", "ConfirmPayment"), ("code", "OK")).ShouldBeGreaterThanOrEqualTo(1);
        Grown(after, "p2p_engine_commands_total", ("command", "Deposit"), ("code", "OK")).ShouldBeGreaterThanOrEqualTo(1);
        foreach (var histogram in new[]
        {
            "p2p_engine_batch_commands", "p2p_engine_queue_wait_seconds", "p2p_engine_load_duration_seconds", "p2p_engine_commit_duration_seconds",
        })
        {
            Grown(after, histogram + "_count").ShouldBeGreaterThanOrEqualTo(3, histogram);
            after.Kinds[histogram].ShouldBe("histogram");
        }

        after.Sum("p2p_connections", ("audience", "trade")).ShouldBeGreaterThanOrEqualTo(2);
        Grown(after, "p2p_rest_calls_total", ("code", "OK")).ShouldBeGreaterThanOrEqualTo(2);
        Grown(after, "p2p_rest_calls_total", ("endpoint", "none"), ("code", ErrorCodes.NotFound)).ShouldBe(1);
        after.Kinds["p2p_engine_queue_length"].ShouldBe("gauge");
        after.Samples.Where(sample => sample.Name == "db_client_connection_count")
            .Select(sample => sample.Labels["db_client_connection_pool_name"])
            .ShouldContain("p2p-engine");
        after.Sum("db_client_connection_max", ("db_client_connection_pool_name", "p2p")).ShouldBe(40);
        after.Sum("dotnet_process_memory_working_set_bytes").ShouldBeGreaterThan(0);

        double Grown(Scrape now, string name, params (string, string)[] labels) => now.Sum(name, labels) - before.Sum(name, labels);
    }

    [Test]
    public async Task What_escrows_hold_and_how_late_timers_are_is_read_from_the_database()
    {
        await OrderAwaitingPayment();
        var figures = Market.Service<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<HouseFigures>().Single();
        var held = (double)await Sql<decimal>("select sum(balance) from accounts where kind = 'Escrow' and asset = 'BTC'");
        held.ShouldBeGreaterThan(0);
        var scrape = await Read();
        await Eventually(async () =>
        {
            await figures.Look(Bounded);
            scrape = await Read();
            return scrape.Sum("p2p_escrow_held", ("asset", "BTC")) == held;
        });
        scrape.Sum("p2p_orders_open", ("status", "AwaitingPayment")).ShouldBeGreaterThanOrEqualTo(1);
        scrape.Samples.ShouldContain(sample => sample.Name == "p2p_timers_lag_seconds");
        scrape.Samples.ShouldContain(sample => sample.Name == "p2p_ledger_findings_open");
        await Eventually(async () => (await Read()).Samples.Any(sample => sample.Name == "p2p_timers_leads"));
    }

    [Test]
    public async Task Without_a_backplane_there_is_no_figure_of_one()
    {
        (await Read()).Samples.ShouldNotContain(sample => sample.Name == "p2p_backplane_up");
        (await Health()).ShouldNotContain("backplane");
    }

    [Test]
    public async Task No_label_names_a_person_a_thing_or_a_host()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        using (var http = Market.Http(buyer.Name))
        {
            await http.GetAsync($"/api/p2p/profiles/{Id(seller)}", Bounded);
            await http.GetAsync($"/api/p2p/files/{order}", Bounded);
            await http.GetAsync($"/{order}", Bounded);
        }

        await using (var raw = await Raw(buyer.Name))
        {
            await raw.Call($"Nothing{order:N}");
        }

        foreach (var sample in (await Read()).Samples)
        {
            foreach (var (label, value) in sample.Labels.Where(pair => pair.Key is not ("le" or "service_instance_id" or "server_address")))
            {
                // An address that the node itself listens on is left out above. The tests' own connections are in the same process.
                if (value.Contains("Host=", StringComparison.Ordinal)
                    && !(value.Contains("Username=p2p_app", StringComparison.Ordinal)
                        && value.Contains($"Database={Market.Database.Name};", StringComparison.Ordinal)))
                {
                    continue;
                }

                Telling().IsMatch(value).ShouldBeFalse($"{sample.Name} {label}={value}");
                value.ShouldNotContain(buyer.Name);
                value.ShouldNotContain(seller.Name);
            }
        }
    }

    [Test]
    public async Task What_the_document_says_of_the_framework_is_there()
    {
        await OrderAwaitingPayment();
        var named = (await File.ReadAllLinesAsync(Path.Combine(Shape.Sources.Root, "docs", "metrics.md")))
            .Where(line => FrameworkRow().IsMatch(line)).Select(line => line.Split('`')[1]).ToList();
        named.Count.ShouldBeGreaterThan(10);
        named.Except((await Read()).Kinds.Keys).ShouldBeEmpty();
    }

    private async Task<Scrape> Read()
    {
        using var http = new HttpClient { BaseAddress = Market.AddressOf() };
        // What was just told is told again for a while.
        await Task.Delay(350);
        var text = await http.GetStringAsync("/metrics", Bounded);
        if (Environment.GetEnvironmentVariable("P2P_SCRAPE") is { } file)
        {
            await File.WriteAllTextAsync(file, text);
        }

        return new Scrape(text);
    }

    private async Task<string> Health()
    {
        using var http = new HttpClient { BaseAddress = Market.AddressOf() };
        await Eventually(async () => (await http.GetStringAsync("/health/ready", Bounded)).Contains("\"ready\"", StringComparison.Ordinal));
        return await http.GetStringAsync("/health/ready", Bounded);
    }

    [GeneratedRegex(@"^\| `(http|kestrel|signalr|db|dotnet)_")]
    private static partial Regex FrameworkRow();

    /// <summary>Ids, numbers of seven digits and more, addresses, connection strings.</summary>
    [GeneratedRegex(@"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}|\d{7,}|\d+\.\d+\.\d+\.\d+|Host=|@")]
    private static partial Regex Telling();
}
