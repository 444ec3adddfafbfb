using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using P2P.Client.Sdk;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.SignIn;
using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// The server as a process and PostgreSQL as another, both of which can be killed and started again, with pairs of traders that go on trading.
/// </summary>
public sealed class CrashMarket : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly int _port = FreePort();
    private PrivatePostgres _postgres;
    private ServerProcess? _server;

    private CrashMarket(string folder, PrivatePostgres postgres) => (_folder, _postgres) = (folder, postgres);

    public string Superuser => _postgres.Superuser;

    public List<CrashTrader> Traders { get; } = [];

    public static async Task<CrashMarket> Create(int pairs)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"p2p-crash-{Guid.NewGuid():N}"[..20]);
        var postgres = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder });
        await new ScriptRunner(postgres.Owner).Migrate();
        var market = new CrashMarket(folder, postgres);
        await market.StartServer();
        for (var i = 0; i < pairs; i++)
        {
            var seller = await market.Join($"seller{i}");
            var buyer = await market.Join($"buyer{i}");
            await market.Credit(seller.UserId, 1_000_000);
            var ad = await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1_000_000, TestMarket.Terms(), TestMarket.Bounded());
            (seller.AdId, buyer.AdId) = (ad.AdId, ad.AdId);
        }

        return market;
    }

    /// <summary>SIGKILL to the server, then a new one.</summary>
    public async Task<TimeSpan> KillServer()
    {
        _server?.Kill();
        var since = Stopwatch.GetTimestamp();
        await StartServer();
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>SIGKILL to the postmaster, then a new one on the same data.</summary>
    /// <returns>The time until it took connections again.</returns>
    public async Task<TimeSpan> KillPostgres()
    {
        var pidFile = Directory.GetFiles(_folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        var pid = int.Parse((await File.ReadAllLinesAsync(pidFile))[0], System.Globalization.CultureInfo.InvariantCulture);
        using (var postmaster = Process.GetProcessById(pid))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync(TestMarket.Bounded());
        }

        await _postgres.DisposeAsync();
        var since = Stopwatch.GetTimestamp();
        _postgres = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = _folder });
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Stops PostgreSQL as its operator would.</summary>
    public ValueTask StopPostgres() => _postgres.DisposeAsync();

    /// <summary>Starts it again on the same data; takes connections when this returns.</summary>
    public async Task StartPostgres() => _postgres = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = _folder });

    public async ValueTask DisposeAsync()
    {
        foreach (var trader in Traders)
        {
            await trader.Client.DisposeAsync();
        }

        _server?.Dispose();
        Npgsql.NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServer()
    {
        _server = ServerProcess.Start(
            Path.GetTempPath(),
            ["serve", "--port", $"{_port}"],
            ("P2P__Db__App", _postgres.App),
            ("P2P__Auth__Key", _key),
            ("P2P__Limits__Changes__PerSecond", "1000"),
            ("P2P__Limits__Changes__Burst", "1000"),
            ("P2P__Limits__Frames__PerSecond", "5000"),
            ("P2P__Limits__Frames__Burst", "5000"),
            ("P2P__Limits__ConnectionsPerAddress", "1000"),
            ("P2P__Limits__ConnectsPerUser__PerSecond", "1000"),
            ("P2P__Limits__ConnectsPerUser__Burst", "1000"),
            ("P2P__Limits__ConnectsPerAddress__PerSecond", "1000"),
            ("P2P__Limits__ConnectsPerAddress__Burst", "1000"),
            ("P2P__Limits__RestPerAddressPerMinute", "10000"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(2) };
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            try
            {
                if ((await http.GetAsync("/p2p/health")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet: asked again.
            }
        }

        throw new TimeoutException($"The server did not start: {string.Join(' ', _server.Errors)}");
    }

    private async Task<CrashTrader> Join(string name)
    {
        var auth = AuthSettings.From(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Auth:Key"] = _key }).Build());
        string Token() => new TokenSigner(auth).Sign(name);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        (await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = name, has_consent = true })).EnsureSuccessStatusCode();
        var client = new P2PClient(new P2PClientOptions
        {
            ServerUrl = http.BaseAddress,
            TokenProvider = _ => ValueTask.FromResult(Token()),
            BackoffMax = TimeSpan.FromSeconds(1),
        });
        var trader = new CrashTrader(client);
        await client.ConnectAsync(TestMarket.Bounded());
        await client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya, new Dictionary<string, string> { ["holder"] = name, ["phone"] = "+254712345678" },
            cancellationToken: TestMarket.Bounded());
        Traders.Add(trader);
        return trader;
    }

    private async Task Credit(long userId, decimal amount)
    {
        await using var engine = EngineMarket.EngineOn(_postgres.App);
        await EngineMarket.Credit(engine, userId, amount);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
