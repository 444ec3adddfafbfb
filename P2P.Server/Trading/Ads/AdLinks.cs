using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Trading.Ads;

/// <summary>Secrets of ads by link: 128 bits as base64url, stored as SHA-256 of their text.</summary>
public static class AdLinks
{
    private const int SecretBytes = 16;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes as long for a wrong secret as for the right one.</summary>
    public static bool Opens(Ad ad, string? secret) =>
        ad.LinkHash is { } hash && secret is not null && CryptographicOperations.FixedTimeEquals(hash, HashOf(secret));
}
