using System.Text.Json;

namespace P2P.Client.Sdk.Encryption;

/// <summary>What this device remembers of an encrypted room: that it is one, how far its chain was read, and its keys.</summary>
internal sealed record RoomPin
{
    public long BuyerId { get; init; }

    public long SellerId { get; init; }

    /// <summary>Envelopes that the chain had.</summary>
    public int Length { get; init; }

    /// <summary>The link of the newest of them.</summary>
    public byte[] Head { get; init; } = [];

    /// <summary>True once the room is encrypted: then it is for good, whatever a server says later.</summary>
    public bool IsOn { get; init; }

    /// <summary>The room's keys that this device was given, by their numbers.</summary>
    public Dictionary<int, byte[]> Keys { get; init; } = [];

    public const string NameStart = "room.";

    public static string Name(Guid orderId) => $"{NameStart}{orderId:D}";

    public static RoomPin? Read(byte[]? stored) => stored is null ? null : JsonSerializer.Deserialize<RoomPin>(stored);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);
}
