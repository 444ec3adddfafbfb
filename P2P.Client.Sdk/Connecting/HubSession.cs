using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using P2P.Client.Sdk.Events;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>One connection to a hub from its first message to its end. It is never opened again: the next one is another session.</summary>
internal sealed class HubSession : IAsyncDisposable
{
    private static readonly TimeSpan LossSeenMax = TimeSpan.FromMilliseconds(250);
    private static readonly JsonHubProtocol Protocol = new(Options.Create(JsonOptions()));
    private readonly TaskCompletionSource<ConnectedInfo> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubConnection _connection;
    private readonly ISessionListener _listener;

    private HubSession(P2PClientOptions options, IConnectionFactory factory, Uri url, ISessionListener listener)
    {
        _listener = listener;
        _connection = new HubConnection(factory, Protocol, new UriEndPoint(url), new NoServices(), options.LoggerFactory)
        {
            ServerTimeout = options.ServerTimeout,
            KeepAliveInterval = options.ServerTimeout / 2,
            HandshakeTimeout = options.ConnectTimeout,
        };
        _connection.Closed += error =>
        {
            _ended.TrySetResult(error);
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends with the connection, and says why where that is known.</summary>
    public Task<Exception?> Ended => _ended.Task;

    /// <summary>Why the server said that it would close, before it did; null when it said nothing.</summary>
    public P2PException? Closing { get; private set; }

    /// <summary>Opens a connection; ends when the server has said <c>Connected</c>.</summary>
    /// <exception cref="P2PException">The server refuses the token, the user or this client.</exception>
    public static async Task<HubSession> OpenAsync(
        P2PClientOptions options,
        IConnectionFactory factory,
        Uri url,
        IReadOnlyList<ClientMethod> methods,
        ISessionListener listener,
        CancellationToken cancellationToken)
    {
        var session = new HubSession(options, factory, url, listener);
        try
        {
            session.Bind(methods);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.ConnectTimeout);
            await session._connection.StartAsync(limit.Token).ConfigureAwait(false);
            await Task.WhenAny(session._connected.Task, session.Ended).WaitAsync(limit.Token).ConfigureAwait(false);
            if (!session._connected.Task.IsCompleted)
            {
                var why = session.Closing ?? await session.Ended.ConfigureAwait(false);
                throw new IOException("The server closed the connection at once.", why);
            }

            await session._connected.Task.ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls and waits for the answer.</summary>
    /// <exception cref="P2PException">The server refuses.</exception>
    /// <exception cref="ConnectionLostException">The connection ended before an answer came.</exception>
    public Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        CallAsync(() => _connection.InvokeCoreAsync<T>(method, arguments, cancellationToken), cancellationToken);

    /// <inheritdoc cref="InvokeAsync{T}"/>
    public Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        CallAsync(
            async () =>
            {
                await _connection.InvokeCoreAsync(method, arguments, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Calls without waiting for an answer.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        CallAsync(
            async () =>
            {
                await _connection.SendCoreAsync(method, arguments, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _ended.TrySetResult(null);
    }

    private static JsonHubProtocolOptions JsonOptions()
    {
        var options = new JsonHubProtocolOptions();
        WireJson.ApplyClient(options.PayloadSerializerOptions);
        return options;
    }

    private void Bind(IReadOnlyList<ClientMethod> methods)
    {
        foreach (var method in methods)
        {
            _connection.On(method.Name, method.ArgumentTypes, (arguments, _) => HearAsync(method, arguments), method);
        }
    }

    private async Task HearAsync(ClientMethod method, object?[] arguments)
    {
        if (method.BodyType is not null)
        {
            // A head or body that is null is not taken: the hole is then read from the stream.
            if (arguments is [EventHead head, { } body, .. var more])
            {
                var heard = new HeardEvent(head, method.Name, body, more is [string text] ? text : null);
                await _listener.PushedAsync(this, heard).ConfigureAwait(false);
            }

            return;
        }

        switch (method.Name, arguments)
        {
            case (nameof(IConnectionClient.Connected), [ConnectedInfo info]):
                await _listener.ConnectedAsync(this, info).ConfigureAwait(false);
                _connected.TrySetResult(info);
                break;
            case (nameof(IConnectionClient.ConnectionRefused), [string code, string message]):
                Closing = new P2PException(code, message);
                _connected.TrySetException(Closing);
                break;
            case (nameof(IConnectionClient.ConnectionClosing), [string code, string message]):
                Closing = new P2PException(code, message);
                break;
            case (nameof(IConnectionClient.Head), [Guid epoch, long seq]):
                await _listener.HeadAsync(this, epoch, seq).ConfigureAwait(false);
                break;
            default:
                await _listener.MessageAsync(this, method.Name, arguments).ConfigureAwait(false);
                break;
        }
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (HubException e) when (P2PException.TryRead(e) is { } refusal)
        {
            throw refusal;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // SignalR fails the calls of a lost connection a moment before it tells of the loss, with whatever ended it.
            await ((Task)Ended).WaitAsync(LossSeenMax, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw Ended.IsCompleted || _connection.State != HubConnectionState.Connected
                ? new ConnectionLostException(e)
                : new P2PException(ErrorCodes.Internal, e.Message, innerException: e);
        }
    }

    /// <summary>SignalR wants services for options that are not used here, and disposes them with each connection.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
