using System.Diagnostics;
using P2P.Server.Core;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Presence;

/// <summary>Tells the other nodes who is connected here: what changed within a quarter of a second, and all of it every three.</summary>
public sealed class PresenceFeed(PresenceBoard board, HubLinks links, ClusterBus bus, ClusterBeat beat, ILogger<PresenceFeed> log)
    : BackgroundService
{
    private const string Channel = "presence";

    /// <summary>A message to other nodes stays below its bound; whoever has more users than this tells changes only.</summary>
    private const int UsersMax = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WholeEvery = TimeSpan.FromSeconds(3);

    private HashSet<long> _told = [];
    private long _wholeAt;
    private volatile bool _someoneCame;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!bus.IsOn)
        {
            return;
        }

        _ = bus.Join(Channel, Hear);
        beat.PeerCame += Greet;
        try
        {
            await Periodic.Run(Pause, Tell, log, stoppingToken);
        }
        finally
        {
            beat.PeerCame -= Greet;
        }
    }

    private void Greet(long node) => _someoneCame = true;

    private Task Tell(CancellationToken cancellation)
    {
        board.Keep(beat.Peers);
        var now = links.Streams.Select(stream => stream.UserId).ToHashSet();
        var connections = links.All.Count(link => !link.IsEnded);
        if (now.Count <= UsersMax && (_someoneCame || _wholeAt == 0 || Stopwatch.GetElapsedTime(_wholeAt) > WholeEvery))
        {
            _someoneCame = false;
            _wholeAt = Stopwatch.GetTimestamp();
            bus.Publish(Channel, PresenceFormat.Write(new PresenceNews(true, connections, now, [])), lossy: true);
        }
        else if (!now.SetEquals(_told))
        {
            bus.Publish(
                Channel,
                PresenceFormat.Write(new PresenceNews(false, connections, [.. now.Except(_told)], [.. _told.Except(now)])),
                lossy: true);
        }

        _told = now;
        return Task.CompletedTask;
    }

    private void Hear(ClusterMessage message)
    {
        var news = PresenceFormat.Read(message.Payload);
        if (news.IsWhole)
        {
            board.Set(message.Node, news.Came, news.Connections);
        }
        else
        {
            board.Change(message.Node, news.Came, news.Went, news.Connections);
        }
    }
}
