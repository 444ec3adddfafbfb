namespace P2P.Contracts.Dealers;

/// <summary>Makes the caller a peer.</summary>
public sealed record JoinNetworkRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>What others read, 1 to 50 characters.</summary>
    public required string Name { get; init; }

    /// <summary>True to be in the directory.</summary>
    public required bool IsDiscoverable { get; init; }

    /// <summary>The device of the caller's whose keys are the identity, base64url; its id becomes the peer id.</summary>
    public required string KeyId { get; init; }
}

/// <summary>Changes what is given, and leaves the rest.</summary>
public sealed record UpdatePeerRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>What others read, 1 to 50 characters.</summary>
    public string? Name { get; init; }

    /// <summary>True to be in the directory.</summary>
    public bool? IsDiscoverable { get; init; }

    /// <summary>True: connected peers do not see whether the caller is connected, nor when the caller was.</summary>
    public bool? HidesStatus { get; init; }
}

/// <summary>The caller as a peer.</summary>
public sealed record PeerView
{
    /// <summary>
    /// SHA-256 of the identity's public keys, signing key and agreement key one after the other: base64url, 43 characters.
    /// </summary>
    public required string PeerId { get; init; }

    /// <summary>What others read.</summary>
    public required string Name { get; init; }

    /// <summary>True in the directory.</summary>
    public required bool IsDiscoverable { get; init; }

    /// <summary>True when connected peers do not see whether the caller is connected.</summary>
    public required bool HidesStatus { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>Asks for a page of the directory.</summary>
public sealed record SearchPeersRequest
{
    /// <summary>What names begin with, in small or capital letters; all names when left out.</summary>
    public string? Text { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A peer of the directory.</summary>
public sealed record PeerEntry
{
    /// <summary>The peer's id.</summary>
    public required string PeerId { get; init; }

    /// <summary>The profile, whose key log proves the id.</summary>
    public required long ProfileId { get; init; }

    /// <summary>What the peer is called.</summary>
    public required string Name { get; init; }
}

/// <summary>The caller's own name or choices changed.</summary>
public sealed record PeerChanged
{
    /// <summary>The peer's id.</summary>
    public required string PeerId { get; init; }
}

/// <summary>A connected peer came or went.</summary>
public sealed record PeerStatusChanged
{
    /// <summary>Those who came or went since the last message, each once.</summary>
    public required IReadOnlyList<PeerStatus> Peers { get; init; }
}

/// <summary>Whether a peer is connected.</summary>
public sealed record PeerStatus
{
    /// <summary>The peer's id.</summary>
    public required string PeerId { get; init; }

    /// <summary>True when the peer is connected to any hub of the server.</summary>
    public required bool IsOnline { get; init; }
}
