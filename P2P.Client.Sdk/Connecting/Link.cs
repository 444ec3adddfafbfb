using Microsoft.Extensions.Logging;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>
/// Keeps one session open: opens the first, and another whenever one ends, until the server refuses the user or the client is disposed.
/// </summary>
internal sealed class Link(
    P2PClientOptions options,
    Uri url,
    IReadOnlyList<ClientMethod> methods,
    ISessionListener listener,
    Telemetry telemetry,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>A connection that lived so long was a good one: the next attempt does not wait as if it had failed.</summary>
    private static readonly TimeSpan GoodAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    // TokenProvider was checked when the options were taken.
    private readonly WebSocketConnectionFactory _factory = new(options.TokenProvider!, options.ConfigureWebSocket);
    private readonly Lock _lock = new();
    private CancellationTokenSource _stop = new();
    private TaskCompletionSource<HubSession> _session = NewSession();
    private Task _running = Task.CompletedTask;
    private int _waiting;
    private bool _started;
    private bool _over;
    private bool _disposed;

    /// <summary>How the client stands.</summary>
    public P2PClientState State { get; private set; } = P2PClientState.Disconnected;

    /// <summary>Raised after each change of <see cref="State"/>.</summary>
    public event Action<P2PClientStateChange>? StateChanged;

    /// <summary>Why the last attempt failed or the last connection ended.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Starts to connect, unless that was done, and waits for the first connection.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Task<HubSession>? session;
        while ((session = Join(out var ending)) is null)
        {
            await ending.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await session.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await LeaveAsync(cancellationToken.IsCancellationRequested).ConfigureAwait(false);
        }
    }

    /// <summary>The present session; while there is none, waits for the next one as long as the options allow.</summary>
    public async ValueTask<HubSession> SessionAsync(CancellationToken cancellationToken)
    {
        Task<HubSession> session;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(P2PClient));
            session = _started ? _session.Task : throw new InvalidOperationException("ConnectAsync comes first.");
        }

        try
        {
            return await session.WaitAsync(options.ReconnectWait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            var code = LastError is P2PException { Code: ErrorCodes.Unauthenticated } ? ErrorCodes.Unauthenticated : ErrorCodes.Unavailable;
            throw new P2PException(code, "The server cannot be reached.", innerException: LastError ?? e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        // A token provider that ignores its token must not hold this up for ever.
        await _running.WaitAsync(StopMax, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        FailWaiting(new ObjectDisposedException(nameof(P2PClient)));
        Enter(P2PClientState.Closed, null);
    }

    /// <summary>The session to wait for; null while attempts that nobody waited for are still ending.</summary>
    private Task<HubSession>? Join(out Task ending)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(P2PClient));
            ending = _running;
            if (_started && !_over && _stop.IsCancellationRequested)
            {
                return null;
            }

            if (!_started || _over)
            {
                var stop = new CancellationTokenSource();
                (_started, _over, _stop, _session) = (true, false, stop, NewSession());
                _running = Task.Run(() => RunAsync(stop.Token), CancellationToken.None);
            }

            _waiting++;
            return _session.Task;
        }
    }

    /// <summary>The last one who gives up before there was a connection ends the attempts.</summary>
    private Task LeaveAsync(bool givesUp)
    {
        lock (_lock)
        {
            var unwanted = --_waiting == 0 && givesUp && State is (P2PClientState.Disconnected or P2PClientState.Connecting);
            return unwanted ? _stop.CancelAsync() : Task.CompletedTask;
        }
    }

    private static TaskCompletionSource<HubSession> NewSession() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(CancellationToken stop)
    {
        var (failures, refusedTokens, connectedOnce) = (0, 0, false);
        while (!stop.IsCancellationRequested)
        {
            Enter(connectedOnce ? P2PClientState.Reconnecting : P2PClientState.Connecting, LastError);
            var openedAt = options.TimeProvider.GetTimestamp();
            try
            {
                void Connected() => (connectedOnce, refusedTokens, openedAt) = (true, 0, options.TimeProvider.GetTimestamp());
                await LiveAsync(Connected, stop).ConfigureAwait(false);
                var good = options.TimeProvider.GetElapsedTime(openedAt) >= GoodAfter;
                failures = good ? 0 : failures + 1;
            }
            catch (Exception e) when (stop.IsCancellationRequested)
            {
                SdkLog.ConnectStopped(logger, e);
                break;
            }
            catch (P2PException e) when (e.Code == ErrorCodes.Unauthenticated && (connectedOnce || refusedTokens == 0))
            {
                // A cached token may just have run out: the first refusal asks the provider again at once.
                (LastError, refusedTokens, failures) = (e, refusedTokens + 1, refusedTokens == 0 ? 0 : failures + 1);
                SdkLog.ConnectFailed(logger, e, failures);
                if (refusedTokens == 1)
                {
                    continue;
                }
            }
            catch (P2PException e) when (!e.IsTransient)
            {
                SdkLog.ConnectionRefused(logger, e, e.Code);
                LastError = e;
                Enter(P2PClientState.Refused, e);
                FailWaiting(e);
                return;
            }
            catch (Exception e)
            {
                LastError = e;
                SdkLog.ConnectFailed(logger, e, ++failures);
            }

            var own = Backoff.After(Math.Max(failures - 1, 0), options.BackoffMin, options.BackoffMax);
            var asked = Backoff.AtLeast(failures > 0 && LastError is P2PException { RetryAfter: { } wait } ? wait : TimeSpan.Zero);
            asked = asked < options.BackoffMax ? asked : options.BackoffMax;
            await Task.Delay(own > asked ? own : asked, options.TimeProvider, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Enter(P2PClientState.Disconnected, LastError);
        FailWaiting(new OperationCanceledException("The client no longer connects."));
    }

    /// <summary>One session from its opening to its end.</summary>
    private async Task LiveAsync(Action connected, CancellationToken stop)
    {
        var session = await HubSession.OpenAsync(options, _factory, url, methods, listener, stop).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            connected();
            Enter(P2PClientState.Connected, null);
            lock (_lock)
            {
                _session.TrySetResult(session);
            }

            telemetry.Connections.Add(1);
            try
            {
                LastError = await session.Ended.WaitAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                {
                    _session = NewSession();
                }

                await listener.LostAsync(session).ConfigureAwait(false);
            }

            LastError = session.Closing ?? LastError;
            SdkLog.ConnectionLost(logger, LastError);
        }
    }

    private void FailWaiting(Exception error)
    {
        lock (_lock)
        {
            if (_session.Task.IsCompletedSuccessfully)
            {
                _session = NewSession();
            }

            _over = true;
            _session.TrySetException(error);
            // Observed here, because perhaps nobody waits.
            _ = _session.Task.Exception;
        }
    }

    private void Enter(P2PClientState state, Exception? error)
    {
        if (State == state)
        {
            return;
        }

        State = state;
        SdkLog.StateChanged(logger, state);
        try
        {
            StateChanged?.Invoke(new P2PClientStateChange(state, error));
        }
        catch (Exception e)
        {
            // The application's own fault, told to its log; the connection goes on.
            SdkLog.HandlerFailed(logger, e, nameof(StateChanged), 0);
        }
    }
}
