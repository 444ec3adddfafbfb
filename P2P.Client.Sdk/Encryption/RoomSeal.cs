using System.Buffers.Binary;
using System.Security.Cryptography;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>The formulas of docs/encryption.md: how a room's key is brought to devices, and what is encrypted with it.</summary>
internal static class RoomSeal
{
    private static readonly byte[] CommitmentContext = "P2P room key commitment v1\0"u8.ToArray();
    private static readonly byte[] WrapContext = "P2P room key v1\0"u8.ToArray();
    private static readonly byte[] MessageContext = "P2P message v1\0"u8.ToArray();

    /// <summary>Binds the parties to one key: who signed the commitment cannot disclose another one later.</summary>
    public static byte[] Commitment(Guid orderId, int epoch, ReadOnlySpan<byte> roomKey) =>
        SHA256.HashData([.. CommitmentContext, .. Room(orderId, epoch), .. roomKey]);

    /// <summary>The body of an envelope that brings a new key to devices.</summary>
    /// <param name="orderId">The room.</param>
    /// <param name="epoch">The key's number.</param>
    /// <param name="roomKey">The key.</param>
    /// <param name="devices">For whom: each device's id and agreement key.</param>
    public static byte[] KeyBody(Guid orderId, int epoch, byte[] roomKey, IEnumerable<(byte[] KeyId, byte[] AgreementKey)> devices)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var commitment = Commitment(orderId, epoch, roomKey);
        var wraps = devices.Select(device =>
        {
            using var other = ECDiffieHellman.Create(P256.Parameters(device.AgreementKey));
            return Wrap(orderId, epoch, roomKey, commitment, device.KeyId, ephemeral.DeriveRawSecretAgreement(other.PublicKey));
        });
        return Envelope.KeyBody(P256.Point(ephemeral.ExportParameters(includePrivateParameters: false)), commitment, [.. wraps]);
    }

    /// <summary>The room's key for one device, from the secret that it shares with the envelope's own key.</summary>
    public static KeyWrap Wrap(Guid orderId, int epoch, ReadOnlySpan<byte> roomKey, ReadOnlySpan<byte> commitment, byte[] keyId, byte[] secret)
    {
        var derived = Suite.Derive(secret, [], [.. WrapContext, .. Room(orderId, epoch), .. keyId]);
        return new KeyWrap(keyId, derived.Encrypt(roomKey, commitment));
    }

    /// <summary>The room's key out of an envelope that brings it; null when it is not for this device.</summary>
    /// <exception cref="EncryptionException">WrongRoomKey: it cannot be opened, or is not the one that was committed to.</exception>
    public static byte[]? Unwrap(Envelope envelope, Device device)
    {
        var wrap = envelope.Wraps.FirstOrDefault(one => one.KeyId.AsSpan().SequenceEqual(device.KeyId));
        if (wrap is null)
        {
            return null;
        }

        var head = envelope.Head;
        var derived = Suite.Derive(device.Agree(envelope.Ephemeral), [], [.. WrapContext, .. Room(head.OrderId, head.Epoch), .. device.KeyId]);
        return derived.TryDecrypt(wrap.Wrapped, envelope.Commitment) is { } roomKey
            && IsCommitted(head.OrderId, head.Epoch, roomKey, envelope.Commitment)
            ? roomKey
            : throw new EncryptionException(EncryptionFault.WrongRoomKey, "The room's key cannot be opened.", head.OrderId, head.Index);
    }

    /// <summary>True when this is the key to which the commitment binds.</summary>
    public static bool IsCommitted(Guid orderId, int epoch, ReadOnlySpan<byte> roomKey, ReadOnlySpan<byte> commitment) =>
        CryptographicOperations.FixedTimeEquals(Commitment(orderId, epoch, roomKey), commitment);

    /// <summary>The body of a message: a salt that no other message has, and what it says.</summary>
    public static byte[] MessageBody(EnvelopeHead head, byte[] roomKey, MessageContent says) =>
        MessageBody(head, roomKey, says, RandomNumberGenerator.GetBytes(P256.HashBytes));

    internal static byte[] MessageBody(EnvelopeHead head, byte[] roomKey, MessageContent says, byte[] salt)
    {
        var bytes = Envelope.Write(head);
        return [.. salt, .. Suite.Derive(roomKey, salt, [.. MessageContext, .. bytes]).Encrypt(says.Write(), bytes)];
    }

    /// <summary>What a message says, as it was written; null when it cannot be opened with this key.</summary>
    public static MessageContent? Open(Envelope envelope, byte[] roomKey)
    {
        var derived = Suite.Derive(roomKey, envelope.Salt ?? [], [.. MessageContext, .. envelope.HeadSpan]);
        return derived.TryDecrypt(envelope.Ciphertext ?? [], envelope.HeadSpan) is { } content ? MessageContent.Read(content) : null;
    }

    private static byte[] Room(Guid orderId, int epoch)
    {
        var bytes = new byte[20];
        orderId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), epoch);
        return bytes;
    }
}
