using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>Secrets of ads by link: 128 bits as base64url, stored as SHA-256 of their text.</summary>
public static class AdLinks
{
    private const int SecretBytes = 16;
    private const int SecretCharsMax = 64;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Refuses what is too long to be a secret, before it is hashed.</summary>
    public static void Check(string? secret)
    {
        if (secret is { Length: > SecretCharsMax })
        {
            throw new Refused(AdTermsRules.Bad("linkSecret", "This is no secret of a link."));
        }
    }

    /// <summary>Takes as long for a wrong secret as for the right one.</summary>
    public static bool Opens(Ad ad, string? secret) =>
        ad.LinkHash is { } hash && secret is not null && CryptographicOperations.FixedTimeEquals(hash, HashOf(secret));
}
