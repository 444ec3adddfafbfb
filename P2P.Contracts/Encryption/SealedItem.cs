using System.Buffers.Binary;

namespace P2P.Contracts.Encryption;

/// <summary>
/// What an item is, as a device of its owner's sealed and signed it: docs/encryption.md has the bytes. The server keeps it, checks that the owner signed it,
/// and reads nothing of it.
/// </summary>
public sealed class SealedItem
{
    /// <summary>Bytes of a key that is wrapped for a device.</summary>
    public const int WrapBytes = P256.PointBytes + P256.HashBytes + TagBytes;

    /// <summary>Bytes of an authentication tag.</summary>
    public const int TagBytes = 16;

    private const int HeadBytes = 2 + 16 + sizeof(int) + (2 * P256.HashBytes);
    private const int BytesMin = HeadBytes + P256.HashBytes + TagBytes + P256.SignatureBytes;
    private const byte Version = 1;
    private const byte Suite = 1;
    private static readonly byte[] Context = "P2P sealed item v1\0"u8.ToArray();

    private SealedItem(byte[] bytes) => Bytes = bytes;

    /// <summary>All of it.</summary>
    public byte[] Bytes { get; }

    /// <summary>The item.</summary>
    public Guid ItemId => new(Bytes.AsSpan(2, 16), bigEndian: true);

    /// <summary>The number of the item's key, from 1 on.</summary>
    public int KeyVersion => BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(18));

    /// <summary>The owner's device that signed it.</summary>
    public byte[] KeyId => Bytes[22..54];

    /// <summary>Binds the owner to one key, which cannot be told from it.</summary>
    public byte[] Commitment => Bytes[54..HeadBytes];

    /// <summary>What is authenticated beside the content.</summary>
    public ReadOnlySpan<byte> Head => Bytes.AsSpan(0, HeadBytes);

    /// <summary>A salt that no other content has.</summary>
    public ReadOnlySpan<byte> Salt => Bytes.AsSpan(HeadBytes, P256.HashBytes);

    /// <summary>The content and its tag.</summary>
    public ReadOnlySpan<byte> Ciphertext => Bytes.AsSpan(HeadBytes + P256.HashBytes, Bytes.Length - HeadBytes - P256.HashBytes - P256.SignatureBytes);

    /// <summary>The head of what is to be sealed.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="keyVersion">The number of its key.</param>
    /// <param name="keyId">The device that signs.</param>
    /// <param name="commitment">What binds to the key.</param>
    public static byte[] Write(Guid itemId, int keyVersion, ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> commitment)
    {
        var head = new byte[HeadBytes];
        (head[0], head[1]) = (Version, Suite);
        itemId.TryWriteBytes(head.AsSpan(2), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(18), keyVersion);
        keyId.CopyTo(head.AsSpan(22));
        commitment.CopyTo(head.AsSpan(54));
        return head;
    }

    /// <summary>Signs what was sealed.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="body">Salt, ciphertext and tag.</param>
    /// <param name="sign">Signs with the device's private key.</param>
    public static SealedItem Sign(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        byte[] unsigned = [.. head, .. body];
        return new SealedItem([.. unsigned, .. sign([.. Context, .. unsigned])]);
    }

    /// <summary>Reads one; null when its shape is wrong. Whose signature it has is another question.</summary>
    public static SealedItem? TryRead(ReadOnlySpan<byte> bytes) =>
        bytes.Length is >= BytesMin and <= Limits.SealedItemBytesMax && bytes[0] == Version && bytes[1] == Suite
            && BinaryPrimitives.ReadInt32BigEndian(bytes[18..]) >= 1
            ? new SealedItem(bytes.ToArray())
            : null;

    /// <summary>True when this key signed it.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> signingKey) => P256.IsSignature(
        signingKey, [.. Context, .. Bytes.AsSpan(0, Bytes.Length - P256.SignatureBytes)], Bytes.AsSpan(Bytes.Length - P256.SignatureBytes));
}
