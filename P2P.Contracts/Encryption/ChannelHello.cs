using System.Buffers.Binary;
using System.Security.Cryptography;

namespace P2P.Contracts.Encryption;

/// <summary>Which side of a session speaks.</summary>
public enum ChannelRole
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Who proposes the session.</summary>
    Offerer,

    /// <summary>Who takes it.</summary>
    Answerer,
}

/// <summary>What a hello says.</summary>
/// <param name="Role">Which side.</param>
/// <param name="SessionId">The session.</param>
/// <param name="FromId">The profile that speaks.</param>
/// <param name="ToId">The profile that is spoken to.</param>
/// <param name="KeyId">The device that signs.</param>
/// <param name="Ephemeral">A public key that was made for this session alone.</param>
/// <param name="ExpiresAt">Until when the hello is good, in whole seconds.</param>
/// <param name="Fingerprint">SHA-256 of the side's DTLS certificate; 32 zeros where the session goes through the server alone.</param>
/// <param name="Answers">SHA-256 of the offer that an answer takes; 32 zeros in an offer.</param>
public sealed record ChannelTerms(
    ChannelRole Role,
    Guid SessionId,
    long FromId,
    long ToId,
    byte[] KeyId,
    byte[] Ephemeral,
    DateTimeOffset ExpiresAt,
    byte[] Fingerprint,
    byte[] Answers);

/// <summary>
/// How a session between two peers begins: an offer and an answer, each signed by a device of its side: docs/channels.md has the bytes. Whoever passes them
/// on can change nothing in them; the session's keys need one of the two private keys that were made for it.
/// </summary>
public sealed class ChannelHello
{
    /// <summary>Bytes of a hello.</summary>
    public const int HelloBytes = BodyBytes + P256.SignatureBytes;

    private const int BodyBytes = 3 + 16 + 8 + 8 + P256.HashBytes + P256.PointBytes + 8 + P256.HashBytes + P256.HashBytes;
    private const byte Version = 1;
    private const byte Suite = 1;
    private static readonly byte[] Context = "P2P channel hello v1\0"u8.ToArray();
    private static readonly byte[] KeyContext = "P2P channel keys v1\0"u8.ToArray();

    private ChannelHello(byte[] bytes)
    {
        Bytes = bytes;
        Terms = new ChannelTerms(
            (ChannelRole)bytes[2],
            new Guid(bytes.AsSpan(3, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(19)),
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(27)),
            bytes[35..67],
            bytes[67..132],
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(132))),
            bytes[140..172],
            bytes[172..204]);
    }

    /// <summary>The hello as it was signed, its signature included.</summary>
    public byte[] Bytes { get; }

    /// <summary>What it says.</summary>
    public ChannelTerms Terms { get; }

    /// <summary>SHA-256 over all of it: what an answer names.</summary>
    public byte[] Hash => SHA256.HashData(Bytes);

    /// <summary>Signs a hello.</summary>
    /// <param name="terms">What it says.</param>
    /// <param name="sign">Signs with the device's private key.</param>
    public static ChannelHello Sign(ChannelTerms terms, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(sign);
        var body = new byte[BodyBytes];
        (body[0], body[1], body[2]) = (Version, Suite, (byte)terms.Role);
        terms.SessionId.TryWriteBytes(body.AsSpan(3), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(19), terms.FromId);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(27), terms.ToId);
        terms.KeyId.CopyTo(body, 35);
        terms.Ephemeral.CopyTo(body, 67);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(132), terms.ExpiresAt.ToUnixTimeSeconds());
        terms.Fingerprint.CopyTo(body, 140);
        terms.Answers.CopyTo(body, 172);
        return new ChannelHello([.. body, .. sign([.. Context, .. body])]);
    }

    /// <summary>Reads a hello; null when its shape is wrong. Whose signature it has is another question.</summary>
    public static ChannelHello? TryRead(ReadOnlySpan<byte> bytes)
    {
        const long lastSecond = 253_402_300_799;
        if (bytes.Length != HelloBytes || bytes[0] != Version || bytes[1] != Suite || bytes[2] is not (1 or 2)
            || !P256.IsPoint(bytes[67..132])
            || BinaryPrimitives.ReadInt64BigEndian(bytes[132..]) is < 0 or > lastSecond)
        {
            return null;
        }

        return new ChannelHello(bytes.ToArray());
    }

    /// <summary>True when this key signed it.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> signingKey) => P256.IsSignature(
        signingKey, [.. Context, .. Bytes.AsSpan(0, BodyBytes)], Bytes.AsSpan(BodyBytes));

    /// <summary>
    /// The session's two keys, the offerer's first: HKDF-SHA-256 of what both private keys agree on, salted with both hellos. Each side encrypts with its own.
    /// </summary>
    /// <param name="secret">The x coordinate that the two ephemeral keys agree on, 32 bytes.</param>
    /// <param name="offer">The offer.</param>
    /// <param name="answer">The answer that takes it.</param>
    public static (byte[] Offerer, byte[] Answerer) Keys(byte[] secret, ChannelHello offer, ChannelHello answer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(answer);
        var keys = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret, 2 * P256.HashBytes, SHA256.HashData([.. offer.Bytes, .. answer.Bytes]), KeyContext);
        return (keys[..P256.HashBytes], keys[P256.HashBytes..]);
    }
}
