using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Tests.Sdk;
using P2P.Tests.Support;

namespace P2P.Tests.Web;

/// <summary>
/// What tests of the TypeScript client play on: a whole server, peers that misbehave on request, traders of the .NET SDK as the other party, and
/// an address at which all of it is directed: <c>POST /verb</c> with a JSON object, answered by another.
/// </summary>
internal sealed class WebStage : IAsyncDisposable
{
    /// <summary>Where pages of the tests come from: a browser resolves it to this machine.</summary>
    public const string PageOrigin = "http://p2p.localhost";

    private readonly Dictionary<string, Func<JsonObject, Task<JsonNode?>>> _verbs = [];
    private readonly Dictionary<string, PeerServer> _peers = [];
    private readonly Dictionary<string, Trader> _traders = [];
    private readonly Dictionary<string, DealerClient> _dealers = [];
    private WebApplication? _app;
    private int _made;

    private WebStage(TestMarket market)
    {
        Market = market;
        foreach (var (verb, play) in StageVerbs.All(this).Concat(RoomVerbs.All(this)).Concat(PeerVerbs.All(this)).Concat(DealerVerbs.All(this)).Concat(ChannelVerbs.All(this)))
        {
            _verbs.Add(verb, play);
        }
    }

    public TestMarket Market { get; }

    /// <summary>What the TypeScript client saw in each recorded session.</summary>
    public Dictionary<string, JsonArray> Observed { get; } = [];

    public Uri Address => new((_app ?? throw new InvalidOperationException("The stage is not open.")).Urls.First());

    public static async Task<WebStage> Open()
    {
        var market = await TestMarket.Create(settings: new Dictionary<string, string?>
        {
            ["Origins:0"] = PageOrigin,
            // Pages find each other on this machine, which has no relay.
            ["Turn:RelayOnly"] = "false",
            // Notifications are made beside the calls and are events, too: what a session records must not depend on when they come.
            ["Notifications:PauseMs"] = "3600000",
            ["Notifications:SweepSeconds"] = "3600",
        });
        var stage = new WebStage(market);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{verb}", stage.Answer);
        await app.StartAsync();
        stage._app = app;
        return stage;
    }

    /// <summary>Does what a verb says.</summary>
    public async Task<JsonNode?> Play(string verb, JsonObject with) => _verbs.TryGetValue(verb, out var play)
        ? await play(with)
        : throw new InvalidOperationException($"The stage knows no {verb}.");

    /// <summary>A trader who has joined and connected by the .NET SDK, with keys in memory.</summary>
    public async Task<Trader> NewTrader(string role, decimal bitcoin)
    {
        var trader = await Market.Trader($"{role}_w{Interlocked.Increment(ref _made)}", bitcoin);
        lock (_traders)
        {
            _traders[trader.Name] = trader;
        }

        return trader;
    }

    public Trader TraderOf(JsonObject with)
    {
        lock (_traders)
        {
            return _traders[Text(with, "name")];
        }
    }

    /// <summary>The dealer's client of somebody who has joined, not connected yet.</summary>
    public DealerClient NewDealer(string name)
    {
        var dealer = new DealerClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(name)),
            Keys = new MemoryKeyStore(),
        });
        lock (_dealers)
        {
            _dealers[name] = dealer;
        }

        return dealer;
    }

    public DealerClient DealerOf(JsonObject with)
    {
        lock (_dealers)
        {
            return _dealers[Text(with, "name")];
        }
    }

    public async Task<(string Id, PeerServer Peer)> NewPeer()
    {
        var peer = await PeerServer.StartAsync();
        var id = $"peer{Interlocked.Increment(ref _made)}";
        lock (_peers)
        {
            _peers[id] = peer;
        }

        return (id, peer);
    }

    public PeerServer PeerOf(JsonObject with)
    {
        lock (_peers)
        {
            return _peers[Text(with, "peer")];
        }
    }

    public static string Text(JsonObject with, string name) =>
        with[name]?.GetValue<string>() ?? throw new InvalidOperationException($"{name} is missing.");

    /// <summary>A verb and what it does.</summary>
    public static (string Verb, Func<JsonObject, Task<JsonNode?>> Play) Verb(string verb, Func<JsonObject, Task<JsonNode?>> play) => (verb, play);

    public static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, WireJson.Client);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        foreach (var dealer in _dealers.Values)
        {
            await dealer.DisposeAsync();
        }

        foreach (var peer in _peers.Values)
        {
            await peer.DisposeAsync();
        }

        await Market.DisposeAsync();
    }

    private async Task Answer(HttpContext context, string verb)
    {
        try
        {
            var with = await JsonNode.ParseAsync(context.Request.Body) as JsonObject ?? [];
            var answer = await Play(verb, with);
            await context.Response.WriteAsync(answer?.ToJsonString() ?? "null");
        }
        catch (Exception e)
        {
            // Told to the test that asked, which fails with it.
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(e is P2PException refused ? $"{refused.Code}: {e}" : e.ToString());
        }
    }
}
