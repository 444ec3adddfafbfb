using System.Diagnostics;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>
/// Finds webhooks that are behind their streams and has each delivered by itself. Every node does so; a claim lets one node at a time work on a
/// webhook. Quick receivers have a lane of their own, and slow, failing and new ones another: no number of slow ones holds a quick one up.
/// </summary>
internal sealed partial class WebhookWorker(
    Database database,
    EventPush push,
    WebhookHints hints,
    WebhookCourier courier,
    WebhookSettings settings,
    ILogger<WebhookWorker> log) : BackgroundService
{
    private const int UsersMax = 1_000;
    private const int RemovedMax = 1_000;
    private static readonly TimeSpan EveryMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(15);

    private static WebhookLag _lag = new() { Events = 0, EventsMax = 0, Failing = 0 };

    static WebhookWorker()
    {
        ServerMeter.Meter.CreateObservableGauge(
            "p2p.webhooks.lag", () => _lag.Events, "{event}", "Events that active webhooks are behind their streams, all together.");
        ServerMeter.Meter.CreateObservableGauge(
            "p2p.webhooks.lag.max", () => _lag.EventsMax, "{event}", "Events that the last of the active webhooks is behind its stream.");
        ServerMeter.Meter.CreateObservableGauge(
            "p2p.webhooks.failing", () => _lag.Failing, "{webhook}", "Active webhooks whose last delivery failed.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsOn)
        {
            return;
        }

        push.Told += Hint;
        try
        {
            await Task.WhenAll(
                Lane(slow: false, stoppingToken),
                Lane(slow: true, stoppingToken),
                Periodic.Run(EveryMinute, Sweep, log, stoppingToken),
                Periodic.Run(MeasureEvery, Measure, log, stoppingToken));
        }
        finally
        {
            push.Told -= Hint;
        }
    }

    private void Hint(IReadOnlyList<AppendedEvent> events)
    {
        foreach (var appended in events)
        {
            hints.Add(appended.UserId);
        }
    }

    private async Task Lane(bool slow, CancellationToken stopping)
    {
        using var free = new SemaphoreSlim(settings.AtOnce);
        long sweptAt = 0;
        await Periodic.Run(
            TimeSpan.FromMilliseconds(settings.PauseMs),
            async cancellation =>
            {
                if (hints.Take(slow, UsersMax) is { Length: > 0 } users)
                {
                    await Start(slow, users, free, cancellation);
                }

                if (sweptAt == 0 || Stopwatch.GetElapsedTime(sweptAt) > TimeSpan.FromSeconds(settings.SweepSeconds))
                {
                    await Start(slow, users: null, free, cancellation);
                    sweptAt = Stopwatch.GetTimestamp();
                }
            },
            log,
            stopping);

        // Deliveries end within seconds once they are cancelled; the lane's room must outlive them.
        for (var i = 0; i < settings.AtOnce; i++)
        {
            await free.WaitAsync(CancellationToken.None);
        }
    }

    private async Task Start(bool slow, long[]? users, SemaphoreSlim free, CancellationToken cancellation)
    {
        var room = free.CurrentCount;
        var claimed = room == 0
            ? []
            : (await database.Write(tx => WebhookDeliverySql.Claim(tx, users, slow, WebhookCourier.LeaseSeconds, room), cancellation)).ToList();
        if (users is not null && claimed.Count == room)
        {
            hints.Return(slow, users);
        }

        foreach (var webhook in claimed)
        {
            await free.WaitAsync(CancellationToken.None); // There is room: nobody else takes any.
            _ = Work(webhook, free, cancellation);
        }
    }

    private async Task Work(ClaimedWebhook claimed, SemaphoreSlim free, CancellationToken cancellation)
    {
        try
        {
            if (await courier.Work(claimed, cancellation))
            {
                hints.Add(claimed.UserId);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Its claim ends by itself, then it is tried again.
            LogFault(claimed.Id, e);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the claim was given back.
        }
        finally
        {
            free.Release();
        }
    }

    private async Task Sweep(CancellationToken cancellation) =>
        await database.Write(tx => WebhookDeliverySql.RemoveOld(tx, settings.LogDays, RemovedMax), cancellation);

    private async Task Measure(CancellationToken cancellation)
    {
        if (await database.Read(WebhookDeliverySql.Lag, cancellation) is { } lag)
        {
            _lag = lag;
        }
    }

    [LoggerMessage(EventId = 2323, Level = LogLevel.Warning, Message = "Webhook {Id} could not be worked on; its claim ends by itself")]
    private partial void LogFault(Guid id, Exception e);
}
