using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using P2P.Client.Sdk;
using P2P.Contracts.Dealers;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.SignIn;
using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// Servers as processes and PostgreSQL as another, all of which can be ended and started again, with pairs of traders that go on trading.
/// Several servers stand behind a balancer.
/// </summary>
public sealed class CrashMarket : IAsyncDisposable
{
    private string _folder;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly int[] _ports;
    private readonly ServerProcess?[] _servers;
    private readonly NetworkNamespace? _network;
    private readonly List<(string Name, string Value)> _environment = [];
    private DateTimeOffset? _tokensFrom;
    private PrivatePostgres _postgres;

    private CrashMarket(string folder, PrivatePostgres postgres, int nodes, (string Name, string Value)[] settings, NetworkNamespace? network = null)
    {
        (_folder, _postgres, Settings, _network) = (folder, postgres, [.. settings], network);
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => FreePort())];
        _servers = new ServerProcess?[nodes];
        Balancer = nodes > 1 ? new TcpBalancer(_ports) : null;
    }

    public string Superuser => _postgres.Superuser;

    /// <summary>Connects the application.</summary>
    public string App => _postgres.App;

    /// <summary>Settings of servers that are started from now on, as <c>Section__Name</c>.</summary>
    public List<(string Name, string Value)> Settings { get; }

    /// <summary>The database's server.</summary>
    public PrivatePostgres Postgres => _postgres;

    /// <summary>Connects the schema's owner.</summary>
    public string Owner => _postgres.Owner;

    /// <summary>Before the servers; null when there is only one.</summary>
    public TcpBalancer? Balancer { get; }

    /// <summary>What stands between clients and server as a bad network; null where the network is good.</summary>
    internal FaultProxy? Link { get; private set; }

    /// <summary>Where clients connect.</summary>
    public Uri Address => new($"http://127.0.0.1:{Link?.Port ?? Balancer?.Port ?? _ports[0]}");

    public List<CrashTrader> Traders { get; } = [];

    /// <param name="pairs">A seller with an ad and a buyer each.</param>
    /// <param name="nodes">Servers.</param>
    /// <param name="settings">Further settings of the servers, as <c>Section__Name</c>.</param>
    public static Task<CrashMarket> Create(int pairs, int nodes = 1, params (string Name, string Value)[] settings) =>
        Make(pairs, postgres => new CrashMarket(postgres.Folder, postgres, nodes, settings));

    /// <summary>One server, which clients reach over a network that can be made bad.</summary>
    /// <param name="pairs">A seller with an ad and a buyer each.</param>
    /// <param name="network">Where the server is to be; on this machine's own network when null.</param>
    /// <param name="seed">Of the network's whims.</param>
    internal static Task<CrashMarket> BehindFaults(int pairs, NetworkNamespace? network, int seed) => Make(pairs, postgres =>
    {
        var market = new CrashMarket(postgres.Folder, postgres, 1, [], network);
        market.Link = new FaultProxy(new IPEndPoint(network?.Address ?? IPAddress.Loopback, market._ports[0]), seed);
        return market;
    });

    /// <summary>One server whose environment is another, and tokens that are good from a time on, for half a day.</summary>
    internal static Task<CrashMarket> WithClock(int pairs, (string Name, string Value)[] environment, DateTimeOffset tokensFrom) => Make(pairs, postgres =>
    {
        var market = new CrashMarket(postgres.Folder, postgres, 1, []) { _tokensFrom = tokensFrom };
        market._environment.AddRange(environment);
        return market;
    });

    private static async Task<CrashMarket> Make(int pairs, Func<PrivatePostgres, CrashMarket> make)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"p2p-crash-{Guid.NewGuid():N}"[..20]);
        return await Begun(await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder }), pairs, make);
    }

    private static async Task<CrashMarket> Begun(PrivatePostgres postgres, int pairs, Func<PrivatePostgres, CrashMarket> make)
    {
        await new ScriptRunner(postgres.Owner).Migrate();
        var market = make(postgres);
        try
        {
            await market.Begin(pairs);
            return market;
        }
        catch
        {
            await market.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="Create"/>, on a server that the market ends and whose folder it removes.</summary>
    public static Task<CrashMarket> On(PrivatePostgres postgres, int pairs, int nodes, params (string Name, string Value)[] settings) =>
        Begun(postgres, pairs, on => new CrashMarket(on.Folder, on, nodes, settings));

    private async Task Begin(int pairs)
    {
        await Task.WhenAll(Enumerable.Range(0, _servers.Length).Select(StartServer));
        for (var i = 0; i < pairs; i++)
        {
            var seller = await Join($"seller{i}");
            var buyer = await Join($"buyer{i}");
            await Credit(seller.UserId, 1_000_000);
            var ad = await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1_000_000, TestMarket.Terms(), TestMarket.Bounded());
            (seller.AdId, buyer.AdId) = (ad.AdId, ad.AdId);
        }
    }

    /// <summary>Makes the pairs dealers as well: the buyer may order from the seller's stock, and has the money for it.</summary>
    public async Task DealInGoods()
    {
        for (var i = 0; i < Traders.Count; i += 2)
        {
            var (seller, buyer) = (Traders[i], Traders[i + 1]);
            var (from, to) = (await Dealer(seller, $"seller{i / 2}"), await Dealer(buyer, $"buyer{i / 2}"));
            await Credit(buyer.UserId, 1_000_000);
            var made = await from.Invitations.CreateAsync(AccessLevel.Order, cancellationToken: TestMarket.Bounded());
            await to.Invitations.AcceptAsync(
                InvitationLink.TryParse(made.Link.AbsoluteUri) ?? throw new InvalidOperationException("It is a link."), AccessLevel.View, TestMarket.Bounded());
            var item = await from.Items.CreateAsync(
                new ItemTerms { Name = "Lamp", Price = 0.01m, Currency = "BTC", Visibility = ItemVisibility.Customers, Gives = AccessLevel.Order },
                1_000_000,
                cancellationToken: TestMarket.Bounded());
            buyer.ItemId = item.ItemId;
        }
    }

    private async Task<DealerClient> Dealer(CrashTrader trader, string name)
    {
        var dealer = new DealerClient(new P2PClientOptions
        {
            ServerUrl = Address,
            TokenProvider = _ => ValueTask.FromResult(Token(name)),
            Keys = new MemoryKeyStore(),
            BackoffMax = TimeSpan.FromSeconds(1),
        });
        trader.DealBy(dealer);
        await dealer.ConnectAsync(TestMarket.Bounded());
        await dealer.Peers.JoinAsync(name, cancellationToken: TestMarket.Bounded());
        return dealer;
    }

    /// <summary>SIGKILL to a server, then a new one.</summary>
    public async Task<TimeSpan> KillServer(int node = 0)
    {
        var since = Stopwatch.GetTimestamp();
        _servers[node]?.Kill();
        await StartServer(node);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>SIGTERM to a server: its exit code, what it wrote to stderr, and how long it took to end.</summary>
    public async Task<(int Code, IReadOnlyList<string> Errors, TimeSpan Took)> StopServer(int node)
    {
        var server = _servers[node] ?? throw new InvalidOperationException("It does not run.");
        var since = Stopwatch.GetTimestamp();
        server.Terminate();
        var code = await Task.Run(server.WaitForExit);
        var took = Stopwatch.GetElapsedTime(since);
        var errors = server.Errors;
        server.Dispose();
        _servers[node] = null;
        return (code, errors, took);
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

    /// <summary>Goes on with another server of PostgreSQL; the former one was stopped, and its folder is its maker's.</summary>
    public void GoOnWith(PrivatePostgres postgres) => (_postgres, _folder) = (postgres, postgres.Folder);

    public async ValueTask DisposeAsync()
    {
        foreach (var trader in Traders)
        {
            await trader.Client.DisposeAsync();
            if (trader.Dealer is not null)
            {
                await trader.Dealer.DisposeAsync();
            }
        }

        foreach (var server in _servers)
        {
            server?.Dispose();
        }

        if (Link is not null)
        {
            await Link.DisposeAsync();
        }

        if (Balancer is not null)
        {
            await Balancer.DisposeAsync();
        }

        Npgsql.NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts a server; it serves when this returns.</summary>
    public async Task StartServer(int node)
    {
        (string, string)[] environment =
        [
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
            ("P2P__Limits__RestPerAddressPerMinute", "10000"),
            .. Settings.Select(setting => ($"P2P__{setting.Name}", setting.Value)),
            .. _environment,
        ];
        var address = $"http://{_network?.Address ?? IPAddress.Loopback}:{_ports[node]}";
        string[] arguments = ["serve", "--urls", address];
        var server = _servers[node] = _network is null
            ? ServerProcess.Start(Path.GetTempPath(), arguments, environment)
            : _network.Start(Path.GetTempPath(), ["dotnet", typeof(P2P.Server.ServerApp).Assembly.Location, .. arguments], environment);
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20) };
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(120); await Task.Delay(50))
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

        throw new TimeoutException($"The server did not start: {string.Join(' ', server.Errors)}");
    }

    /// <summary>A trader with a payment account, connected.</summary>
    public async Task<CrashTrader> Join(string name)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(name));
        var made = await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = name, has_consent = true });
        if (!made.IsSuccessStatusCode)
        {
            var told = string.Join('\n', _servers.SelectMany(server => server?.Logged ?? []).TakeLast(40));
            throw new InvalidOperationException($"{(int)made.StatusCode} {await made.Content.ReadAsStringAsync()}\n{told}");
        }

        var client = ClientOf(name);
        var trader = new CrashTrader(client);
        await client.ConnectAsync(TestMarket.Bounded());
        await client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya, new Dictionary<string, string> { ["holder"] = name, ["phone"] = "+254712345678" },
            cancellationToken: TestMarket.Bounded());
        Traders.Add(trader);
        return trader;
    }

    /// <summary>Another client of a trader, who has not connected yet.</summary>
    public P2PClient ClientOf(string name, Action<P2PClientOptions>? configure = null)
    {
        var options = new P2PClientOptions
        {
            ServerUrl = Address,
            TokenProvider = _ => ValueTask.FromResult(Token(name)),
            BackoffMax = TimeSpan.FromSeconds(1),
        };
        configure?.Invoke(options);
        return new P2PClient(options);
    }

    public string Token(string name)
    {
        var settings = new Dictionary<string, string?> { ["Auth:Key"] = _key };
        var auth = AuthSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return _tokensFrom is { } from ? new TokenSigner(auth, new StoppedClock(from)).Sign(name, lifetime: TimeSpan.FromHours(12)) : new TokenSigner(auth).Sign(name);
    }

    /// <summary>What a server holds of the machine's memory, in megabytes.</summary>
    public long Megabytes(int node = 0)
    {
        using var process = Process.GetProcessById(_servers[node]?.Id ?? throw new InvalidOperationException("It does not run."));
        return process.WorkingSet64 / (1024 * 1024);
    }

    /// <summary>How many files, sockets and the like a server holds open.</summary>
    public int OpenFiles(int node = 0) =>
        Directory.GetFileSystemEntries($"/proc/{_servers[node]?.Id ?? throw new InvalidOperationException("It does not run.")}/fd").Length;

    /// <summary>What a server's own clock says: the time in its answers, which it reads anew each second.</summary>
    public async Task<DateTimeOffset> ServerTime()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.GetAsync("/p2p/health", TestMarket.Bounded());
        return answer.Headers.Date ?? throw new InvalidOperationException("The answer has no time.");
    }

    public async Task Credit(long userId, decimal amount)
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
