using System.Buffers.Binary;
using System.Security.Cryptography;

namespace P2P.Contracts.Encryption;

/// <summary>What an envelope of a room does.</summary>
public enum EnvelopeKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Proposes to encrypt the room, and brings its key.</summary>
    Propose,

    /// <summary>Accepts the proposal that it follows.</summary>
    Accept,

    /// <summary>Brings the room a new key.</summary>
    Rekey,

    /// <summary>Says something.</summary>
    Message,
}

/// <summary>What every envelope begins with.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="OrderId">The order whose room it is for.</param>
/// <param name="Index">Its place in the room's chain: 0, 1, 2 ... without gaps.</param>
/// <param name="Epoch">The number of the room's key: that which it brings, else that which it uses.</param>
/// <param name="Previous">The link of the envelope before it; of the first <see cref="Envelope.Anchor"/>.</param>
/// <param name="KeyId">The device that signed it.</param>
/// <param name="Id">The request id under which it was first sent.</param>
public sealed record EnvelopeHead(EnvelopeKind Kind, Guid OrderId, int Index, int Epoch, byte[] Previous, byte[] KeyId, Guid Id);

/// <summary>The room's key for one device.</summary>
/// <param name="KeyId">The device.</param>
/// <param name="Wrapped">The key as only that device can open it.</param>
public sealed record KeyWrap(byte[] KeyId, byte[] Wrapped);

/// <summary>
/// A link of an encrypted room's chain, as a party's device signed it: docs/encryption.md has the bytes. Whoever has it can tell who signed it and
/// what it follows; what it says needs the room's key.
/// </summary>
public sealed class Envelope
{
    /// <summary>Bytes of a wrapped room key: the key and GCM's tag.</summary>
    public const int WrappedBytes = P256.HashBytes + TagBytes;

    /// <summary>Bytes of GCM's tag.</summary>
    public const int TagBytes = 16;

    /// <summary>Bytes of the head.</summary>
    public const int HeadBytes = 107;

    private const int ErasedBytes = HeadBytes + P256.HashBytes;
    private const byte Version = 1;
    private const byte Suite = 1;
    private const int WrapBytes = P256.HashBytes + WrappedBytes;
    private static readonly byte[] Context = "P2P envelope v1\0"u8.ToArray();
    private static readonly byte[] AnchorContext = "P2P room v1\0"u8.ToArray();
    private static readonly byte[] KeySetContext = "P2P key set v1\0"u8.ToArray();

    private Envelope(byte[] bytes)
    {
        Bytes = bytes;
        Head = new EnvelopeHead(
            (EnvelopeKind)bytes[2],
            new Guid(bytes.AsSpan(3, 16), bigEndian: true),
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(19)),
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(23)),
            bytes[27..59],
            bytes[59..91],
            new Guid(bytes.AsSpan(91, 16), bigEndian: true));
    }

    /// <summary>The envelope as it was signed, its signature included; of an erased one what is left of it.</summary>
    public byte[] Bytes { get; }

    /// <summary>
    /// True for what is left of a message whose sender's account was deleted: head and link, without words and without signature.
    /// </summary>
    public bool IsErased => Bytes.Length == ErasedBytes;

    /// <summary>What it begins with.</summary>
    public EnvelopeHead Head { get; }

    /// <summary>Of an envelope that brings a key: the public key that was made for it alone. Null for all else.</summary>
    public byte[]? Ephemeral { get; private init; }

    /// <summary>Of an envelope that brings or accepts a key: the key's commitment. Null for all else.</summary>
    public byte[]? Commitment { get; private init; }

    /// <summary>Of an envelope that brings a key: the key for each device, by ascending id. Empty for all else.</summary>
    public IReadOnlyList<KeyWrap> Wraps { get; private init; } = [];

    /// <summary>Of a message: what its own key is derived from, beside the room's. Null for all else.</summary>
    public byte[]? Salt { get; private init; }

    /// <summary>Of a message: what it says, encrypted, with GCM's tag. Null for all else.</summary>
    public byte[]? Ciphertext { get; private init; }

    /// <summary>The head's bytes.</summary>
    public ReadOnlySpan<byte> HeadSpan => Bytes.AsSpan(0, HeadBytes);

    /// <summary>SHA-256 over all but the signature: what the next envelope of the room names. Of an erased one it is the server's word.</summary>
    public byte[] Link => IsErased ? Bytes[HeadBytes..] : SHA256.HashData(Bytes.AsSpan(0, Bytes.Length - P256.SignatureBytes));

    /// <summary>What the first envelope of a room names in place of a former link: the order and its parties.</summary>
    public static byte[] Anchor(Guid orderId, long buyerId, long sellerId)
    {
        var bytes = new byte[AnchorContext.Length + 32];
        AnchorContext.CopyTo(bytes, 0);
        var rest = bytes.AsSpan(AnchorContext.Length);
        orderId.TryWriteBytes(rest, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(rest[16..], buyerId);
        BinaryPrimitives.WriteInt64BigEndian(rest[24..], sellerId);
        return SHA256.HashData(bytes);
    }

    /// <summary>Names a set of devices, whatever their order.</summary>
    public static byte[] KeySet(IEnumerable<byte[]> keyIds)
    {
        ArgumentNullException.ThrowIfNull(keyIds);
        return SHA256.HashData([.. KeySetContext, .. keyIds.Order(ByteOrder.Instance).SelectMany(id => id)]);
    }

    /// <summary>The bytes of a head.</summary>
    public static byte[] Write(EnvelopeHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var bytes = new byte[HeadBytes];
        (bytes[0], bytes[1], bytes[2]) = (Version, Suite, (byte)head.Kind);
        head.OrderId.TryWriteBytes(bytes.AsSpan(3), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(19), head.Index);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(23), head.Epoch);
        head.Previous.CopyTo(bytes, 27);
        head.KeyId.CopyTo(bytes, 59);
        head.Id.TryWriteBytes(bytes.AsSpan(91), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>Brings a key to devices: the body of a proposal or a rekeying.</summary>
    public static byte[] KeyBody(ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> commitment, IReadOnlyCollection<KeyWrap> wraps)
    {
        ArgumentNullException.ThrowIfNull(wraps);
        return
        [
            .. ephemeral, .. commitment, (byte)wraps.Count,
            .. wraps.OrderBy(wrap => wrap.KeyId, ByteOrder.Instance).SelectMany(wrap => wrap.KeyId.Concat(wrap.Wrapped)),
        ];
    }

    /// <summary>Head, body and signature.</summary>
    /// <param name="head">The head.</param>
    /// <param name="body">
    /// <see cref="KeyBody"/> of an envelope that brings a key, the commitment of one that accepts, salt and ciphertext of a message.
    /// </param>
    /// <param name="sign">Signs with the device's private key.</param>
    /// <exception cref="ArgumentException">The body's shape is wrong.</exception>
    public static Envelope Sign(EnvelopeHead head, ReadOnlySpan<byte> body, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        byte[] signed = [.. Write(head), .. body];
        return TryRead([.. signed, .. sign([.. Context, .. signed])]) ?? throw new ArgumentException("The body's shape is wrong.", nameof(body));
    }

    /// <summary>Reads an envelope; null when its shape is wrong. Whether its signature is right is another question.</summary>
    public static Envelope? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < HeadBytes + P256.SignatureBytes or > Limits.EnvelopeBytesMax || bytes[0] != Version || bytes[1] != Suite)
        {
            return null;
        }

        var all = bytes.ToArray();
        var read = ReadBody(all, all.AsSpan()[HeadBytes..^P256.SignatureBytes]);
        return read is { Head: { Index: >= 0, Epoch: >= 1 } } ? read : null;
    }

    /// <summary>Reads what a room holds: an envelope, or what is left of an erased one; null for anything else.</summary>
    public static Envelope? TryReadStored(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ErasedBytes)
        {
            return TryRead(bytes);
        }

        var left = new Envelope(bytes.ToArray());
        return bytes[0] == Version && bytes[1] == Suite && left.Head is { Kind: EnvelopeKind.Message, Index: >= 0, Epoch: >= 1 } ? left : null;
    }

    /// <summary>True when this key signed it; nobody's signature is left on an erased one.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> signingKey) => !IsErased && P256.IsSignature(
        signingKey, [.. Context, .. Bytes.AsSpan(0, Bytes.Length - P256.SignatureBytes)], Bytes.AsSpan(Bytes.Length - P256.SignatureBytes));

    private static Envelope? ReadBody(byte[] all, ReadOnlySpan<byte> body)
    {
        switch ((EnvelopeKind)all[2])
        {
            case EnvelopeKind.Propose or EnvelopeKind.Rekey:
                return ReadKeys(all, body);
            case EnvelopeKind.Accept when body.Length == P256.HashBytes:
                return new Envelope(all) { Commitment = body.ToArray() };
            case EnvelopeKind.Message when body.Length > P256.HashBytes + TagBytes:
                return new Envelope(all) { Salt = body[..P256.HashBytes].ToArray(), Ciphertext = body[P256.HashBytes..].ToArray() };
            default:
                return null;
        }
    }

    private static Envelope? ReadKeys(byte[] all, ReadOnlySpan<byte> body)
    {
        const int before = P256.PointBytes + P256.HashBytes + 1;
        if (body.Length < before || body.Length != before + (body[before - 1] * WrapBytes) || !P256.IsPoint(body[..P256.PointBytes]))
        {
            return null;
        }

        var wraps = new List<KeyWrap>(body[before - 1]);
        for (var rest = body[before..]; rest.Length > 0; rest = rest[WrapBytes..])
        {
            var wrap = new KeyWrap(rest[..P256.HashBytes].ToArray(), rest[P256.HashBytes..WrapBytes].ToArray());
            // Ascending and none twice: one set of devices has one spelling.
            if (wraps.Count > 0 && ByteOrder.Instance.Compare(wraps[^1].KeyId, wrap.KeyId) >= 0)
            {
                return null;
            }

            wraps.Add(wrap);
        }

        return wraps.Count is >= 2 and <= 2 * Limits.DevicesMax
            ? new Envelope(all)
            {
                Ephemeral = body[..P256.PointBytes].ToArray(),
                Commitment = body[P256.PointBytes..(before - 1)].ToArray(),
                Wraps = wraps,
            }
            : null;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
