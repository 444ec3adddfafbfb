namespace P2P.Contracts.Dealers;

/// <summary>A peer with whom an item is shared.</summary>
public sealed record ItemShareView
{
    /// <summary>With whom.</summary>
    public required string PeerId { get; init; }

    /// <summary>What the peer is called.</summary>
    public required string Name { get; init; }

    /// <summary>What the peer may do with it.</summary>
    public required AccessLevel Access { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One change of an item.</summary>
public sealed record ItemHistoryEntry
{
    /// <summary>The version that it made.</summary>
    public required int Version { get; init; }

    /// <summary>What was done.</summary>
    public required ItemAction Action { get; init; }

    /// <summary>By whom: the owner, or a peer with manage.</summary>
    public required string PeerId { get; init; }

    /// <summary>The price afterwards.</summary>
    public required decimal Price { get; init; }

    /// <summary>The stock afterwards.</summary>
    public required decimal Stock { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What a change of an item answers.</summary>
public sealed record ItemReply
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }
}

/// <summary>An item that the one who hears this sees, or saw, changed: read it with <c>GetItem</c>.</summary>
public sealed record ItemChanged
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Its version now; 0 for one that is gone.</summary>
    public required int Version { get; init; }

    /// <summary>True when the one who hears this sees it no longer.</summary>
    public required bool IsGone { get; init; }
}

/// <summary>A sealed item's key, for one device.</summary>
public sealed record ItemKey
{
    /// <summary>The device, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>The key as only that device opens it, 113 bytes in base64url.</summary>
    public required string Wrapped { get; init; }
}

/// <summary>Brings a sealed item's key to devices.</summary>
public sealed record SetItemKeysRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A sealed item of the caller's.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Which of the item's keys it is: the one that its content names now.</summary>
    public required int KeyVersion { get; init; }

    /// <summary>1 to 100. Those for devices whose users may not see the item are passed over.</summary>
    public required IReadOnlyList<ItemKey> Keys { get; init; }
}

/// <summary>Who may read a sealed item, or could before.</summary>
public sealed record ItemReader
{
    /// <summary>Whose devices.</summary>
    public required long ProfileId { get; init; }

    /// <summary>The peer; the owner is the first.</summary>
    public required string PeerId { get; init; }

    /// <summary>True when the peer sees the item now. One who does not and has the key is a reason for a new one.</summary>
    public required bool Sees { get; init; }

    /// <summary>Devices that have the present key, revoked ones too.</summary>
    public required IReadOnlyList<string> KeyIds { get; init; }
}
