using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Events;

/// <summary>Reads a user's stream.</summary>
public sealed class EventStreams(Database database)
{
    /// <summary>Where the stream stands now.</summary>
    public Task<StreamPosition> Position(long userId, string audience, CancellationToken cancellation) =>
        database.Read(tx => Position(tx, userId, audience), cancellation);

    /// <summary>The events after a number; RESYNC when the stream cannot go on from there.</summary>
    public Task<EventPage> Since(long userId, string audience, Guid epoch, long seq, CancellationToken cancellation) =>
        seq < 0
            ? throw new Refused(ErrorCodes.BadInput, "Numbers of events are never negative.", ("path", "seq"))
            : database.Read(tx => Since(tx, userId, audience, epoch, seq), cancellation);

    private static async Task<EventPage> Since(Tx tx, long userId, string audience, Guid epoch, long seq)
    {
        var position = await Position(tx, userId, audience);
        if (epoch != position.Epoch || seq > position.LastSeq || seq < position.FirstSeq - 1)
        {
            throw Resync(position);
        }

        if (seq == position.LastSeq)
        {
            return new EventPage { Events = [], HeadSeq = position.LastSeq, More = false };
        }

        var rows = await StreamSql.After(tx, userId, audience, seq, position.LastSeq, Limits.EventPageEventsMax);
        var events = Page(rows, seq);
        return events.Count > 0
            ? new EventPage { Events = events, HeadSeq = position.LastSeq, More = events[^1].Head.Seq < position.LastSeq }
            : throw Resync(await Position(tx, userId, audience)); // Old events were dropped between the two statements.
    }

    /// <summary>As many as fit on a page, at least one; none when the first is not the next.</summary>
    private static List<StoredEvent> Page(IEnumerable<EventRow> rows, long seq)
    {
        var events = new List<StoredEvent>();
        var chars = 0;
        foreach (var row in rows)
        {
            chars += row.Body.Length;
            if (row.Seq != seq + events.Count + 1 || (events.Count > 0 && chars > Limits.EventPageBytesMax))
            {
                break;
            }

            events.Add(new StoredEvent
            {
                Head = new EventHead { EventId = row.EventId, Seq = row.Seq, At = row.At },
                Type = row.Type,
                Body = JsonElement.Parse(row.Body),
            });
        }

        return events;
    }

    private static async Task<StreamPosition> Position(Tx tx, long userId, string audience) =>
        await StreamSql.Position(tx, userId, audience) ?? throw new InvalidOperationException("The database has no epoch.");

    private static Refused Resync(StreamPosition position) =>
        new(
            ErrorCodes.Resync,
            "The stream does not go on from there.",
            ("epoch", position.Epoch.ToString()),
            ("headSeq", position.LastSeq.ToString(CultureInfo.InvariantCulture)),
            ("firstSeq", position.FirstSeq.ToString(CultureInfo.InvariantCulture)));
}
