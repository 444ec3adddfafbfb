using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Core;

/// <summary>How ids are made.</summary>
public static class Ids
{
    private const long UserIdMax = 1L << 52;

    /// <summary>A UUID of version 7: sorts by time, tells no volume.</summary>
    public static Guid New() => Guid.CreateVersion7();

    /// <summary>A user's id: random, positive, below 2^52, so that it is exact as a JSON number and nothing can be counted from it.</summary>
    public static long NewUserId()
    {
        Span<byte> bytes = stackalloc byte[8];
        long id;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            id = (long)(BitConverter.ToUInt64(bytes) % UserIdMax);
        }
        while (id == 0);
        return id;
    }

    /// <summary>A UUID of version 8, always the same for a name: the first bytes of the name's SHA-256.</summary>
    public static Guid Named(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The time in a UUID of version 7; null for any other.</summary>
    public static DateTimeOffset? TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        if (id.Version != 7 || id.Variant is < 8 or > 0xB)
        {
            return null;
        }

        var ms = ((long)bytes[0] << 40) | ((long)bytes[1] << 32) | ((long)bytes[2] << 24) | ((long)bytes[3] << 16) | ((long)bytes[4] << 8) | bytes[5];
        return DateTimeOffset.FromUnixTimeMilliseconds(ms);
    }
}
