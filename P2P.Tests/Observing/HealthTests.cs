using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Npgsql;
using P2P.Db;
using P2P.Server;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;
using P2P.Server.Core.Drain;
using P2P.Server.Core.Observing;
using P2P.Tests.Support;

namespace P2P.Tests.Observing;

/// <summary>Health and figures: what they say, and to whom.</summary>
public sealed class HealthTests
{
    private const string Token = "a-token-of-the-monitoring";

    [Test]
    public async Task A_stranger_hears_one_word_and_an_operator_one_word_a_part()
    {
        await using var market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true", ["Metrics:Token"] = Token });
        using var http = new HttpClient { BaseAddress = market.AddressOf() };
        (await Get(http, "/health/live")).ShouldBe((HttpStatusCode.OK, "live"));
        await Eventually(http, "ready");
        (await Get(http, "/metrics")).ShouldBe((HttpStatusCode.Unauthorized, ""));
        (await Get(http, "/metrics", market.Token("zoe", "admin"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Get(http, "/metrics", Token + "x")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Get(http, "/metrics", Token)).Text.ShouldContain("p2p_");
        (await Becomes(http, "database up", Token)).ShouldBe(["ready", "database up", "scripts current", "draining no"]);

        // S61: neither who serves nor what.
        using var answer = await http.GetAsync("/health/ready", TestMarket.Bounded());
        answer.Headers.Select(header => header.Key).ShouldBe(["Date", "Cache-Control"], ignoreOrder: true);
    }

    [Test]
    public async Task Without_a_setting_figures_are_for_this_machine_and_for_nobody_behind_a_proxy()
    {
        await using var market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true" });
        using var http = new HttpClient { BaseAddress = market.AddressOf() };
        (await Get(http, "/metrics")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var header in new[] { "X-Forwarded-For", "Forwarded", "X-Real-IP", "Via" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.TryAddWithoutValidation(header, "203.0.113.7").ShouldBeTrue();
            using var answer = await http.SendAsync(request, TestMarket.Bounded());
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, header);
            using var ready = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
            ready.Headers.TryAddWithoutValidation(header, "203.0.113.7").ShouldBeTrue();
            using var word = await http.SendAsync(ready, TestMarket.Bounded());
            (await word.Content.ReadAsStringAsync()).ShouldBeOneOf("ready", "unready");
        }
    }

    [Test]
    public async Task Behind_a_proxy_that_is_known_its_callers_are_strangers()
    {
        await using var market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true", ["Proxies"] = "127.0.0.1" });
        using var http = new HttpClient { BaseAddress = market.AddressOf() };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        using var answer = await http.SendAsync(request, TestMarket.Bounded());
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task On_an_address_of_their_own_figures_are_served_and_nothing_else()
    {
        var own = $"http://127.0.0.1:{FreePort()}";
        await using var market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true", ["Metrics:Listen"] = own });
        using var users = new HttpClient { BaseAddress = market.AddressOf() };
        users.BaseAddress.Port.ShouldNotBe(new Uri(own).Port);
        (await Get(users, "/metrics")).Status.ShouldBe(HttpStatusCode.NotFound);
        await Eventually(users, "ready");

        using var operators = new HttpClient { BaseAddress = new Uri(own) };
        (await Get(operators, "/metrics")).Status.ShouldBe(HttpStatusCode.OK);
        await Becomes(operators, "database up");
        foreach (var path in new[] { "/p2p/health", "/api/p2p/profile", "/hubs/trade", "/hubs/admin", "/" })
        {
            (await Get(operators, path, market.Token("zoe"))).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Test]
    public async Task Beside_endpoints_of_the_settings_there_is_an_address_of_their_own_too()
    {
        await using var database = await TestDatabase.Create();
        var (users, own) = ($"http://127.0.0.1:{FreePort()}", $"http://127.0.0.1:{FreePort()}");
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Kestrel:Endpoints:Users:Url"] = users,
            ["Metrics:Listen"] = own,
            ["Ledger:WatchSeconds"] = "0",
        }).Build();
        await using var node = ServerApp.Build(
            new ServerOptions
            {
                Mode = new ServerMode(IsDevelopment: true, ShortcutsOn: true, DataFolder: null),
                Database = new DatabaseOptions { App = database.App },
                Auth = AuthSettings.From(settings),
                Urls = [],
                Settings = settings,
            },
            []);
        await node.StartAsync(TestMarket.Bounded());
        using var http = new HttpClient();
        (await Get(http, own + "/metrics")).Status.ShouldBe(HttpStatusCode.OK);
        (await Get(http, users + "/metrics")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Get(http, users + "/p2p/health")).Status.ShouldBe(HttpStatusCode.OK);
        (await Get(http, own + "/p2p/health")).Status.ShouldBe(HttpStatusCode.NotFound);
        await node.StopAsync(TestMarket.Bounded());
    }

    [Test]
    public async Task A_node_about_to_stop_or_on_another_schema_or_without_its_database_is_not_ready_and_still_lives()
    {
        var market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true" });
        try
        {
            using var http = new HttpClient { BaseAddress = market.AddressOf() };
            (await Becomes(http, "database up")).ShouldBe(["ready", "database up", "scripts current", "draining no"]);

            await TestPostgres.Execute(
                market.Database.Owner, "insert into schemaversions (scriptname, applied) values ('9999_later.sql', now())");
            (await Becomes(http, "scripts other")).ShouldBe(["unready", "database up", "scripts other", "draining no"]);
            await TestPostgres.Execute(market.Database.Owner, "delete from schemaversions where scriptname = '9999_later.sql'");
            await Becomes(http, "scripts current");

            await Reach(market, false);
            (await Becomes(http, "database down")).ShouldBe(["unready", "database down", "scripts unknown", "draining no"]);
            (await Get(http, "/health/live")).ShouldBe((HttpStatusCode.OK, "live"));
            using (var stranger = new HttpRequestMessage(HttpMethod.Get, "/health/ready") { Headers = { { "Via", "1.1 proxy" } } })
            using (var word = await http.SendAsync(stranger, TestMarket.Bounded()))
            {
                (word.StatusCode, await word.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "unready"));
            }

            await Reach(market, true);
            await Becomes(http, "database up");

            market.Service<DrainState>().Begin();
            (await Becomes(http, "draining yes")).ShouldBe(["unready", "database up", "scripts current", "draining yes"]);
        }
        finally
        {
            await Reach(market, true);
            await market.DisposeAsync();
        }
    }

    [Test]
    public async Task However_many_ask_the_database_is_asked_once_a_second()
    {
        await using var market = await TestMarket.Create();
        using var http = new HttpClient { BaseAddress = market.AddressOf() };
        await TestPostgres.Execute(market.Database.Superuser, "select pg_stat_reset()");
        var before = await Sessions(market);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Get(http, "/health/ready")));
        (await Sessions(market) - before).ShouldBeLessThan(20);
    }

    [TestCase("Metrics:Token", "short")]
    [TestCase("Metrics:Listen", "10.0.0.5:9464")]
    [TestCase("Metrics:Listen", "https://127.0.0.1:9464")]
    [TestCase("Metrics:Listen", "http://127.0.0.1:9464/metrics")]
    [TestCase("Metrics:Listen", "http://0.0.0.0:8030")]
    public void A_wrong_setting_is_told_at_the_start(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        Should.Throw<SettingsException>(() => MetricsSettings.From(settings, ["http://127.0.0.1:8030"])).Message.ShouldContain(name);
    }

    /// <summary>Whether the database can be reached; who is connected is thrown out.</summary>
    private static async Task Reach(TestMarket market, bool can)
    {
        var other = new NpgsqlConnectionStringBuilder(market.Database.Superuser) { Database = "postgres" }.ConnectionString;
        await TestPostgres.Execute(other, $"alter database {market.Database.Name} with allow_connections {can}");
        await TestPostgres.Execute(
            other, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{market.Database.Name}' and not {can}");
    }

    private static async Task Eventually(HttpClient http, string word)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while ((await Get(http, "/health/ready")).Text is var said && said != word)
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), said);
            await Task.Delay(100);
        }
    }

    private static async Task<string[]> Becomes(HttpClient http, string part, string? token = null)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var parts = Parts(await Get(http, "/health/ready", token));
            if (parts.Contains(part))
            {
                return parts;
            }

            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), string.Join(", ", parts));
            await Task.Delay(100);
        }
    }

    private static Task<long> Sessions(TestMarket market) => TestPostgres.Scalar<long>(
        market.Database.Superuser,
        $"select coalesce(sum(sessions), 0)::bigint from pg_stat_database where datname = '{market.Database.Name}'");

    private static string[] Parts((HttpStatusCode Status, string Text) answer)
    {
        var json = JsonDocument.Parse(answer.Text).RootElement;
        var status = json.GetProperty("status").GetString() ?? "";
        (answer.Status == HttpStatusCode.OK).ShouldBe(status == "ready");
        return [status, .. json.GetProperty("parts").EnumerateObject().Select(part => $"{part.Name} {part.Value.GetString()}")];
    }

    private static async Task<(HttpStatusCode Status, string Text)> Get(HttpClient http, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, TestMarket.Bounded());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
