using Microsoft.Extensions.Logging;
using P2P.Client.Sdk.Events;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>What one hub's client adds to the connection that all of them share.</summary>
internal interface IHubListener
{
    /// <summary>The connection stands.</summary>
    void Connected(ConnectedInfo info);

    /// <summary>A message that is told once and not kept.</summary>
    void Message(HubSession session, string method, object?[] arguments);

    /// <summary>The connection is gone.</summary>
    void Lost(HubSession session);
}

/// <summary>The connection of one user to one hub: the link that is made again, the event stream, and calls that are repeated.</summary>
internal sealed class HubCore : ISessionListener, IAsyncDisposable
{
    private readonly Telemetry _telemetry = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly IHubListener _listener;

    public HubCore(P2PClientOptions options, string path, IReadOnlyList<ClientMethod> methods, IHubListener listener)
    {
        var own = options.Checked();
        (Options, _listener) = (own, listener);
        Logger = own.LoggerFactory.CreateLogger<P2PClient>();
        ServerClock = new ServerClock(own.TimeProvider);
        Events = new EventStream(own, methods, Logger, _telemetry);
        Link = new Link(own, HubUrl(own, path), methods, this, _telemetry, Logger);
        Repeating = new RepeatingInvoker(own, Link, _telemetry, Logger);
    }

    /// <summary>What the client was told, checked and copied.</summary>
    public P2PClientOptions Options { get; }

    /// <summary>Where the client logs.</summary>
    public ILogger Logger { get; }

    /// <summary>The server's clock.</summary>
    public ServerClock ServerClock { get; }

    /// <summary>The user's events on this hub.</summary>
    public EventStream Events { get; }

    /// <summary>The connection.</summary>
    public Link Link { get; }

    /// <summary>Calls that are repeated until the server has decided.</summary>
    public RepeatingInvoker Repeating { get; }

    /// <summary>Connects, and goes on trying until the connection stands or is refused.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Events.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }

        await Link.ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ConnectedAsync(HubSession session, ConnectedInfo info)
    {
        ServerClock.Set(info.ServerTime);
        _listener.Connected(info);
        return Events.ConnectedAsync(session, info);
    }

    /// <inheritdoc/>
    public Task PushedAsync(HubSession session, HeardEvent heard) => Events.PushedAsync(session, heard);

    /// <inheritdoc/>
    public Task HeadAsync(HubSession session, Guid epoch, long seq) => Events.HeadAsync(session, epoch, seq);

    /// <inheritdoc/>
    public Task MessageAsync(HubSession session, string method, object?[] arguments)
    {
        _listener.Message(session, method, arguments);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task LostAsync(HubSession session)
    {
        _listener.Lost(session);
        return Events.LostAsync(session);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync().ConfigureAwait(false);
        await Events.DisposeAsync().ConfigureAwait(false);
        _telemetry.Dispose();
        _starting.Dispose();
    }

    private static Uri HubUrl(P2PClientOptions options, string path)
    {
        var url = new UriBuilder(options.ServerUrl!); // Checked when the options were taken.
        url.Scheme = url.Scheme switch
        {
            "http" => "ws",
            "https" => "wss",
            var scheme => scheme,
        };
        url.Path = $"{url.Path.TrimEnd('/')}/{path}";
        url.Query = $"v={Limits.ContractVersion}";
        return url.Uri;
    }
}
