using System.Text;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// How events and signals are written between nodes: as they stand in the stream, without another layer of JSON around bodies that are JSON
/// already.
/// </summary>
internal static class RelayFormat
{
    private const byte Events = 1;
    private const byte Signal = 2;

    /// <summary>Events of one stream.</summary>
    public static byte[] Write(IReadOnlyList<AppendedEvent> events) => Write(Events, writer =>
    {
        writer.Write(events[0].UserId);
        writer.Write(events[0].Audience);
        writer.Write7BitEncodedInt(events.Count);
        foreach (var appended in events)
        {
            writer.Write(appended.Seq);
            writer.Write(appended.EventId.ToByteArray(bigEndian: true));
            writer.Write(appended.At.UtcTicks);
            writer.Write(appended.Type);
            writer.Write(appended.Body);
            writer.Write(appended.Live is not null);
            writer.Write(appended.Live ?? "");
        }
    });

    public static byte[] Write(RelayedSignal signal) => Write(Signal, writer =>
    {
        writer.Write(signal.UserId);
        writer.Write(signal.Audience);
        writer.Write(signal.Method);
        writer.Write(signal.Json);
    });

    /// <summary>A list of <see cref="AppendedEvent"/>, a <see cref="RelayedSignal"/>, or null for what this version does not know.</summary>
    public static object? Read(ReadOnlyMemory<byte> payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        return reader.ReadByte() switch
        {
            Events => ReadEvents(reader),
            Signal => new RelayedSignal(reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadString()),
            _ => null,
        };
    }

    private static List<AppendedEvent> ReadEvents(BinaryReader reader)
    {
        var (userId, audience) = (reader.ReadInt64(), reader.ReadString());
        var events = new List<AppendedEvent>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var (seq, id) = (reader.ReadInt64(), new Guid(reader.ReadBytes(16), bigEndian: true));
            var at = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            var (type, body, hasLive, live) = (reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), reader.ReadString());
            events.Add(new AppendedEvent(userId, audience, seq, id, type, body, at, hasLive ? live : null));
        }

        return events;
    }

    private static byte[] Write(byte kind, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(kind);
            write(writer);
        }

        return bytes.ToArray();
    }
}
