using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Realtime.Backplane;

/// <summary>A message as it was sealed by one node.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Number">The node's own count, upwards.</param>
/// <param name="SentAt">By the node's clock.</param>
/// <param name="Payload">What it says.</param>
public readonly record struct ClusterMessage(long Node, long Number, DateTimeOffset SentAt, ReadOnlyMemory<byte> Payload);

/// <summary>
/// Seals what a node says with the cluster key, which Redis does not know: version, node, number, time, payload, and HMAC-SHA-256 over the
/// channel and all of these. What was made without the key, changed, or taken from another channel does not open.
/// </summary>
public sealed class ClusterSeal(byte[] key)
{
    private const byte Version = 1;
    private const int NodeAt = 1;
    private const int NumberAt = 9;
    private const int TimeAt = 17;
    private const int HeadBytes = 25;
    private const int MacBytes = HMACSHA256.HashSizeInBytes;

    /// <summary>More than this is never sent, and never looked at.</summary>
    public const int MessageBytesMax = 1 << 20;

    public byte[] Seal(string channel, long node, long number, DateTimeOffset at, ReadOnlySpan<byte> payload)
    {
        var message = new byte[HeadBytes + payload.Length + MacBytes];
        message[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(NodeAt), node);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(NumberAt), number);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(TimeAt), at.ToUnixTimeMilliseconds());
        payload.CopyTo(message.AsSpan(HeadBytes));
        Mac(channel, message.AsSpan(..^MacBytes), message.AsSpan(^MacBytes..));
        return message;
    }

    /// <summary>Null for what this cluster did not say on this channel.</summary>
    public ClusterMessage? Open(string channel, byte[]? message)
    {
        if (message is not { Length: >= HeadBytes + MacBytes and <= MessageBytesMax } || message[0] != Version)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        Mac(channel, message.AsSpan(..^MacBytes), mac);
        return !CryptographicOperations.FixedTimeEquals(mac, message.AsSpan(^MacBytes..))
            ? null
            : new ClusterMessage(
                BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(NodeAt)),
                BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(NumberAt)),
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(TimeAt))),
                message.AsMemory(HeadBytes..^MacBytes));
    }

    private void Mac(string channel, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        var name = Encoding.UTF8.GetBytes(channel);
        Span<byte> length = stackalloc byte[sizeof(int)];

        // With its length, so that no end of a channel's name can pass for the beginning of a message.
        BinaryPrimitives.WriteInt32BigEndian(length, name.Length);
        hash.AppendData(length);
        hash.AppendData(name);
        hash.AppendData(message);
        hash.GetHashAndReset(mac);
    }
}
