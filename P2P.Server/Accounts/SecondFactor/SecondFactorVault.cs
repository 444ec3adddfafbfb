using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>Something sealed, and with which key.</summary>
public sealed record SealedBytes(string KeyId, byte[] Bytes);

/// <summary>
/// Seals secrets with AES-256-GCM: the nonce, the tag, then the cipher. Each is bound to its user and purpose, so that one row's secret is
/// worth nothing in another's.
/// </summary>
public sealed class SecondFactorVault(SecondFactorSettings settings)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Head = NonceBytes + TagBytes;

    /// <summary>There is a key, so second factors are offered.</summary>
    public bool IsOffered => settings.KeyId is not null;

    /// <summary>It would be sealed with another key today.</summary>
    public bool IsOutdated(string keyId) => keyId != settings.KeyId;

    /// <summary>What a user's secret is bound to.</summary>
    public static string ForSecret(long userId) => string.Create(CultureInfo.InvariantCulture, $"second-factor|{userId}");

    /// <summary>What a stored answer with secrets is bound to.</summary>
    public static string ForAnswer(long userId, Guid requestId) =>
        string.Create(CultureInfo.InvariantCulture, $"second-factor-answer|{userId}|{requestId:N}");

    public SealedBytes Seal(ReadOnlySpan<byte> plain, string boundTo)
    {
        var keyId = settings.KeyId ?? throw new InvalidOperationException("There is no key to seal with.");
        var bytes = new byte[Head + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(settings.Keys[keyId], TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(Head), bytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(boundTo));
        return new SealedBytes(keyId, bytes);
    }

    /// <summary>What was sealed; null when its key is not there.</summary>
    /// <exception cref="CryptographicException">It was changed, or belongs to another.</exception>
    public byte[]? Open(SealedBytes closed, string boundTo)
    {
        if (!settings.Keys.TryGetValue(closed.KeyId, out var key))
        {
            return null;
        }

        if (closed.Bytes.Length < Head)
        {
            throw new CryptographicException("Too short to have been sealed.");
        }

        var bytes = closed.Bytes.AsSpan();
        var plain = new byte[bytes.Length - Head];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[Head..], bytes.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(boundTo));
        return plain;
    }
}
