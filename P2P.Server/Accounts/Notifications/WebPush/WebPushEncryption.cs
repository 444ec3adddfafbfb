using System.Buffers.Binary;
using System.Security.Cryptography;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>
/// Encrypts a message to one subscription (RFC 8291 over the content coding aes128gcm of RFC 8188, one record): the push service carries what only
/// the browser can read.
/// </summary>
internal static class WebPushEncryption
{
    public const int PointBytes = 65;
    public const int AuthBytes = 16;
    public const int SaltBytes = 16;

    private const int CoordinateBytes = 32;
    private const byte Uncompressed = 4;
    private const int RecordBytes = 4_096;
    private const int KeyBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SecretBytes = 32;
    private const byte LastRecord = 2;

    /// <summary>Encrypts with a key pair and a salt that are used for this message alone.</summary>
    /// <param name="message">What only the browser shall read.</param>
    /// <param name="padding">Zero bytes after it, so that lengths tell nothing.</param>
    /// <param name="receiver">The subscription's <c>p256dh</c>.</param>
    /// <param name="auth">The subscription's <c>auth</c>.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, int padding, byte[] receiver, byte[] auth)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(message, padding, receiver, auth, sender, RandomNumberGenerator.GetBytes(SaltBytes));
    }

    /// <summary>As the other, with a key pair and a salt that are given: for the example of the RFC.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, int padding, byte[] receiver, byte[] auth, ECDiffieHellman sender, byte[] salt)
    {
        var plain = new byte[message.Length + 1 + padding];
        if (plain.Length + TagBytes > RecordBytes)
        {
            throw new ArgumentException("The message does not fit into one record.", nameof(message));
        }

        message.CopyTo(plain);
        plain[message.Length] = LastRecord;

        var own = PointOf(sender.ExportParameters(includePrivateParameters: false));
        var (key, nonce) = Keys(sender, receiver, own, receiver, auth, salt);

        // The head: salt, size of a record, length and value of the sender's key.
        var head = SaltBytes + sizeof(uint) + 1 + PointBytes;
        var all = new byte[head + plain.Length + TagBytes];
        salt.CopyTo(all, 0);
        BinaryPrimitives.WriteUInt32BigEndian(all.AsSpan(SaltBytes), RecordBytes);
        all[SaltBytes + sizeof(uint)] = PointBytes;
        own.CopyTo(all, SaltBytes + sizeof(uint) + 1);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, all.AsSpan(head, plain.Length), all.AsSpan(head + plain.Length));
        return all;
    }

    /// <summary>What both sides derive: the content key and the nonce.</summary>
    /// <param name="own">The key pair of the side that derives.</param>
    /// <param name="other">The other side's point.</param>
    /// <param name="sender">The sender's point.</param>
    /// <param name="receiver">The receiver's point.</param>
    /// <param name="auth">The secret that both share.</param>
    /// <param name="salt">The message's salt.</param>
    internal static (byte[] Key, byte[] Nonce) Keys(
        ECDiffieHellman own, byte[] other, byte[] sender, byte[] receiver, byte[] auth, byte[] salt)
    {
        using var otherKey = ECDiffieHellman.Create(ParametersOf(other));
        var shared = own.DeriveRawSecretAgreement(otherKey.PublicKey);
        byte[] info = [.. "WebPush: info\0"u8, .. receiver, .. sender];
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, SecretBytes, auth, info);
        var pseudoRandom = HKDF.Extract(HashAlgorithmName.SHA256, input, salt);
        return (
            HKDF.Expand(HashAlgorithmName.SHA256, pseudoRandom, KeyBytes, "Content-Encoding: aes128gcm\0"u8.ToArray()),
            HKDF.Expand(HashAlgorithmName.SHA256, pseudoRandom, NonceBytes, "Content-Encoding: nonce\0"u8.ToArray()));
    }

    /// <summary>A public key as it crosses the wire.</summary>
    public static byte[] PointOf(ECParameters parameters) =>
        parameters.Q is { X: { } x, Y: { } y } ? [Uncompressed, .. x, .. y] : throw new ArgumentException("The key has no point.", nameof(parameters));

    /// <summary>True for a point of the curve.</summary>
    public static bool IsPoint(byte[] point)
    {
        if (point.Length != PointBytes || point[0] != Uncompressed)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(ParametersOf(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters ParametersOf(byte[] point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..(1 + CoordinateBytes)], Y = point[(1 + CoordinateBytes)..] },
    };
}
