using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Core.Drain;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime;

/// <summary>A node that was told to stop: it says so, answers what runs, and sends its connections away one after the other.</summary>
public sealed class DrainTests
{
    private const string Closing = nameof(IConnectionClient.ConnectionClosing);

    [Test]
    public async Task What_runs_is_answered_and_what_comes_is_refused_before_the_connection_is_closed()
    {
        await using var server = await RealtimeServer.Start();
        var (client, _) = await server.ConnectNew();
        await using var _1 = client;
        var running = client.Call("Sleep", 1_200);
        await client.Call("Ask", new Question { Text = "so that the call before has begun" });

        var stopping = server.Stop();
        await Task.Delay(300);
        var (code, details) = await client.Refused("Ask", new Question { Text = "too late" });
        code.ShouldBe(ErrorCodes.Draining);
        details.GetProperty("retryAfterMs").GetInt32().ShouldBePositive();
        client.Arguments(Closing).ShouldBeEmpty("a call still runs");

        (await running).GetProperty("result").GetString().ShouldBe("awake");
        (await client.Hears(Closing))[0][0].GetString().ShouldBe(ErrorCodes.Draining);
        await client.Closed;
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task A_node_says_that_it_drains_before_it_sends_anybody_away()
    {
        await using var server = await RealtimeServer.Start(("Drain:NoticeSeconds", "4"));
        var (client, userId) = await server.ConnectNew();
        await using var _1 = client;

        var since = Stopwatch.GetTimestamp();
        var stopping = server.Stop();
        server.Get<DrainState>().IsDraining.ShouldBeTrue();
        (await client.Call("Ask", new Question { Text = "still here" })).GetProperty("result").GetString().ShouldBe("still here");
        await using var late = await RawClient.Connect(server.HubAddress, RealtimeServer.SignedIn(userId));
        (await late.Hears(Closing))[0][0].GetString().ShouldBe(ErrorCodes.Draining);
        late.Arguments(nameof(IConnectionClient.Connected)).ShouldBeEmpty();

        await client.Hears(Closing);
        Stopwatch.GetElapsedTime(since).ShouldBeGreaterThan(TimeSpan.FromSeconds(3.9), "sent away before the time of notice was over");
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Connections_are_sent_away_over_a_time()
    {
        const int Count = 24;
        await using var server = await RealtimeServer.Start(("Drain:ConnectionsPerSecond", "10"), ("Limits:ConnectionsPerAddress", "100"));
        var clients = new List<RawClient>();
        for (var i = 0; i < Count; i++)
        {
            clients.Add((await server.ConnectNew()).Client);
        }

        var since = Stopwatch.GetTimestamp();
        var stopping = server.Stop();
        var told = await Task.WhenAll(clients.Select(async client =>
        {
            await client.Hears(Closing);
            return Stopwatch.GetElapsedTime(since).TotalSeconds;
        }));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
        var busiest = told.Max(from => told.Count(at => at >= from && at < from + 0.5));
        TestContext.Progress.WriteLine($"{Count} connections were told within {told.Min():0.00} to {told.Max():0.00} s, at most {busiest} in half a second");
        (told.Max() - told.Min()).ShouldBeGreaterThan(1.5);
        busiest.ShouldBeLessThanOrEqualTo(Count / 2);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Test]
    public async Task Hubs_answer_503_before_the_upgrade_while_REST_goes_on()
    {
        await using var market = await TestMarket.Create(settings: new() { ["Drain:NoticeSeconds"] = "3" });
        using var http = market.Http("alice");
        var stopping = market.Nodes[0].StopAsync();

        using var refused = await http.GetAsync("/hubs/trade?v=1");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(ErrorCodes.Draining);
        (await http.GetAsync("/api/p2p/terms")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<WebSocketException>(
            () => RawClient.Connect(new UriBuilder(market.AddressOf()) { Scheme = "ws", Path = "/hubs/trade" }.Uri, $"Bearer {market.Token("alice")}"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestCase("Seconds", "10")]
    [TestCase("SpreadSeconds", "25")]
    [TestCase("ConnectionsPerSecond", "0")]
    public void Times_that_do_not_fit_into_the_bound_are_told_at_start(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"Drain:{name}", value)]).Build();
        Should.Throw<SettingsException>(() => DrainSettings.From(settings)).Message.ShouldContain("Drain:Seconds must be");
    }
}
