using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>Shows push services who sends (RFC 8292): a token signed with ES256 for one push service and half a day.</summary>
public sealed class Vapid : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly string Head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    private readonly string? _subject;
    private readonly ECDsa? _key;

    public Vapid(WebPushSettings settings)
    {
        if (settings.PrivateKey is { } key)
        {
            _subject = settings.Subject;
            _key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(key) });
            PublicKey = Base64Url.EncodeToString(WebPushEncryption.PointOf(_key.ExportParameters(includePrivateParameters: false)));
        }
    }

    /// <summary>The public key, uncompressed, in base64url; null when no web pushes are sent.</summary>
    public string? PublicKey { get; }

    /// <summary>The header <c>Authorization</c> of a message to this endpoint.</summary>
    public string Authorization(Uri endpoint, DateTimeOffset now)
    {
        var key = _key ?? throw new InvalidOperationException("Without a key no web pushes are sent.");
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            ["sub"] = _subject,
        });
        var text = $"{Head}.{Base64Url.EncodeToString(claims)}";
        var signature = key.SignData(
            System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={text}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    public void Dispose() => _key?.Dispose();
}
