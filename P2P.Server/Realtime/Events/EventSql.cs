using Npgsql;
using NpgsqlTypes;
using P2P.Db;

namespace P2P.Server.Realtime.Events;

/// <summary>Statements on streams and events.</summary>
public static class EventSql
{
    /// <summary>
    /// The one statement by which any writer records events; the last before its commit, because it locks the streams.
    /// Its rows come back in no particular order.
    /// </summary>
    public const string AppendText =
        """
        select a.user_id, a.audience, a.seq, a.event_id
          from events_append($1, $2, $3, $4, $5, $6) a
        """;

    /// <summary>Records events in a flow's transaction. Nothing may be locked afterwards.</summary>
    public static async Task<IReadOnlyList<AppendedEvent>> Append(Tx tx, IReadOnlyList<PendingEvent> events, DateTimeOffset at)
    {
        if (events.Count == 0)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(AppendText, tx.Connection, tx.Transaction);
        foreach (var parameter in AppendParameters(events, at))
        {
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(tx.Cancellation);
        var places = new List<(long, string, long, Guid)>(events.Count);
        while (await reader.ReadAsync(tx.Cancellation))
        {
            places.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetGuid(3)));
        }

        return Placed(events, places, at);
    }

    /// <summary>The parameters of <see cref="AppendText"/>.</summary>
    public static IEnumerable<NpgsqlParameter> AppendParameters(IReadOnlyList<PendingEvent> events, DateTimeOffset at)
    {
        var count = events.Count;
        var (users, audiences, ids, types, bodies) = (new long[count], new string[count], new Guid[count], new string[count], new string[count]);
        for (var i = 0; i < count; i++)
        {
            (users[i], audiences[i], ids[i], types[i], bodies[i]) =
                (events[i].UserId, events[i].Audience, events[i].EventId, events[i].Type, events[i].Body);
        }

        yield return new NpgsqlParameter<long[]> { TypedValue = users, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        yield return new NpgsqlParameter<string[]> { TypedValue = audiences, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        yield return new NpgsqlParameter<Guid[]> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
        yield return new NpgsqlParameter<string[]> { TypedValue = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        yield return new NpgsqlParameter<string[]> { TypedValue = bodies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        yield return new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
    }

    /// <summary>Joins what was recorded with the numbers that the database gave; in the order of the numbers for each stream.</summary>
    public static IReadOnlyList<AppendedEvent> Placed(
        IReadOnlyList<PendingEvent> events, IReadOnlyList<(long UserId, string Audience, long Seq, Guid EventId)> places, DateTimeOffset at)
    {
        var byId = events.ToDictionary(pending => pending.EventId);
        return
        [
            .. places
                .OrderBy(place => place.Seq)
                .Select(place =>
                {
                    var pending = byId[place.EventId];
                    return new AppendedEvent(place.UserId, place.Audience, place.Seq, place.EventId, pending.Type, pending.Body, at, pending.Live);
                }),
        ];
    }
}
