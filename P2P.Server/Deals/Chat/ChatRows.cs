using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Chat;

/// <summary>A room, its order and its parties.</summary>
public sealed record RoomFacts
{
    public required Guid OrderId { get; init; }

    public required OrderKind Kind { get; init; }

    public required long BuyerId { get; init; }

    public required long SellerId { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>When the order last changed: of an ended one when it ended.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public required long LastSeq { get; init; }

    /// <summary>How it stands to encryption; null when nobody proposed it.</summary>
    public EncryptionState? Encryption { get; init; }

    public required long BuyerDelivered { get; init; }

    public required long BuyerRead { get; init; }

    public required long SellerDelivered { get; init; }

    public required long SellerRead { get; init; }

    public bool IsParty(long userId) => userId == BuyerId || userId == SellerId;

    public long OtherThan(long userId) => userId == BuyerId ? SellerId : BuyerId;

    public RoomMarks MarksOf(long userId) => userId == BuyerId
        ? new RoomMarks { DeliveredSeq = BuyerDelivered, ReadSeq = BuyerRead }
        : new RoomMarks { DeliveredSeq = SellerDelivered, ReadSeq = SellerRead };
}

/// <summary>How much of a room its reader has not read.</summary>
public sealed record UnreadRow
{
    public required Guid OrderId { get; init; }

    public required int Unread { get; init; }
}

/// <summary>A message as it stands in its room.</summary>
public sealed record MessageRow
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required long Seq { get; init; }

    public required long SenderId { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Text { get; init; }

    public string? Code { get; init; }

    public string? Args { get; init; }

    public byte[]? Envelope { get; init; }

    public required DateTimeOffset At { get; init; }
}
