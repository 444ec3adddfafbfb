using System.Diagnostics;
using P2P.Server.Core.Drain;
using P2P.Server.Core.Hubs;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime;

/// <summary>
/// Empties the node before anything of it is stopped: first it says that it drains and takes no new connections, then it tells one
/// connection after the other to go elsewhere, in no order and over a time, each once its running calls are answered.
/// </summary>
public sealed partial class Drainer(
    DrainState state, DrainSettings settings, HubLinks links, ConnectionLimits connections, ILogger<Drainer> log) : IHostedLifecycleService
{
    private static readonly TimeSpan SendingMax = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host stops nothing before this has ended, or <paramref name="cancellationToken"/> says that the time is over.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        state.Begin();
        var standing = links.All.Count();
        LogBegun(standing, settings.NoticeSeconds);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(settings.NoticeSeconds), cancellationToken);
            var told = await Spread(cancellationToken);
            // Whoever was let in at the last moment.
            await Task.WhenAll(links.All.Select(link => link.Drain())).WaitAsync(cancellationToken);
            await Sent(cancellationToken);
            var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
            LogDone(told, took);
        }
        catch (OperationCanceledException)
        {
            // Connections that are left lose nothing but the reason of their end: the SDK repeats and resumes on another node.
            LogLate(links.All.Count());
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> Spread(CancellationToken cancellation)
    {
        var all = links.All.ToArray();
        Random.Shared.Shuffle(all);
        var over = settings.SpreadOver(all.Length);
        var since = Stopwatch.GetTimestamp();
        var closing = new List<Task>(all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            var wait = (over * i / all.Length) - Stopwatch.GetElapsedTime(since);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellation);
            }

            closing.Add(all[i].Drain());
        }

        await Task.WhenAll(closing).WaitAsync(cancellation);
        return all.Length;
    }

    /// <summary>What stops after this cuts off what is still on its way, the last words to each connection among it.</summary>
    private async Task Sent(CancellationToken cancellation)
    {
        for (var since = Stopwatch.GetTimestamp(); connections.Count > 0 && Stopwatch.GetElapsedTime(since) < SendingMax;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }
    }

    [LoggerMessage(
        EventId = 2101, Level = LogLevel.Information, Message = "Draining {Connections} connections after {NoticeSeconds} s of notice")]
    private partial void LogBegun(int connections, int noticeSeconds);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Drained {Connections} connections in {Seconds:0.0} s")]
    private partial void LogDone(int connections, double seconds);

    [LoggerMessage(
        EventId = 2103, Level = LogLevel.Warning, Message = "The time to drain is over; {Connections} connections are broken off")]
    private partial void LogLate(int connections);
}
