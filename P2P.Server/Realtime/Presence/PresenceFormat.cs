using System.Text;

namespace P2P.Server.Realtime.Presence;

/// <summary>What a node tells of who is connected to it.</summary>
/// <param name="IsWhole">True when it names all, false when it names what changed.</param>
/// <param name="Connections">Hub connections that stand there.</param>
/// <param name="Came">All users, or those who came.</param>
/// <param name="Went">Those who went.</param>
internal sealed record PresenceNews(bool IsWhole, int Connections, IReadOnlyCollection<long> Came, IReadOnlyCollection<long> Went);

/// <summary>How it is written between nodes: eight bytes a user.</summary>
internal static class PresenceFormat
{
    public static byte[] Write(PresenceNews news)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(news.IsWhole);
            writer.Write(news.Connections);
            foreach (var users in new[] { news.Came, news.Went })
            {
                writer.Write(users.Count);
                foreach (var user in users)
                {
                    writer.Write(user);
                }
            }
        }

        return bytes.ToArray();
    }

    public static PresenceNews Read(ReadOnlyMemory<byte> payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        return new PresenceNews(reader.ReadBoolean(), reader.ReadInt32(), Users(reader), Users(reader));
    }

    private static List<long> Users(BinaryReader reader)
    {
        List<long> users = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            users.Add(reader.ReadInt64());
        }

        return users;
    }
}
