using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Contracts.Encryption;

/// <summary>
/// The number that two users compare by another way (in person, by phone) to be sure that nobody put keys of their own between them. It is the same
/// for both, and another one when a device of either comes or goes. docs/encryption.md has the formula.
/// </summary>
public static class SafetyNumbers
{
    /// <summary>Digits of the number.</summary>
    public const int Digits = 60;

    private const int Iterations = 5_000;
    private const int GroupBytes = 5;
    private const int GroupsPerUser = 6;
    private static readonly byte[] Context = "P2P safety number v1\0"u8.ToArray();

    /// <summary>The number of two users.</summary>
    /// <param name="oneId">A user.</param>
    /// <param name="oneKeys">That user's active devices: signing key and agreement key of each, one after the other (130 bytes).</param>
    /// <param name="otherId">The other user.</param>
    /// <param name="otherKeys">The other user's active devices.</param>
    /// <returns>60 digits in twelve groups of five, parted by spaces.</returns>
    public static string Of(long oneId, IEnumerable<byte[]> oneKeys, long otherId, IEnumerable<byte[]> otherKeys)
    {
        var (one, other) = (Half(oneId, oneKeys), Half(otherId, otherKeys));
        return oneId <= otherId ? $"{one} {other}" : $"{other} {one}";
    }

    private static string Half(long userId, IEnumerable<byte[]> keys)
    {
        var salt = new byte[Context.Length + sizeof(long)];
        Context.CopyTo(salt, 0);
        BinaryPrimitives.WriteInt64BigEndian(salt.AsSpan(Context.Length), userId);
        byte[] all = [.. keys.OrderBy(Convert.ToHexString, StringComparer.Ordinal).SelectMany(key => key)];
        var hash = Rfc2898DeriveBytes.Pbkdf2(all, salt, Iterations, HashAlgorithmName.SHA256, GroupBytes * GroupsPerUser);
        var text = new StringBuilder();
        for (var i = 0; i < hash.Length; i += GroupBytes)
        {
            ulong group = 0;
            foreach (var part in hash.AsSpan(i, GroupBytes))
            {
                group = (group << 8) | part;
            }

            text.Append(i > 0 ? " " : "").Append((group % 100_000).ToString("D5", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
