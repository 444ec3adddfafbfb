using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk;
using P2P.Contracts.Trading;
using P2P.Server;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;
using P2P.Server.Operator;

namespace P2P.Tests.Support;

/// <summary>
/// The whole server in this process on a database of its own, and traders who reach it as strangers would: profiles over REST, the rest through the
/// SDK over a WebSocket. Rates are raised, no filter is taken out.
/// </summary>
public sealed class TestMarket : IAsyncDisposable
{
    private readonly List<P2PClient> _clients = [];
    private readonly List<WebApplication> _nodes = [];
    private readonly AuthSettings _auth;
    private readonly IConfiguration _settings;

    private readonly ILoggerProvider[] _loggers;

    private TestMarket(TestDatabase database, Dictionary<string, string?>? settings, ILoggerProvider[] loggers)
    {
        _loggers = loggers;
        Database = database;
        var values = new Dictionary<string, string?>
        {
            ["Auth:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Limits:Reads:PerSecond"] = "5000",
            ["Limits:Reads:Burst"] = "5000",
            ["Limits:Changes:PerSecond"] = "5000",
            ["Limits:Changes:Burst"] = "5000",
            ["Limits:Searches:PerSecond"] = "1000",
            ["Limits:Searches:Burst"] = "1000",
            ["Limits:Messages:PerSecond"] = "5000",
            ["Limits:Messages:Burst"] = "5000",
            ["Limits:Receipts:PerSecond"] = "5000",
            ["Limits:Receipts:Burst"] = "5000",
            ["Limits:Frames:PerSecond"] = "5000",
            ["Limits:Frames:Burst"] = "5000",
            ["Limits:ConnectionsPerAddress"] = "1000",
            ["Limits:ConnectsPerUser:PerSecond"] = "1000",
            ["Limits:ConnectsPerUser:Burst"] = "1000",
            ["Limits:ConnectsPerAddress:PerSecond"] = "1000",
            ["Limits:ConnectsPerAddress:Burst"] = "1000",
            ["Limits:GuessesPerAddress:PerSecond"] = "1000",
            ["Limits:GuessesPerAddress:Burst"] = "1000",
            ["Limits:RestPerUserPerMinute"] = "10000",
            ["Limits:RestPerAddressPerMinute"] = "10000",
            ["Limits:OpenOrdersMax"] = "1000",
            ["Limits:UnpaidOrdersMax"] = "1000",
            // Who tests the watch turns it on: everybody else's market is left alone.
            ["Ledger:WatchSeconds"] = "0",
            ["Metrics:Enabled"] = "false",
            ["Notifications:PauseMs"] = "50",
            ["Notifications:SweepSeconds"] = "1",
        };
        foreach (var (key, value) in settings ?? [])
        {
            values[key] = value;
        }

        if (Environment.GetEnvironmentVariable("P2P_WITHOUT_DEALERS") == "1")
        {
            // Trading's tests with the dealers' network switched off.
            values["Dealers:Enabled"] = "false";
        }

        if (Environment.GetEnvironmentVariable("P2P_WITHOUT_TRADING") == "1")
        {
            // And the network's with trading switched off; those of the category BesideTrading are about both.
            values["Trading:Enabled"] = "false";
        }

        _settings = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        _auth = AuthSettings.From(_settings);
    }

    public TestDatabase Database { get; }

    /// <summary>The database is another market's, too, and stays.</summary>
    private bool LeavesDatabase { get; init; }

    /// <summary>The nodes that run.</summary>
    public IReadOnlyList<WebApplication> Nodes => _nodes;

    /// <param name="nodes">Servers.</param>
    /// <param name="settings">Settings that win over the tests' own.</param>
    /// <param name="database">The market's for good; else a new one.</param>
    /// <param name="loggers">Who is told what the servers log.</param>
    public static async Task<TestMarket> Create(
        int nodes = 1, Dictionary<string, string?>? settings = null, TestDatabase? database = null, ILoggerProvider[]? loggers = null)
    {
        var market = new TestMarket(database ?? await TestDatabase.Create(), settings, loggers ?? []);
        for (var i = 0; i < nodes; i++)
        {
            await market.AddNode();
        }

        return market;
    }

    /// <summary>Another server on the database of a market, with settings of its own.</summary>
    public static async Task<TestMarket> Beside(TestMarket other, Dictionary<string, string?> settings)
    {
        var market = new TestMarket(other.Database, settings, []) { LeavesDatabase = true };
        await market.AddNode();
        return market;
    }

    public async Task<WebApplication> AddNode()
    {
        var node = ServerApp.Build(
            new ServerOptions
            {
                Mode = new ServerMode(IsDevelopment: true, ShortcutsOn: true, DataFolder: null),
                Database = DatabaseSettings.From(_settings, _settings["Db:App"] ?? Database.App, _settings["Db:Replica"]),
                Auth = _auth,
                Urls = ["http://127.0.0.1:0"],
                Settings = _settings,
                Loggers = _loggers,
            },
            []);
        await node.StartAsync();
        _nodes.Add(node);
        return node;
    }

    public Uri AddressOf(int node = 0) => new(_nodes[node].Urls.First());

    public T Service<T>(int node = 0)
        where T : notnull => _nodes[node].Services.GetRequiredService<T>();

    public string Token(string user, params string[] roles) => new TokenSigner(_auth).Sign(user, roles);

    /// <summary>A token that ends soon.</summary>
    public string Token(string user, TimeSpan lifetime) => new TokenSigner(_auth).Sign(user, lifetime: lifetime);

    /// <summary>A token that was made at another time.</summary>
    public string TokenOf(DateTimeOffset at, string user, params string[] roles) => new TokenSigner(_auth, new StoppedClock(at)).Sign(user, roles);

    /// <summary>A plain HTTP client that is signed in.</summary>
    public HttpClient Http(string user, int node = 0, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = AddressOf(node) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(user, roles));
        return http;
    }

    /// <summary>A trader who has joined, saved an M-Pesa account and connected.</summary>
    public async Task<Trader> Trader(string name, decimal bitcoin = 0, int node = 0, Action<P2PClientOptions>? configure = null)
    {
        using var http = Http(name, node);
        var joined = await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = name, has_consent = true });
        joined.IsSuccessStatusCode.ShouldBeTrue(await joined.Content.ReadAsStringAsync());
        var client = Client(name, node, configure);
        await client.ConnectAsync(Bounded());
        await client.Profiles.SavePaymentAccountAsync(
            MpesaKenya, new Dictionary<string, string> { ["holder"] = name, ["phone"] = "+254712345678" }, cancellationToken: Bounded());
        if (bitcoin > 0)
        {
            await Engine.EngineMarket.Credit(Service<P2P.Server.Deals.Engine.OrderEngine>(node), client.Me!.Id, bitcoin);
        }

        return new Trader(name, client);
    }

    /// <summary>A client that has not connected yet.</summary>
    public P2PClient Client(string name, int node = 0, Action<P2PClientOptions>? configure = null)
    {
        var options = new P2PClientOptions { ServerUrl = AddressOf(node), TokenProvider = _ => ValueTask.FromResult(Token(name)) };
        configure?.Invoke(options);
        var client = new P2PClient(options);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>An ad for bitcoin against Kenyan shillings at 1,000 each.</summary>
    public static async Task<Guid> Ad(Trader maker, decimal total = 1, AdSide side = AdSide.Sell) =>
        (await maker.Client.Ads.CreateAsync(side, "BTC", "KES", total, Terms(), Bounded())).AdId;

    /// <summary>Whether everything that happened has its notifications.</summary>
    public Task<bool> HasMadeNotifications() => TestPostgres.Scalar<bool>(
        Database.Superuser,
        """
        select not exists (select 1
                             from streams s
                             left join notification_positions p
                               on p.user_id = s.user_id
                              and p.audience = s.audience
                            where s.last_seq > coalesce(p.seq, 0))
        """);

    public static AdTerms Terms() => new()
    {
        Price = new AdPrice { Kind = PriceKind.Fixed, Fixed = 1_000 },
        AmountMin = 1,
        AmountMax = 1_000_000,
        PaymentMethodIds = [MpesaKenya],
        PaymentWindowMinutes = 30,
        Visibility = AdVisibility.Public,
    };

    /// <summary>The id of M-Pesa in Kenya in the catalogue.</summary>
    public const long MpesaKenya = 17;

    public static CancellationToken Bounded() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var node in _nodes)
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }

        if (!LeavesDatabase)
        {
            await Database.DisposeAsync();
        }
    }
}

/// <summary>Time that stands.</summary>
internal sealed class StoppedClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}

/// <summary>A trader of a test.</summary>
public sealed record Trader(string Name, P2PClient Client);
