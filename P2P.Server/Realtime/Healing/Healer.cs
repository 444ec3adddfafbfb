using System.Diagnostics.Metrics;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Healing;

/// <summary>
/// Compares what connected clients were sent with their streams, and pushes what is missing: events that another node recorded, and those
/// whose push was lost with a process.
/// </summary>
public sealed class Healer(Database database, HubLinks links, ILogger<Healer> log) : BackgroundService
{
    /// <summary>Other nodes tell this one nothing, so every event of theirs is found here.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int HeadsAtOnceMax = 5_000;
    private const int StreamsAtOnceMax = 100;
    private static readonly Counter<long> Healed = ServerMeter.Meter.CreateCounter<long>(
        "p2p.events.healed", description: "Events that were read from the stream because no push brought them.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Heal, log, stoppingToken);

    private async Task Heal(CancellationToken cancellation)
    {
        foreach (var streams in links.Streams.Chunk(HeadsAtOnceMax))
        {
            var heads = await database.Read(
                tx => StreamSql.Heads(tx, [.. streams.Select(stream => stream.UserId)], [.. streams.Select(stream => stream.Audience)]),
                cancellation);
            foreach (var missing in heads.Select(Missing).OfType<MissingEvents>().Chunk(StreamsAtOnceMax))
            {
                await Push(missing, cancellation);
            }
        }
    }

    /// <summary>What any of the user's connections lacks of this stream; null when nothing.</summary>
    private MissingEvents? Missing(StreamHead head)
    {
        var (from, to) = (long.MaxValue, 0L);
        foreach (var link in links.Of(head.UserId, head.Audience))
        {
            if (link.Missing(head.LastSeq) is { } lacks)
            {
                (from, to) = (Math.Min(from, lacks.From), Math.Max(to, lacks.To));
            }
        }

        return to == 0 ? null : new MissingEvents(head.UserId, head.Audience, from, to);
    }

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
        foreach (var row in rows)
        {
            var frame = HubFrame.Of(new AppendedEvent(row.UserId, row.Audience, row.Seq, row.EventId, row.Type, row.Body, row.At));
            foreach (var link in links.Of(row.UserId, row.Audience))
            {
                link.Push(row.Seq, frame);
            }

            Healed.Add(1);
        }
    }

    private sealed record MissingEvents(long UserId, string Audience, long From, long To);
}
