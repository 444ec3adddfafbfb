using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// Encryption under a passphrase, as docs/encryption.md writes it: PBKDF2-HMAC-SHA256 (RFC 8018), HKDF-SHA256 (RFC 5869), AES-256-GCM, with the header as
/// authenticated data. It knows nothing of what it seals.
/// </summary>
internal static class PassphraseSeal
{
    /// <summary>Characters that a new passphrase has at least.</summary>
    public const int CharsMin = 12;

    /// <summary>Rounds of PBKDF2 for what is made now, and the fewest that are read.</summary>
    public const int Iterations = 600_000;

    public const int SaltBytes = 16;

    private const int KeyBytes = 32;
    private const int IterationsMax = 10_000_000;
    private const byte Version = 1;
    private const byte Pbkdf2Sha256 = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int IterationsAt = 6;
    private const int SaltAt = 10;
    private const int NonceAt = SaltAt + SaltBytes;
    private const int HeaderBytes = NonceAt + NonceBytes;

    private static ReadOnlySpan<byte> Magic => "P2PB"u8;

    /// <summary>Refuses a passphrase that is too short for a new secret.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public static void Check(string passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        if (passphrase.Length < CharsMin)
        {
            throw new ArgumentException($"A passphrase has at least {CharsMin} characters.", nameof(passphrase));
        }
    }

    /// <summary>The key of a passphrase for one purpose; takes a third of a second.</summary>
    public static byte[] KeyOf(string passphrase, ReadOnlySpan<byte> salt, int iterations, string purpose)
    {
        // The same passphrase typed on another keyboard is the same bytes.
        var typed = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormKC));
        var stretched = Rfc2898DeriveBytes.Pbkdf2(typed, salt, iterations, HashAlgorithmName.SHA256, KeyBytes);
        CryptographicOperations.ZeroMemory(typed);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, stretched, KeyBytes, salt.ToArray(), Encoding.UTF8.GetBytes(purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(stretched);
        }
    }

    /// <summary>Header and ciphertext of a document; <paramref name="random"/> fills salt and nonce.</summary>
    public static byte[] Seal(string passphrase, ReadOnlySpan<byte> plain, string purpose, Action<Span<byte>> random)
    {
        var made = new byte[HeaderBytes + plain.Length + TagBytes];
        Magic.CopyTo(made);
        (made[4], made[5]) = (Version, Pbkdf2Sha256);
        BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(IterationsAt), Iterations);
        random(made.AsSpan(SaltAt, SaltBytes + NonceBytes));
        var key = KeyOf(passphrase, made.AsSpan(SaltAt, SaltBytes), Iterations, purpose);
        Encrypt(key, made.AsSpan(NonceAt, NonceBytes), plain, made.AsSpan(HeaderBytes), made.AsSpan(0, HeaderBytes));
        CryptographicOperations.ZeroMemory(key);
        return made;
    }

    /// <summary>What was sealed; null for a wrong passphrase and for whatever is not as it was made.</summary>
    public static byte[]? Open(string passphrase, ReadOnlySpan<byte> document, string purpose)
    {
        if (document.Length < HeaderBytes + TagBytes || !document.StartsWith(Magic) || document[4] != Version || document[5] != Pbkdf2Sha256)
        {
            return null;
        }

        var iterations = BinaryPrimitives.ReadInt32BigEndian(document[IterationsAt..]);
        if (iterations is < Iterations or > IterationsMax)
        {
            return null; // Fewer are a weakened copy, more would keep the reader busy for minutes.
        }

        var key = KeyOf(passphrase, document.Slice(SaltAt, SaltBytes), iterations, purpose);
        var plain = Decrypt(key, document.Slice(NonceAt, NonceBytes), document[HeaderBytes..], document[..HeaderBytes]);
        CryptographicOperations.ZeroMemory(key);
        return plain;
    }

    /// <summary>A random nonce and the ciphertext of a value under a key that a passphrase gave.</summary>
    public static byte[] SealValue(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var made = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(made.AsSpan(0, NonceBytes));
        Encrypt(key, made.AsSpan(0, NonceBytes), plain, made.AsSpan(NonceBytes), associated);
        return made;
    }

    /// <summary>The value; null when the key is another one or something was changed.</summary>
    public static byte[]? OpenValue(byte[] key, ReadOnlySpan<byte> made, ReadOnlySpan<byte> associated) =>
        made.Length < NonceBytes + TagBytes ? null : Decrypt(key, made[..NonceBytes], made[NonceBytes..], associated);

    private static void Encrypt(
        byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> into, ReadOnlySpan<byte> associated)
    {
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, into[..plain.Length], into[plain.Length..], associated);
    }

    private static byte[]? Decrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> made, ReadOnlySpan<byte> associated)
    {
        var plain = new byte[made.Length - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(nonce, made[..plain.Length], made[plain.Length..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
