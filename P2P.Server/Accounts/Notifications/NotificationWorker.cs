using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications;

/// <summary>
/// Makes notifications of what happened. Each stream has a position that moves in the transaction that makes the notifications, under its row
/// lock: so every event is read once, whichever node reads it. A node reads at once what it recorded itself; a sweep finds what a crash left.
/// </summary>
public sealed partial class NotificationWorker(
    Database database,
    AccountChanges changes,
    EventPush push,
    NotificationMap map,
    Notifier notifier,
    NotificationSettings settings,
    ILogger<NotificationWorker> log) : BackgroundService
{
    private const int UsersMax = 64;
    private const int PerStreamMax = 100;
    private const int SweepRowsMax = 1_000;
    private const int HintsMax = 20_000;

    /// <summary>Looking for what is left takes at most this part of the time.</summary>
    private const int SweepRest = 20;

    /// <summary>A sweep waits at most so many times its pause: one slow look, on a busy machine, is no reason to leave everything where it is.</summary>
    private const int SweepRestMax = 4;

    private readonly ConcurrentDictionary<long, byte> _hints = new();
    private long _sweptAt;
    private TimeSpan _sweepPause = TimeSpan.FromSeconds(settings.SweepSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        push.Told += Hint;
        try
        {
            await Periodic.Run(TimeSpan.FromMilliseconds(settings.PauseMs), Round, log, stoppingToken);
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
            // What finds no room is found by the sweep.
            if (map.Has(appended.Type) && _hints.Count < HintsMax)
            {
                _hints[appended.UserId] = 0;
            }
        }
    }

    private async Task Round(CancellationToken cancellation)
    {
        while (_hints.Keys.Take(UsersMax).ToArray() is { Length: > 0 } users)
        {
            await Make(users, cancellation);
        }

        if (_sweptAt == 0 || Stopwatch.GetElapsedTime(_sweptAt) > _sweepPause)
        {
            var looked = await Sweep(cancellation);
            _sweptAt = Stopwatch.GetTimestamp();
            var least = TimeSpan.FromSeconds(settings.SweepSeconds);
            _sweepPause = TimeSpan.FromTicks(Math.Clamp((looked * SweepRest).Ticks, least.Ticks, (least * SweepRestMax).Ticks));
        }
    }

    /// <summary>How long it looked; what it then did had to be done.</summary>
    private async Task<TimeSpan> Sweep(CancellationToken cancellation)
    {
        var looked = TimeSpan.Zero;
        List<StreamBehind> behind;
        do
        {
            var begun = Stopwatch.GetTimestamp();
            behind = [.. await database.Read(tx => NotificationSql.Behind(tx, map.Types, SweepRowsMax), cancellation)];
            looked += Stopwatch.GetElapsedTime(begun);
            var idle = behind.Where(stream => !stream.Wanted).OrderBy(stream => stream.UserId).ThenBy(stream => stream.Audience).ToList();
            if (idle.Count > 0)
            {
                await database.Write(tx => Pass(tx, idle), cancellation);
            }

            foreach (var users in behind.Where(stream => stream.Wanted).Select(stream => stream.UserId).Distinct().Chunk(UsersMax))
            {
                await Make(users, cancellation);
            }
        }
        while (behind.Count == SweepRowsMax);
        return looked;
    }

    /// <summary>Moves positions over events that nothing is made of.</summary>
    private static async Task Pass(Tx tx, List<StreamBehind> idle)
    {
        long[] users = [.. idle.Select(stream => stream.UserId).Distinct()];
        await NotificationSql.EnsurePositions(tx, users);
        await NotificationSql.LockPositions(tx, users);
        await NotificationSql.MovePositions(
            tx, [.. idle.Select(stream => stream.UserId)], [.. idle.Select(stream => stream.Audience)], [.. idle.Select(stream => stream.LastSeq)]);
    }

    private async Task Make(long[] users, CancellationToken cancellation)
    {
        // Taken off first: what is recorded from now on hints anew.
        foreach (var user in users)
        {
            _hints.TryRemove(user, out _);
        }

        try
        {
            foreach (var user in await changes.Run(change => Make(change, users), cancellation))
            {
                _hints[user] = 0;
            }
        }
        catch
        {
            // Tried again with the next round; a crash leaves it to the sweep.
            foreach (var user in users)
            {
                _hints[user] = 0;
            }

            throw;
        }
    }

    /// <summary>Users of whom there is more to read.</summary>
    private async Task<IReadOnlyList<long>> Make(Change change, long[] users)
    {
        await NotificationSql.EnsurePositions(change.Tx, users);
        var positions = (await NotificationSql.LockPositions(change.Tx, users)).ToList();
        var events = (await NotificationSql.After(
            change.Tx,
            [.. positions.Select(position => position.UserId)],
            [.. positions.Select(position => position.Audience)],
            [.. positions.Select(position => position.Seq)],
            PerStreamMax)).ToList();
        if (events.Count == 0)
        {
            return [];
        }

        var streams = events.GroupBy(row => (row.UserId, row.Audience)).ToList();
        await NotificationSql.MovePositions(
            change.Tx,
            [.. streams.Select(stream => stream.Key.UserId)],
            [.. streams.Select(stream => stream.Key.Audience)],
            [.. streams.Select(stream => stream.Max(row => row.Seq))]);
        await notifier.Add(change, [.. events.Select(Read).OfType<NewNotification>()]);
        return [.. streams.Where(stream => stream.Count() == PerStreamMax).Select(stream => stream.Key.UserId).Distinct()];
    }

    private NewNotification? Read(EventRow row)
    {
        try
        {
            return map.Read(row.UserId, row.Type, row.Body) is { } notice ? new NewNotification(row.UserId, row.EventId, notice, row.At) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // Its hearer is not notified of this one event, which still stands in the stream; all others must not wait for it.
            LogUnreadable(row.Type, row.EventId, e);
            return null;
        }
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "No notification could be made of the {Type} {EventId}")]
    private partial void LogUnreadable(string type, Guid eventId, Exception e);
}
