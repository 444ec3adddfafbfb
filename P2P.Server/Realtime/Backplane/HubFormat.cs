using System.Text;

namespace P2P.Server.Realtime.Backplane;

/// <summary>A message to connections of another node.</summary>
/// <param name="Ids">Which connections hear it, or which do not: the channel says.</param>
/// <param name="Frame">As it goes over the wire.</param>
internal sealed record HubSend(IReadOnlyList<string> Ids, ReadOnlyMemory<byte> Frame);

/// <summary>A connection of another node joins a group or leaves it.</summary>
/// <param name="Ask">Under which number the answer is awaited; an answer has nothing else.</param>
/// <param name="ConnectionId">Whichever node has it obeys and answers.</param>
/// <param name="Group">The group.</param>
/// <param name="Joins">False when it leaves.</param>
internal sealed record HubGroupCommand(long Ask, string ConnectionId, string Group, bool Joins);

/// <summary>How these are written between nodes.</summary>
internal static class HubFormat
{
    public static byte[] Write(HubSend send) => Write(writer =>
    {
        writer.Write7BitEncodedInt(send.Ids.Count);
        foreach (var id in send.Ids)
        {
            writer.Write(id);
        }

        writer.Write(send.Frame.Span);
    });

    public static HubSend ReadSend(ReadOnlyMemory<byte> payload)
    {
        using var bytes = new MemoryStream(payload.ToArray());
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        List<string> ids = [];
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            ids.Add(reader.ReadString());
        }

        return new HubSend(ids, payload[(int)bytes.Position..]);
    }

    public static byte[] Write(HubGroupCommand command) => Write(writer =>
    {
        writer.Write(command.Ask);
        writer.Write(command.ConnectionId);
        writer.Write(command.Group);
        writer.Write(command.Joins);
    });

    public static HubGroupCommand ReadCommand(ReadOnlyMemory<byte> payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        return new HubGroupCommand(reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadBoolean());
    }

    private static byte[] Write(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        return bytes.ToArray();
    }
}
