using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Core;
using P2P.Server.Core.Outside;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>
/// Delivers one webhook's events from its position on, one delivery after the other. The position moves only after the receiver's 2xx, and only
/// while the claim holds: so everything arrives in order and at least once, whichever node delivers it.
/// </summary>
internal sealed partial class WebhookCourier(
    Database database,
    AccountChanges changes,
    Notifier notifier,
    OutsideHttp http,
    WebhookSecrets secrets,
    WebhookSettings settings,
    TimeProvider time,
    ILogger<WebhookCourier> log)
{
    public const int LeaseSeconds = 60;

    private const int DeliveriesPerTurn = 50;
    private const int Gone = 410;
    private static readonly TimeSpan TurnMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private static readonly Counter<long> Deliveries = ServerMeter.Meter.CreateCounter<long>(
        "p2p.webhooks.deliveries", "{delivery}", "Attempts to deliver, by outcome.");

    private static readonly Histogram<double> Took = ServerMeter.Seconds(
        "p2p.webhooks.duration", "Time that an attempt to deliver took.");

    /// <summary>A turn: the test that was asked for, then events until there are no more, one fails, or others have waited long enough.</summary>
    /// <returns>There is more to tell at once.</returns>
    public async Task<bool> Work(ClaimedWebhook claimed, CancellationToken cancellation)
    {
        try
        {
            if (claimed.TestId is { } testId)
            {
                await Test(claimed, testId, cancellation);
            }

            var since = Stopwatch.GetTimestamp();
            for (var done = 0; done < DeliveriesPerTurn && Stopwatch.GetElapsedTime(since) < TurnMax; done++)
            {
                switch (await Deliver(claimed, cancellation))
                {
                    case Step.Ended:
                        return false;
                    case Step.Nothing or Step.Slow:
                        done = DeliveriesPerTurn;
                        break;
                    case Step.Done:
                        break;
                    default:
                        throw new InvalidOperationException("A step that nobody knows.");
                }
            }

            return await Release(claimed, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops: the next node goes on at once and not only after the lease. What was on its way may arrive twice.
            await Release(claimed, CancellationToken.None);
            throw;
        }
    }

    /// <summary>One delivery, or one move over events that are not told.</summary>
    private async Task<Step> Deliver(ClaimedWebhook claimed, CancellationToken cancellation)
    {
        var (place, events) = await database.Read(tx => Next(tx, claimed), cancellation);
        if (place is null)
        {
            return Step.Ended;
        }

        if (place.Status != WebhookStatus.Active || place.MustWait || place.Seq == place.LastSeq)
        {
            return Step.Nothing;
        }

        var fitting = WebhookRules.Fitting(events);
        var upTo = events.Count < settings.EventsPerDelivery && fitting.Count == events.Count ? place.LastSeq : fitting[^1].Seq;
        var isLost = place.Seq < place.FirstSeq - 1;
        if (fitting.Count == 0 && !isLost)
        {
            return await database.Write(tx => WebhookDeliverySql.Skip(tx, claimed, upTo), cancellation) == 0 ? Step.Ended : Step.Done;
        }

        var body = WebhookRules.Body(place, fitting, upTo, isLost, test: false);
        var answer = await Send(place, WebhookRules.IdOf(place.Id, fitting, upTo), body, cancellation);
        var row = Row(Ids.New(), WebhookDeliveryKind.Events, fitting, place.Attempts + 1, answer);
        return answer.Error is null
            ? await Delivered(claimed, upTo, row, answer.Took > SlowAfter, cancellation)
            : await Failed(claimed, place, row, cancellation);
    }

    private async Task<(WebhookPlace? Place, IReadOnlyList<EventRow> Events)> Next(Tx tx, ClaimedWebhook claimed) =>
        await WebhookDeliverySql.Place(tx, claimed) is not { } place ? (null, [])
        : place is { Status: WebhookStatus.Active, MustWait: false } && place.Seq < place.LastSeq
            ? (place, [.. await WebhookDeliverySql.Next(tx, place, settings.EventsPerDelivery)])
            : (place, []);

    private async Task<Step> Delivered(ClaimedWebhook claimed, long upTo, WebhookDeliveryRow row, bool slow, CancellationToken cancellation)
    {
        var moved = await database.Write(
            async tx =>
            {
                var rows = await WebhookDeliverySql.Delivered(tx, claimed, upTo, row.LastSeq ?? upTo, slow, LeaseSeconds);
                await WebhookDeliverySql.Log(tx, claimed.Id, row);
                return rows;
            },
            cancellation);
        return moved == 0 ? Step.Ended : slow ? Step.Slow : Step.Done;
    }

    private async Task<Step> Failed(ClaimedWebhook claimed, WebhookPlace place, WebhookDeliveryRow row, CancellationToken cancellation)
    {
        if (row.HttpStatus == Gone || WebhookRules.IsHopeless(place.FailingSince, place.Now, settings.StopAfterDays))
        {
            LogStopped(claimed.Id, row.Error);
            await changes.Run(
                async change =>
                {
                    await WebhookDeliverySql.Log(change.Tx, claimed.Id, row);
                    if (await WebhookDeliverySql.Stop(change.Tx, claimed) > 0)
                    {
                        await notifier.Add(change, [new NewNotification(place.UserId, row.Id, NoticeOf(place), await change.Now())]);
                    }

                    return 0;
                },
                cancellation);
            return Step.Ended;
        }

        var delay = OutboxRules.DelayMs(
            place.Attempts + 1, settings.BackoffMsMin, settings.BackoffMsMax, RandomNumberGenerator.GetInt32(100));
        LogAgain(claimed.Id, delay, row.Error);
        await database.Write(
            async tx =>
            {
                await WebhookDeliverySql.Again(tx, claimed, delay);
                await WebhookDeliverySql.Log(tx, claimed.Id, row);
            },
            cancellation);
        return Step.Ended;
    }

    private async Task Test(ClaimedWebhook claimed, Guid testId, CancellationToken cancellation)
    {
        if (await database.Read(tx => WebhookDeliverySql.Place(tx, claimed), cancellation) is not { } place)
        {
            return;
        }

        // Taken off first: a test is sent at most once, whatever becomes of it.
        if (await database.Write(tx => WebhookDeliverySql.Tested(tx, claimed.Id, testId), cancellation) > 0)
        {
            var answer = await Send(
                place, $"{place.Id:N}.test-{testId:N}", WebhookRules.Body(place, [], place.Seq, eventsLost: false, test: true), cancellation);
            var row = Row(testId, WebhookDeliveryKind.Test, [], 1, answer);
            await database.Write(tx => WebhookDeliverySql.Log(tx, claimed.Id, row), cancellation);
        }
    }

    private async Task<OutsideAnswer> Send(WebhookPlace place, string id, byte[] body, CancellationToken cancellation)
    {
        var keys = new[] { place.Secret, place.FormerSecret }.OfType<byte[]>()
            .Select(one => secrets.Open(one, place.Id)).OfType<byte[]>().ToList();
        if (keys.Count == 0)
        {
            return new OutsideAnswer { Error = "The secret can no longer be read: rotate it.", Took = TimeSpan.Zero };
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var answer = await http.Post(
            place.Url,
            body,
            [
                ("Content-Type", "application/json"),
                (WebhookRules.IdHeader, id),
                (WebhookRules.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture)),
                (WebhookRules.SignatureHeader, WebhookRules.Signatures(keys, id, timestamp, body)),
            ],
            cancellation);
        Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", answer.Error is null ? "delivered" : "failed"));
        Took.Record(answer.Took.TotalSeconds);
        return answer;
    }

    private Task<bool> Release(ClaimedWebhook claimed, CancellationToken cancellation) =>
        database.Write(tx => WebhookDeliverySql.Release(tx, claimed), cancellation);

    private static WebhookDeliveryRow Row(
        Guid id, WebhookDeliveryKind kind, IReadOnlyList<EventRow> events, int attempt, OutsideAnswer answer) => new()
        {
            Id = id,
            Kind = kind,
            FirstSeq = events.Count > 0 ? events[0].Seq : null,
            LastSeq = events.Count > 0 ? events[^1].Seq : null,
            Events = events.Count,
            Attempt = attempt,
            HttpStatus = (short?)answer.Status,
            LatencyMs = answer.TookMs,
            Error = answer.Error,
            At = default, // The database writes its own clock.
        };

    private static Notice NoticeOf(WebhookPlace place) => new(
        NotificationKind.WebhookStopped,
        new Dictionary<string, string>
        {
            ["webhookId"] = place.Id.ToString(),
            ["host"] = WebhookFlow.HostOf(place.Url),
        }.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>How a step of a turn ended.</summary>
    private enum Step
    {
        /// <summary>There may be more.</summary>
        Done,

        /// <summary>There is nothing to tell.</summary>
        Nothing,

        /// <summary>Delivered, but the receiver took its time: others come first.</summary>
        Slow,

        /// <summary>It failed, or the claim is over: nothing is left to give back.</summary>
        Ended,
    }

    [LoggerMessage(EventId = 2321, Level = LogLevel.Information, Message = "Webhook {Id} is tried again in {DelayMs} ms: {Error}")]
    private partial void LogAgain(Guid id, int delayMs, string? error);

    [LoggerMessage(EventId = 2322, Level = LogLevel.Warning, Message = "Webhook {Id} is stopped: {Error}")]
    private partial void LogStopped(Guid id, string? error);
}
