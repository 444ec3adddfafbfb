using System.Security.Cryptography;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// Suite 1, once: a key and a nonce derived from a secret by HKDF-SHA-256, for one AES-256-GCM. What it is for goes into the derivation, so that no two
/// purposes ever share a key.
/// </summary>
internal readonly record struct Suite(byte[] Key, byte[] Nonce)
{
    private const int NonceBytes = 12;

    public static Suite Derive(byte[] secret, byte[] salt, byte[] info)
    {
        var both = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, P256.HashBytes + NonceBytes, salt, info);
        return new Suite(both[..P256.HashBytes], both[P256.HashBytes..]);
    }

    /// <summary>Ciphertext and tag.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var made = new byte[plain.Length + Envelope.TagBytes];
        using var gcm = new AesGcm(Key, Envelope.TagBytes);
        gcm.Encrypt(Nonce, plain, made.AsSpan(0, plain.Length), made.AsSpan(plain.Length), associated);
        return made;
    }

    /// <summary>What was encrypted; null, the one answer to whatever was changed.</summary>
    public byte[]? TryDecrypt(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associated)
    {
        if (ciphertext.Length < Envelope.TagBytes)
        {
            return null;
        }

        var plain = new byte[ciphertext.Length - Envelope.TagBytes];
        try
        {
            using var gcm = new AesGcm(Key, Envelope.TagBytes);
            gcm.Decrypt(Nonce, ciphertext[..plain.Length], ciphertext[plain.Length..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
