using System.Diagnostics;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Replica;

/// <summary>
/// Compares the replica with the primary ten times a second, and notes who was told of what. A replica that does not answer, was promoted,
/// or belongs to another history of the database is left out until it is well again.
/// </summary>
public sealed partial class ReplicaWatch(
    Database primary, ReplicaReads reads, HubLinks links, EventPush push, ILogger<ReplicaWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);
    private bool _isOut;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (reads.Replica is not { } replica)
        {
            return;
        }

        links.Told += reads.Freshness.Touch;
        push.Told += Told;
        await Periodic.Run(Pause, stop => Compare(replica, stop), log, stoppingToken);
        links.Told -= reads.Freshness.Touch;
        push.Told -= Told;
    }

    /// <summary>Those who are not connected here, too: they may ask over REST.</summary>
    private void Told(IReadOnlyList<AppendedEvent> events)
    {
        foreach (var appended in events)
        {
            reads.Freshness.Touch(appended.UserId);
        }
    }

    private async Task Compare(Database replica, CancellationToken stop)
    {
        var moment = Stopwatch.GetTimestamp();
        var written = await primary.Read(ReplicaSql.Written, stop);
        reads.Freshness.Written(moment, written?.Place ?? long.MaxValue);
        var why = await Replayed(replica, written?.Epoch, stop);
        if (why is not null)
        {
            reads.Freshness.LeaveOut();
        }

        if (why is not null != _isOut)
        {
            _isOut = why is not null;
            if (why is not null)
            {
                LogOut(why);
            }
            else
            {
                LogIn();
            }
        }
    }

    /// <summary>Why the replica cannot be read; null when it can.</summary>
    private async Task<string?> Replayed(Database replica, Guid? epoch, CancellationToken stop)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(AnswerMax);
            var replayed = await replica.Read(ReplicaSql.Replayed, limit.Token);
            if (replayed?.Place is not { } place)
            {
                return "it is no replica";
            }

            if (replayed.Epoch != epoch)
            {
                // The row itself may be on its way; a place in another history says nothing.
                return "it has another history";
            }

            reads.Freshness.Replayed(place);
            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Said once, when it begins; nobody loses anything while the primary answers.
            return e.Message;
        }
    }

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The replica is left out: {Cause}")]
    private partial void LogOut(string cause);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Information, Message = "The replica is read again")]
    private partial void LogIn();
}
