using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Tests.Sdk;

/// <summary>
/// A small real SignalR server that speaks as much of the trade hub as the SDK's connection needs, and misbehaves on request: it is the
/// peer that a test of reconnecting and resuming cannot get from a server that works.
/// </summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>What it remembers, and how it behaves.</summary>
    public PeerState State => _app.Services.GetRequiredService<PeerState>();

    private IHubContext<PeerHub, ITradeClient> Hub => _app.Services.GetRequiredService<IHubContext<PeerHub, ITradeClient>>();

    public static async Task<PeerServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton<PeerState>();
        builder.Services.AddSignalR(hub => hub.MaximumParallelInvocationsPerClient = 8)
            .AddJsonProtocol(json => WireJson.ApplyServer(json.PayloadSerializerOptions));
        var app = builder.Build();
        app.Use(async (http, next) =>
        {
            var state = http.RequestServices.GetRequiredService<PeerState>();
            state.Requests.Add($"{http.Request.QueryString} {http.Request.Headers.Authorization}");
            if (state.RefusedTokens.Contains(http.Request.Headers.Authorization.ToString()))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await next(http);
        });
        app.MapPost("/api/p2p/ticket", () => Results.Json(new { success = true, data = new { ticket = $"{Guid.NewGuid():N}" } }));
        app.MapHub<PeerHub>("/hubs/trade");
        await app.StartAsync();
        return new PeerServer(app);
    }

    /// <summary>A client of this server, impatient enough for a test.</summary>
    public P2PClient Client(Action<P2PClientOptions>? configure = null)
    {
        var options = new P2PClientOptions
        {
            ServerUrl = Url,
            TokenProvider = _ => ValueTask.FromResult("good"),
            BackoffMin = TimeSpan.FromMilliseconds(10),
            BackoffMax = TimeSpan.FromMilliseconds(200),
            CallTimeout = TimeSpan.FromSeconds(10),
        };
        configure?.Invoke(options);
        return new P2PClient(options);
    }

    /// <summary>Records an order's change; pushes it unless the push is to be lost.</summary>
    public async Task RecordAsync(Guid orderId, bool push = true)
    {
        var (head, body) = State.Append(orderId);
        if (push)
        {
            await Hub.Clients.All.OrderChanged(head, body);
        }
    }

    /// <summary>Pushes an event that was recorded before, again or late.</summary>
    public Task PushAgainAsync(long seq)
    {
        var (head, body) = State.Event(seq);
        return Hub.Clients.All.OrderChanged(head, body);
    }

    public Task PushBookAsync(AdBookChanged change) => Hub.Clients.All.AdBookChanged(change);

    /// <summary>Cuts every connection without a word.</summary>
    public void CutAll()
    {
        foreach (var connection in State.Connections.Values)
        {
            connection.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        CutAll();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>The peer's memory.</summary>
internal sealed class PeerState
{
    private readonly Lock _lock = new();
    private List<(EventHead Head, OrderChanged Body)> _events = [];

    public Guid Epoch { get; private set; } = Guid.NewGuid();

    public long FirstSeq { get; set; } = 1;

    public ConcurrentDictionary<string, HubCallerContext> Connections { get; } = new();

    public ConcurrentBag<string> Requests { get; } = [];

    public ConcurrentBag<string> RefusedTokens { get; } = [];

    public ConcurrentQueue<OrderRequest> Cancels { get; } = new();

    public ConcurrentQueue<long> Acks { get; } = new();

    public ConcurrentQueue<long> Asks { get; } = new();

    public int BookReads;

    public AdBook? Book { get; set; }

    /// <summary>Refuses the next connections with this code.</summary>
    public string? RefuseConnections { get; set; }

    /// <summary>What the next calls of CancelOrder do instead of answering.</summary>
    public ConcurrentQueue<Action<HubCallerContext>> NextCancels { get; } = new();

    public long HeadSeq
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    public (EventHead Head, OrderChanged Body) Append(Guid orderId)
    {
        lock (_lock)
        {
            var head = new EventHead { EventId = Guid.CreateVersion7(), Seq = _events.Count + 1, At = DateTimeOffset.UtcNow };
            var order = new OrderState
            {
                Id = orderId,
                Kind = OrderKind.Crypto,
                AdId = Guid.NewGuid(),
                BuyerId = 1,
                SellerId = 2,
                Status = OrderStatus.AwaitingPayment,
                Version = _events.Count + 1,
                Asset = "BTC",
                CryptoAmount = 0.01m,
                Fiat = "EUR",
                FiatAmount = 600m,
                Price = 60_000m,
                Fee = 0.00001m,
                Duty = Duty.BuyerPays,
                Overdue = false,
            };
            _events.Add((head, new OrderChanged { Order = order, Action = OrderAction.Place, By = Party.Buyer }));
            return _events[^1];
        }
    }

    public (EventHead Head, OrderChanged Body) Event(long seq)
    {
        lock (_lock)
        {
            return _events[(int)seq - 1];
        }
    }

    /// <summary>A backup with so many events comes back.</summary>
    public void Restore(int events)
    {
        lock (_lock)
        {
            (Epoch, _events) = (Guid.NewGuid(), _events.Take(events).ToList());
        }
    }

    public EventPage Page(Guid epoch, long seq)
    {
        Asks.Enqueue(seq);
        lock (_lock)
        {
            if (epoch != Epoch || seq > _events.Count || seq + 1 < FirstSeq)
            {
                // The server's details are texts, its numbers too.
                var details = JsonSerializer.Serialize(new { epoch = Epoch, headSeq = $"{_events.Count}", firstSeq = $"{FirstSeq}" });
                throw new HubException(RefusalText.Write(ErrorCodes.Resync, "The stream cannot go on from there.", details));
            }

            var rows = _events.Skip((int)seq).Take(Limits.EventPageEventsMax).Select(row => new StoredEvent
            {
                Head = row.Head,
                Type = nameof(ITradeClient.OrderChanged),
                Body = JsonSerializer.SerializeToElement(row.Body, WireJson.Server),
            }).ToList();
            return new EventPage { Events = rows, HeadSeq = _events.Count, More = seq + rows.Count < _events.Count };
        }
    }
}

/// <summary>The few calls of the trade hub that the tests make.</summary>
internal sealed class PeerHub(PeerState state) : Hub<ITradeClient>
{
    public override async Task OnConnectedAsync()
    {
        if (state.RefuseConnections is { } code)
        {
            await Clients.Caller.ConnectionRefused(code, "No.");
            Context.Abort();
            return;
        }

        state.Connections[Context.ConnectionId] = Context;
        await Clients.Caller.Connected(new ConnectedInfo
        {
            Epoch = state.Epoch,
            HeadSeq = state.HeadSeq,
            FirstSeq = state.FirstSeq,
            ContractVersion = Limits.ContractVersion,
            ServerTime = DateTimeOffset.UtcNow.AddHours(1),
        });
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        state.Connections.TryRemove(Context.ConnectionId, out _);
        return Task.CompletedTask;
    }

    public EventPage EventsSince(Guid epoch, long seq) => state.Page(epoch, seq);

    public void Ack(long seq) => state.Acks.Enqueue(seq);

    public OrderReply CancelOrder(OrderRequest request)
    {
        state.Cancels.Enqueue(request);
        if (state.NextCancels.TryDequeue(out var instead))
        {
            instead(Context);
        }

        return new OrderReply { OrderId = request.OrderId, Status = OrderStatus.Cancelled, Version = state.Cancels.Count };
    }

    public AdBook SubscribeAdBook(Market market)
    {
        Interlocked.Increment(ref state.BookReads);
        return state.Book is { } book && book.Market == market
            ? book
            : throw new HubException(RefusalText.Write(ErrorCodes.AssetUnknown, "There is no such asset.", "{}"));
    }

    public void UnsubscribeAdBook(Market market) => state.Book = state.Book is { } book && book.Market == market ? null : state.Book;
}
