using System.Diagnostics;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Presence;
using P2P.Server.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>A node is killed: who was on it counts as gone on the others, and those who were heard go on.</summary>
[Category("Reliability")]
public sealed class NodeDeathTests : BackplaneFixture
{
    private static readonly TimeSpan RightMax = TimeSpan.FromSeconds(10);

    private readonly string _key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    protected override int Nodes => 1;

    [Test]
    public async Task Presence_is_right_within_ten_seconds_after_a_nodes_death()
    {
        var ann = await Buyer();
        await ann.Client.DisposeAsync();
        var port = FreePort();
        using var doomed = ServerProcess.Start(
            Path.GetTempPath(),
            ["serve", "--port", $"{port}"],
            ("P2P__Db__App", Market.Database.App),
            ("P2P__Auth__Key", _key),
            ("P2P__Backplane__Redis", Redis.Settings["Backplane:Redis"] ?? ""),
            ("P2P__Backplane__Key", Redis.Key));
        var address = new Uri($"ws://127.0.0.1:{port}{TradeHub.Path}?v=1");
        RawClient? raw = null;
        await Eventually(
            async () =>
            {
                try
                {
                    raw = await RawClient.Connect(address, $"Bearer {Market.Token(ann.Name)}");
                    return true;
                }
                catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or OperationCanceledException)
                {
                    return false; // Not listening yet, or not warm.
                }
            },
            TimeSpan.FromSeconds(60));
        await raw!.Hears("Connected"); // Set: the wait above has ended.
        var board = Market.Service<PresenceBoard>();
        var came = await Eventually(() => board.IsOnline(Id(ann)));
        board.Nodes.Count.ShouldBe(2);

        doomed.Kill();
        var since = Stopwatch.GetTimestamp();
        await Eventually(() => Bus(0).State == BackplaneState.Degraded);
        var silent = Stopwatch.GetElapsedTime(since);
        await Eventually(() => !board.IsOnline(Id(ann)) && board.Nodes.Count == 1, RightMax);
        ReliabilityReport.Tell(
            "presence after a node's death",
            $"presence came after {came.TotalMilliseconds:0} ms; after the kill: degraded after {silent.TotalMilliseconds:0} ms, "
            + $"presence right after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        await raw.DisposeAsync();
    }

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        var settings = await base.Prepare() ?? [];
        settings["Auth:Key"] = _key;
        return settings;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
