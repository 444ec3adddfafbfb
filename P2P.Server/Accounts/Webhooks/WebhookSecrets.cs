using System.Security.Cryptography;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>
/// Makes secrets and seals them for the database (AES-256-GCM by a key that stands nowhere in it): deliveries must be signed by them again, so a
/// hash would not do. Each is bound to its webhook, so that none can be moved to another row.
/// </summary>
public sealed class WebhookSecrets
{
    public const string Prefix = "whsec_";
    private const int SecretBytes = 32;
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[]? _key;

    public WebhookSecrets(WebhookSettings settings) => _key = settings.Key is { } key
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(key), SecretBytes, info: "p2p webhook secrets"u8.ToArray())
        : null;

    /// <summary>This server can sign, so it offers webhooks.</summary>
    public bool IsOn => _key is not null;

    /// <summary>As its owner writes it down.</summary>
    public static string Spell(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>A new secret, sealed.</summary>
    public byte[] Make(Guid webhookId) => Seal(RandomNumberGenerator.GetBytes(SecretBytes), webhookId);

    public byte[] Seal(byte[] secret, Guid webhookId)
    {
        var all = new byte[1 + NonceBytes + TagBytes + secret.Length];
        all[0] = Version;
        var nonce = all.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key ?? throw new InvalidOperationException("Without a key no webhooks are offered."), TagBytes);
        aes.Encrypt(
            nonce, secret, all.AsSpan(1 + NonceBytes + TagBytes), all.AsSpan(1 + NonceBytes, TagBytes), webhookId.ToByteArray(bigEndian: true));
        return all;
    }

    /// <summary>Null when it was sealed by another key or changed since.</summary>
    public byte[]? Open(byte[] box, Guid webhookId)
    {
        if (_key is null || box.Length <= 1 + NonceBytes + TagBytes || box[0] != Version)
        {
            return null;
        }

        var secret = new byte[box.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(
                box.AsSpan(1, NonceBytes),
                box.AsSpan(1 + NonceBytes + TagBytes),
                box.AsSpan(1 + NonceBytes, TagBytes),
                secret,
                webhookId.ToByteArray(bigEndian: true));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
