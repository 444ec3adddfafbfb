using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using P2P.Db;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>
/// Sends what is due, at least once: claims it for a while, commits, sends, marks it. Every node does so; a claim that nobody ends is over
/// after its lease, and another node sends again. E-mails and pushes have rounds of their own: neither waits for the other.
/// </summary>
internal sealed partial class OutboxWorker(
    Database database,
    EmailSender emails,
    WebPushSender pushes,
    NotificationSettings settings,
    NotificationChannels channels,
    ILogger<OutboxWorker> log) : BackgroundService
{
    private const int RowsMax = 200;
    private const int EmailsAtOnce = 8;
    private const int PushesAtOnce = 32;
    private const int DepthMax = 100_000;
    private const int LeaseSeconds = 120;
    private const int RemovedMax = 1_000;
    private const int ErrorCharsMax = 500;
    private static readonly TimeSpan EveryMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(15);

    private static IReadOnlyList<Measurement<long>> _depths = [];

    static OutboxWorker() => ServerMeter.Meter.CreateObservableGauge(
        "p2p.outbox.depth", () => _depths, "{message}", "What waits to be sent, by channel; counted up to 100,000.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        channels.Email ? Rounds([OutboxChannel.Email, OutboxChannel.EmailCode], EmailsAtOnce, stoppingToken) : Task.CompletedTask,
        channels.Push ? Rounds([OutboxChannel.WebPush], PushesAtOnce, stoppingToken) : Task.CompletedTask,
        Periodic.Run(EveryMinute, Sweep, log, stoppingToken),
        Periodic.Run(MeasureEvery, Measure, log, stoppingToken));

    private Task Rounds(OutboxChannel[] which, int atOnce, CancellationToken stopping) => Periodic.Run(
        TimeSpan.FromMilliseconds(settings.PauseMs), cancellation => Round(which, atOnce, cancellation), log, stopping);

    private async Task Round(OutboxChannel[] which, int atOnce, CancellationToken cancellation)
    {
        List<DueRow> due;
        do
        {
            due = [.. await database.Write(tx => OutboxSql.Claim(tx, which, LeaseSeconds, RowsMax), cancellation)];
            await Parallel.ForEachAsync(
                Groups(due),
                new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation },
                async (rows, ending) => await Send(rows, ending));
        }
        while (due.Count == RowsMax);
    }

    /// <summary>What is for a digest goes together, everything else alone.</summary>
    private static IEnumerable<List<DueRow>> Groups(List<DueRow> due) => due
        .GroupBy(row => row.Digest ? (row.UserId, Guid.Empty) : (row.UserId, row.Id))
        .Select(group => group.ToList());

    private async Task Send(List<DueRow> rows, CancellationToken cancellation)
    {
        Guid[] ids = [.. rows.Select(row => row.Id)];
        var attempt = rows[0].Channel switch
        {
            OutboxChannel.Email => await emails.Send(rows, cancellation),
            OutboxChannel.EmailCode => await emails.SendCode(rows[0], cancellation),
            OutboxChannel.WebPush => await pushes.Send(rows[0], cancellation),
            _ => throw new InvalidOperationException($"Nothing sends by {rows[0].Channel}."),
        };
        if (attempt.Error is null)
        {
            await database.Write(tx => OutboxSql.Sent(tx, ids), cancellation);
            return;
        }

        var error = attempt.Error.Length <= ErrorCharsMax ? attempt.Error : attempt.Error[..ErrorCharsMax];
        if (attempt.Final || OutboxRules.IsGivenUp(rows.Max(row => row.CreatedAt), rows[0].Now, HoursOf(rows[0].Channel)))
        {
            LogGivenUp(rows[0].Channel, rows[0].Id, error);
            await database.Write(tx => OutboxSql.GivenUp(tx, ids, error), cancellation);
            return;
        }

        var delay = OutboxRules.DelayMs(
            rows.Max(row => row.Attempts), settings.BackoffMsMin, settings.BackoffMsMax, RandomNumberGenerator.GetInt32(100));
        LogAgain(rows[0].Channel, rows[0].Id, delay, error);
        await database.Write(tx => OutboxSql.Again(tx, ids, delay, error), cancellation);
    }

    private int HoursOf(OutboxChannel channel) =>
        channel == OutboxChannel.WebPush ? Math.Min(WebPushSender.LifetimeHours, settings.GiveUpHours) : settings.GiveUpHours;

    private async Task Measure(CancellationToken cancellation) =>
        _depths = [.. (await database.Read(tx => OutboxSql.Depths(tx, DepthMax), cancellation))
            .Select(depth => new Measurement<long>(depth.Waiting, new KeyValuePair<string, object?>("channel", depth.Channel)))];

    private async Task Sweep(CancellationToken cancellation)
    {
        await database.Write(tx => OutboxSql.RemoveOld(tx, settings.KeptDays, RemovedMax), cancellation);
        await database.Write(tx => NotificationSql.RemoveOld(tx, settings.KeptDays, RemovedMax), cancellation);
    }

    [LoggerMessage(EventId = 2311, Level = LogLevel.Warning, Message = "{Channel} {Id} is given up: {Error}")]
    private partial void LogGivenUp(OutboxChannel channel, Guid id, string error);

    [LoggerMessage(EventId = 2312, Level = LogLevel.Information, Message = "{Channel} {Id} is tried again in {DelayMs} ms: {Error}")]
    private partial void LogAgain(OutboxChannel channel, Guid id, int delayMs, string error);
}
