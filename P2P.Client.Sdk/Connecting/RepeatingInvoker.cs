using System.Diagnostics;
using Microsoft.Extensions.Logging;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>
/// Repeats a call until the server has decided or the time is over. Everything may be repeated: a read changes nothing, and a change
/// carries its request id in its argument, which stays the same.
/// </summary>
internal sealed class RepeatingInvoker(P2PClientOptions options, Link link, Telemetry telemetry, ILogger logger) : IHubInvoker
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        RepeatAsync(method, (session, token) => session.InvokeAsync<T>(method, arguments, token), cancellationToken);

    /// <summary>Calls, and tells the connection that brought the answer.</summary>
    public Task<(T Answer, HubSession Session)> InvokeOnAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        RepeatAsync(
            method,
            async (session, token) => (await session.InvokeAsync<T>(method, arguments, token).ConfigureAwait(false), session),
            cancellationToken);

    /// <inheritdoc/>
    public Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        RepeatAsync(
            method,
            async (session, token) =>
            {
                await session.InvokeAsync(method, arguments, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        RepeatAsync(
            method,
            async (session, token) =>
            {
                await session.SendAsync(method, arguments, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task<T> RepeatAsync<T>(
        string method,
        Func<HubSession, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity($"P2P {method}", ActivityKind.Client);
        var start = options.TimeProvider.GetTimestamp();
        var code = "OK";
        using var time = new CancellationTokenSource(options.CallTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        Exception? last = null;
        try
        {
            for (var failures = 0; ; failures++)
            {
                try
                {
                    var session = await link.SessionAsync(either.Token).ConfigureAwait(false);
                    return await call(session, either.Token).ConfigureAwait(false);
                }
                catch (ConnectionLostException e)
                {
                    last = e;
                }
                catch (P2PException e) when (e.IsTransient && e.InnerException is Microsoft.AspNetCore.SignalR.HubException)
                {
                    last = e;
                }

                var pause = Pause(last, failures);
                if (options.TimeProvider.GetElapsedTime(start) + pause >= options.CallTimeout)
                {
                    throw last as P2PException ?? TimedOut(method, last);
                }

                telemetry.Repeats.Add(1);
                SdkLog.CallRepeated(logger, last, method, pause.TotalMilliseconds);
                await Task.Delay(pause, options.TimeProvider, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            code = ErrorCodes.Timeout;
            throw TimedOut(method, last);
        }
        catch (P2PException e)
        {
            code = e.Code;
            throw;
        }
        finally
        {
            activity?.SetTag("p2p.code", code);
            telemetry.CallSeconds.Record(
                options.TimeProvider.GetElapsedTime(start).TotalSeconds,
                new KeyValuePair<string, object?>("method", method),
                new KeyValuePair<string, object?>("code", code));
        }
    }

    private static TimeSpan Pause(Exception error, int failures)
    {
        if (error is ConnectionLostException)
        {
            // The next session is waited for anyway; the pause is for a server that closes each one at once.
            return Backoff.After(Math.Max(failures - 1, 0), PauseMin, PauseMax);
        }

        var own = Backoff.After(failures, PauseMin, PauseMax);
        var asked = Backoff.AtLeast((error as P2PException)?.RetryAfter ?? TimeSpan.Zero);
        return own > asked ? own : asked;
    }

    private static P2PException TimedOut(string method, Exception? last) =>
        new(
            ErrorCodes.Timeout,
            $"{method} has no answer in time: whether it happened is unknown until it is repeated under the same request id.",
            innerException: last);
}
