using System.Buffers.Binary;
using System.Security.Cryptography;

namespace P2P.Contracts.Encryption;

/// <summary>What an entry of a key log says.</summary>
public enum KeyStatementKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The user has one device more.</summary>
    Add,

    /// <summary>A device of the user speaks for the user no longer.</summary>
    Revoke,
}

/// <summary>
/// One entry of a user's key log, as the user's device signed it: docs/encryption.md has the bytes. Each names the link of the entry before it, so
/// that none can be left out, changed or put elsewhere.
/// </summary>
public sealed class KeyStatement
{
    private const byte Version = 1;
    private const byte Suite = 1;
    private const int HeadBytes = 47;
    private static readonly byte[] Context = "P2P key log v1\0"u8.ToArray();
    private static readonly byte[] FirstContext = "P2P key log start v1\0"u8.ToArray();

    private KeyStatement(byte[] bytes)
    {
        Bytes = bytes;
        Kind = (KeyStatementKind)bytes[2];
        UserId = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(3));
        Seq = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(11));
        Previous = bytes[15..HeadBytes];
        if (Kind == KeyStatementKind.Add)
        {
            SigningKey = bytes[HeadBytes..(HeadBytes + P256.PointBytes)];
            AgreementKey = bytes[(HeadBytes + P256.PointBytes)..(HeadBytes + (2 * P256.PointBytes))];
            KeyId = KeyIdOf(SigningKey, AgreementKey);
        }
        else
        {
            KeyId = bytes[HeadBytes..(HeadBytes + P256.HashBytes)];
        }

        SignerId = bytes[^(P256.HashBytes + P256.SignatureBytes)..^P256.SignatureBytes];
    }

    /// <summary>The entry as it was signed, its signature included.</summary>
    public byte[] Bytes { get; }

    /// <summary>What it says.</summary>
    public KeyStatementKind Kind { get; }

    /// <summary>Whose log it is in.</summary>
    public long UserId { get; }

    /// <summary>Its place in the log: 1, 2, 3 ... without gaps.</summary>
    public int Seq { get; }

    /// <summary>The link of the entry before it; of the first <see cref="First"/>.</summary>
    public byte[] Previous { get; }

    /// <summary>The device that it is about.</summary>
    public byte[] KeyId { get; }

    /// <summary>The device that signed it: a new device itself, else one that counted at that time.</summary>
    public byte[] SignerId { get; }

    /// <summary>Of a new device: the key that it signs with. Null for all else.</summary>
    public byte[]? SigningKey { get; }

    /// <summary>Of a new device: the key by which secrets are agreed with it. Null for all else.</summary>
    public byte[]? AgreementKey { get; }

    /// <summary>SHA-256 over all but the signature: what the next entry names.</summary>
    public byte[] Link => SHA256.HashData(Bytes.AsSpan(0, Bytes.Length - P256.SignatureBytes));

    /// <summary>What the first entry of a user's log names in place of a former link.</summary>
    public static byte[] First(long userId)
    {
        var bytes = new byte[FirstContext.Length + sizeof(long)];
        FirstContext.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(FirstContext.Length), userId);
        return SHA256.HashData(bytes);
    }

    /// <summary>A device's id: SHA-256 of both its public keys, so that an id cannot be bound to other keys.</summary>
    public static byte[] KeyIdOf(ReadOnlySpan<byte> signingKey, ReadOnlySpan<byte> agreementKey) =>
        SHA256.HashData([.. signingKey, .. agreementKey]);

    /// <summary>Says that the user has this device more; signed by itself, which proves that it holds the key.</summary>
    /// <param name="userId">Whose device.</param>
    /// <param name="seq">The entry's place.</param>
    /// <param name="previous">The link of the entry before it.</param>
    /// <param name="signingKey">The public key that it signs with.</param>
    /// <param name="agreementKey">The public key by which secrets are agreed with it.</param>
    /// <param name="sign">Signs with the private key of <paramref name="signingKey"/>.</param>
    public static KeyStatement Add(
        long userId, int seq, byte[] previous, byte[] signingKey, byte[] agreementKey, Func<byte[], byte[]> sign) =>
        Signed(KeyStatementKind.Add, userId, seq, previous, [.. signingKey, .. agreementKey], KeyIdOf(signingKey, agreementKey), sign);

    /// <summary>Says that a device speaks for the user no longer; signed by one that does, which may be the same.</summary>
    /// <param name="userId">Whose device.</param>
    /// <param name="seq">The entry's place.</param>
    /// <param name="previous">The link of the entry before it.</param>
    /// <param name="keyId">The device that is revoked.</param>
    /// <param name="signerId">The device that signs.</param>
    /// <param name="sign">Signs with its private key.</param>
    public static KeyStatement Revoke(long userId, int seq, byte[] previous, byte[] keyId, byte[] signerId, Func<byte[], byte[]> sign) =>
        Signed(KeyStatementKind.Revoke, userId, seq, previous, keyId, signerId, sign);

    /// <summary>Reads an entry; null when its shape is wrong or a key of it is no point of the curve. The signature is another question.</summary>
    public static KeyStatement? TryRead(ReadOnlySpan<byte> bytes)
    {
        const int addBytes = HeadBytes + (2 * P256.PointBytes) + P256.HashBytes + P256.SignatureBytes;
        const int revokeBytes = HeadBytes + (2 * P256.HashBytes) + P256.SignatureBytes;
        if (bytes.Length < 3 || bytes[0] != Version || bytes[1] != Suite
            || bytes.Length != (KeyStatementKind)bytes[2] switch
            {
                KeyStatementKind.Add => addBytes,
                KeyStatementKind.Revoke => revokeBytes,
                _ => -1,
            })
        {
            return null;
        }

        var read = new KeyStatement(bytes.ToArray());
        return read.Seq >= 1 && (read.Kind == KeyStatementKind.Revoke || (P256.IsPoint(read.SigningKey) && P256.IsPoint(read.AgreementKey)))
            ? read
            : null;
    }

    /// <summary>True when this key signed it.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> signingKey) => P256.IsSignature(
        signingKey, [.. Context, .. Bytes.AsSpan(0, Bytes.Length - P256.SignatureBytes)], Bytes.AsSpan(Bytes.Length - P256.SignatureBytes));

    private static KeyStatement Signed(
        KeyStatementKind kind, long userId, int seq, byte[] previous, byte[] subject, byte[] signerId, Func<byte[], byte[]> sign)
    {
        var body = new byte[HeadBytes + subject.Length + signerId.Length];
        (body[0], body[1], body[2]) = (Version, Suite, (byte)kind);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(3), userId);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(11), seq);
        previous.CopyTo(body, 15);
        subject.CopyTo(body, HeadBytes);
        signerId.CopyTo(body, HeadBytes + subject.Length);
        return new KeyStatement([.. body, .. sign([.. Context, .. body])]);
    }
}
