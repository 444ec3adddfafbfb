using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Contracts;
using P2P.Contracts.Encryption;
using P2P.Contracts.Files;

namespace P2P.Client.Sdk.Encryption;

/// <summary>The formulas of docs/encryption.md for files: each has a key of its own, which stands in the message that it hangs on.</summary>
internal static class FileSeal
{
    /// <summary>The name that the server hears.</summary>
    public const string OuterName = "file.bin";

    private static readonly byte[] Context = "P2P file v1\0"u8.ToArray();

    /// <summary>The longest file that is taken.</summary>
    public static int BytesMax => Limits.FileBytesMax - Envelope.TagBytes;

    /// <summary>Takes everything out of a file but what it shows.</summary>
    /// <exception cref="P2PException">FILE_TOO_LARGE, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS.</exception>
    public static async Task<(byte[] Plain, string ContentType)> CleanAsync(Stream content, CancellationToken cancellationToken)
    {
        using var given = new MemoryStream(await ReadAsync(content, BytesMax, cancellationToken).ConfigureAwait(false));
        using var clean = new MemoryStream();
        try
        {
            var facts = FileRewriter.Rewrite(given, clean);
            return (clean.ToArray(), facts.ContentType);
        }
        catch (FileFaultException e)
        {
            throw new P2PException(e.Code, e.Message, innerException: e);
        }
    }

    /// <summary>A stream to its end.</summary>
    /// <exception cref="P2PException">FILE_TOO_LARGE.</exception>
    public static async Task<byte[]> ReadAsync(Stream content, int bytesMax, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        for (int count; (count = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (all.Length + count > bytesMax)
            {
                throw new P2PException(ErrorCodes.FileTooLarge, $"The file is too large: {bytesMax} bytes are taken at most.");
            }

            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    /// <summary>The ciphertext of a file and the key that was made for it.</summary>
    public static (byte[] Ciphertext, byte[] Key) Seal(Guid orderId, ReadOnlySpan<byte> plain) =>
        Seal(orderId, plain, RandomNumberGenerator.GetBytes(P256.HashBytes));

    internal static (byte[] Ciphertext, byte[] Key) Seal(Guid orderId, ReadOnlySpan<byte> plain, byte[] key)
    {
        var ciphertext = new byte[plain.Length + Envelope.TagBytes];
        using var gcm = new AesGcm(key, Envelope.TagBytes);
        gcm.Encrypt(Nonce(), plain, ciphertext.AsSpan(0, plain.Length), ciphertext.AsSpan(plain.Length), Associated(orderId));
        return (ciphertext, key);
    }

    /// <summary>The file, which is what its sender signed.</summary>
    /// <exception cref="EncryptionException">FileEdited.</exception>
    public static byte[] Open(Guid orderId, SealedFile file, ReadOnlySpan<byte> ciphertext)
    {
        var key = Base64Url.IsValid(file.Key) ? Base64Url.DecodeFromChars(file.Key) : [];
        if (key.Length != P256.HashBytes
            || ciphertext.Length != file.Bytes + Envelope.TagBytes
            || !file.Sha256.Equals(Convert.ToHexStringLower(SHA256.HashData(ciphertext)), StringComparison.Ordinal))
        {
            throw Edited(orderId);
        }

        var plain = new byte[ciphertext.Length - Envelope.TagBytes];
        try
        {
            using var gcm = new AesGcm(key, Envelope.TagBytes);
            gcm.Decrypt(Nonce(), ciphertext[..plain.Length], ciphertext[plain.Length..], plain, Associated(orderId));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Edited(orderId);
        }

        // The sender's client may lie: what is said to be a picture must be one.
        return FileRewriter.KindOf(plain.AsSpan(0, Math.Min(plain.Length, 12))) is { } kind && FileFacts.TypeOf(kind) == file.ContentType
            ? plain
            : throw Edited(orderId);
    }

    private static EncryptionException Edited(Guid orderId) =>
        new(EncryptionFault.FileEdited, "The file is not what its sender signed.", orderId);

    /// <summary>A key is used once, so its nonce need not differ.</summary>
    private static byte[] Nonce() => new byte[12];

    private static byte[] Associated(Guid orderId) => [.. Context, .. orderId.ToByteArray(bigEndian: true)];
}
