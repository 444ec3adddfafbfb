using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>What a sealed item says.</summary>
internal sealed record ItemContent
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public required decimal Price { get; init; }

    public required IReadOnlyList<ItemField> Fields { get; init; }

    /// <summary>Its pictures, each with the key that opens it.</summary>
    public required IReadOnlyList<SealedFile> Images { get; init; }
}

/// <summary>A sealed item that was opened.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Key">Its key.</param>
/// <param name="KeyVersion">The key's number.</param>
internal sealed record OpenedItem(ItemContent Content, byte[] Key, int KeyVersion);

/// <summary>The formulas of docs/encryption.md for items: what an item's key seals, and how the key is brought to devices.</summary>
internal static class ItemSeal
{
    private static readonly byte[] CommitmentContext = "P2P item key commitment v1\0"u8.ToArray();
    private static readonly byte[] WrapContext = "P2P item key v1\0"u8.ToArray();
    private static readonly byte[] ContentContext = "P2P item v1\0"u8.ToArray();

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(P256.HashBytes);

    /// <summary>Binds the owner to one key.</summary>
    public static byte[] Commitment(Guid itemId, int keyVersion, ReadOnlySpan<byte> key) =>
        SHA256.HashData([.. CommitmentContext, .. Item(itemId, keyVersion), .. key]);

    /// <summary>Seals and signs what an item says.</summary>
    /// <exception cref="P2PException">BAD_INPUT: it is more than 16 KB.</exception>
    public static SealedItem Seal(Guid itemId, int keyVersion, byte[] key, ItemContent content, Device device) =>
        Seal(itemId, keyVersion, key, content, device.KeyId, device.Sign, RandomNumberGenerator.GetBytes(P256.HashBytes));

    internal static SealedItem Seal(
        Guid itemId, int keyVersion, byte[] key, ItemContent content, byte[] keyId, Func<byte[], byte[]> sign, byte[] salt)
    {
        var head = SealedItem.Write(itemId, keyVersion, keyId, Commitment(itemId, keyVersion, key));
        var plain = JsonSerializer.SerializeToUtf8Bytes(content, WireJson.Client);
        var made = SealedItem.Sign(head, [.. salt, .. Suite.Derive(key, salt, [.. ContentContext, .. head]).Encrypt(plain, head)], sign);
        return made.Bytes.Length <= Limits.SealedItemBytesMax
            ? made
            : throw new P2PException(
                ErrorCodes.BadInput, $"A sealed item has at most {Limits.SealedItemBytesMax} bytes: shorten its description or its fields.");
    }

    /// <summary>The item's key for a device, as only that device opens it.</summary>
    public static byte[] Wrap(Guid itemId, int keyVersion, ReadOnlySpan<byte> key, byte[] keyId, ReadOnlySpan<byte> agreementKey)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(P256.Parameters(agreementKey));
        var derived = Suite.Derive(ephemeral.DeriveRawSecretAgreement(other.PublicKey), [], [.. WrapContext, .. Item(itemId, keyVersion), .. keyId]);
        return
        [
            .. P256.Point(ephemeral.ExportParameters(includePrivateParameters: false)),
            .. derived.Encrypt(key, Commitment(itemId, keyVersion, key)),
        ];
    }

    /// <summary>The item's key; null when it is not for this device, or not the one to which the owner is bound.</summary>
    public static byte[]? Unwrap(SealedItem item, byte[] wrapped, Device device)
    {
        if (wrapped.Length != SealedItem.WrapBytes || !P256.IsPoint(wrapped.AsSpan(0, P256.PointBytes)))
        {
            return null;
        }

        var derived = Suite.Derive(
            device.Agree(wrapped.AsSpan(0, P256.PointBytes)), [], [.. WrapContext, .. Item(item.ItemId, item.KeyVersion), .. device.KeyId]);
        return derived.TryDecrypt(wrapped.AsSpan(P256.PointBytes), item.Commitment) is { Length: P256.HashBytes } key
            && CryptographicOperations.FixedTimeEquals(Commitment(item.ItemId, item.KeyVersion, key), item.Commitment)
            ? key
            : null;
    }

    /// <summary>What the item says; null when this key does not open it, or what it opens is no item.</summary>
    public static ItemContent? Open(SealedItem item, byte[] key)
    {
        var derived = Suite.Derive(key, item.Salt.ToArray(), [.. ContentContext, .. item.Head]);
        try
        {
            return derived.TryDecrypt(item.Ciphertext, item.Head) is { } plain ? JsonSerializer.Deserialize<ItemContent>(plain, WireJson.Client) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Item(Guid itemId, int keyVersion)
    {
        var bytes = new byte[20];
        itemId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), keyVersion);
        return bytes;
    }
}
