namespace P2P.Contracts.Deals;

/// <summary>How a room stands to encryption.</summary>
public enum EncryptionState
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Nobody proposed it.</summary>
    Off,

    /// <summary>A party proposed it; the other has not answered.</summary>
    Proposed,

    /// <summary>The last proposal was declined or taken back.</summary>
    Declined,

    /// <summary>The room is encrypted, for good.</summary>
    On,
}

/// <summary>Proposes encryption, accepts it, or brings an encrypted room a new key.</summary>
public sealed record SealRoomRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>
    /// The next <see cref="Contracts.Encryption.Envelope"/> of the room's chain, base64url without padding, of the kind that the call says.
    /// </summary>
    public required string Envelope { get; init; }
}

/// <summary>Declines a proposal, or takes it back.</summary>
public sealed record DeclineEncryptionRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }
}

/// <summary>How a room stands to encryption, and where its chain stands.</summary>
public sealed record RoomEncryption
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>How it stands.</summary>
    public required EncryptionState State { get; init; }

    /// <summary>Profile id of who made the last proposal; null when there was none.</summary>
    public long? ProposedBy { get; init; }

    /// <summary>The number of the newest key; 0 for none.</summary>
    public required int Epoch { get; init; }

    /// <summary>Envelopes of the chain.</summary>
    public required int Length { get; init; }

    /// <summary>The link of the newest envelope, base64url; of an empty chain its anchor.</summary>
    public required string Head { get; init; }
}

/// <summary>A room's encryption was proposed, accepted or declined, or it has a new key.</summary>
public sealed record EncryptionChanged
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>How it stands now.</summary>
    public required EncryptionState State { get; init; }

    /// <summary>Profile id of whose doing it is.</summary>
    public required long By { get; init; }

    /// <summary>The number of the newest key.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of the room's system message that tells of it.</summary>
    public required long Seq { get; init; }
}
