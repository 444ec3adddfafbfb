using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Healing;

/// <summary>
/// Compares what connected clients were sent with their streams, and pushes what is missing: events of other nodes that the backplane did not
/// bring, and those whose push was lost with a process.
/// </summary>
public sealed class Healer(Database database, HubLinks links, ClusterBus bus, ILogger<Healer> log) : BackgroundService
{
    /// <summary>While other nodes tell this one nothing, so that every event of theirs is found here.</summary>
    private static readonly TimeSpan Unaided = TimeSpan.FromSeconds(1);

    /// <summary>While the backplane brings them.</summary>
    private static readonly TimeSpan Aided = TimeSpan.FromSeconds(5);

    /// <summary>How soon the streams of new connections are looked at: their channels may have been joined later than they were read.</summary>
    private static readonly TimeSpan NewAfter = TimeSpan.FromMilliseconds(500);

    private const int HeadsAtOnceMax = 5_000;
    private const int RangesAtOnceMax = 100;
    private static readonly Counter<long> Healed = ServerMeter.Meter.CreateCounter<long>(
        "p2p.events.healed", "{event}", "Events that were read from the stream because no push brought them.");

    private static readonly Histogram<double> Lags = ServerMeter.Seconds(
        "p2p.events.healed.lag",
        "Age of events when they were read from the stream because no push brought them; by the clocks of two machines.");

    private static readonly Gauge<long> Behind = ServerMeter.Meter.CreateGauge<long>(
        "p2p.events.behind.max", "{event}", "Events that the last of this node's connections is behind its stream, each second.");

    private readonly Wake _wake = new();
    private ConcurrentDictionary<(long UserId, string Audience), byte> _new = [];
    private ConcurrentDictionary<(long UserId, string Audience), byte> _ripe = [];
    private long _begunAt;
    private long _allAt;
    private int _stateChanged;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        links.Added += Note;
        bus.StateChanged += Hurry;
        try
        {
            await Periodic.Run(Pause, _wake, Round, log, stoppingToken);
        }
        finally
        {
            links.Added -= Note;
            bus.StateChanged -= Hurry;
        }
    }

    private TimeSpan Pause() => bus.State == BackplaneState.Up ? NewAfter : Unaided - Stopwatch.GetElapsedTime(_begunAt);

    /// <summary>All streams when it is time for them, else those of new connections.</summary>
    private async Task Round(CancellationToken cancellation)
    {
        _begunAt = Stopwatch.GetTimestamp();
        var some = _ripe;
        _ripe = Interlocked.Exchange(ref _new, []);
        if (Interlocked.Exchange(ref _stateChanged, 0) == 1
            || bus.State != BackplaneState.Up
            || _allAt == 0
            || Stopwatch.GetElapsedTime(_allAt) > Aided)
        {
            _allAt = _begunAt;
            await Heal(links.Streams, cancellation);
        }
        else
        {
            await Heal(some.Keys, cancellation);
        }
    }

    /// <summary>What is lost around a change is looked for at once.</summary>
    private void Hurry()
    {
        Volatile.Write(ref _stateChanged, 1);
        _wake.Set();
    }

    private void Note(HubLink link)
    {
        if (bus.IsOn)
        {
            Volatile.Read(ref _new)[(link.Caller.UserId, link.Audience)] = 0;
        }
    }

    private async Task Heal(IEnumerable<(long UserId, string Audience)> wanted, CancellationToken cancellation)
    {
        Exception? failure = null;
        var behind = 0L;
        foreach (var streams in wanted.Chunk(HeadsAtOnceMax))
        {
            var heads = await database.Read(
                tx => StreamSql.Heads(tx, [.. streams.Select(stream => stream.UserId)], [.. streams.Select(stream => stream.Audience)]),
                cancellation);
            foreach (var head in heads)
            {
                behind = links.Of(head.UserId, head.Audience).Aggregate(behind, (most, link) => Math.Max(most, link.Behind(head.LastSeq)));
            }

            foreach (var missing in heads.SelectMany(Missing).Chunk(RangesAtOnceMax))
            {
                try
                {
                    await Push(missing, cancellation);
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested && !Database.IsUnavailable(e))
                {
                    // Told below, once the others have theirs; these users wait for the next round.
                    failure ??= e;
                }
            }
        }

        Behind.Record(behind);
        if (failure is not null)
        {
            throw new InvalidOperationException("Some streams were not healed.", failure);
        }
    }

    /// <summary>
    /// What the user's connections lack of this stream. Each has a range of its own, no longer than its window: from the slowest to the
    /// quickest there may be a whole history.
    /// </summary>
    private IEnumerable<MissingEvents> Missing(StreamHead head) =>
        links.Of(head.UserId, head.Audience)
            .Select(link => link.Missing(head.LastSeq))
            .OfType<(long From, long To)>()
            .Distinct()
            .Select(lacks => new MissingEvents(head.UserId, head.Audience, lacks.From, lacks.To));

    private async Task Push(MissingEvents[] missing, CancellationToken cancellation)
    {
        var rows = await database.Read(
            tx => StreamSql.Missing(
                tx,
                [.. missing.Select(lack => lack.UserId)],
                [.. missing.Select(lack => lack.Audience)],
                [.. missing.Select(lack => lack.From)],
                [.. missing.Select(lack => lack.To)]),
            cancellation);
        foreach (var row in rows.DistinctBy(row => (row.UserId, row.Audience, row.Seq)))
        {
            var frame = HubFrame.Of(new AppendedEvent(row.UserId, row.Audience, row.Seq, row.EventId, row.Type, row.Body, row.At));
            foreach (var link in links.Of(row.UserId, row.Audience))
            {
                link.Push(row.Seq, frame);
            }

            Healed.Add(1);
            Lags.Record(Math.Max(0, (DateTimeOffset.UtcNow - row.At).TotalSeconds));
        }
    }

    private sealed record MissingEvents(long UserId, string Audience, long From, long To);
}
