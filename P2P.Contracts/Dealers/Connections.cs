namespace P2P.Contracts.Dealers;

/// <summary>How a connection stands, as one side sees it.</summary>
public enum ConnectionState
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Each has the access that the other grants.</summary>
    Connected,

    /// <summary>The one who sees this blocks the other.</summary>
    Blocked,

    /// <summary>There is none: the two are strangers.</summary>
    Ended,
}

/// <summary>A page of connections.</summary>
public sealed record ListConnectionsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Asks for one connection.</summary>
public sealed record GetConnectionRequest
{
    /// <summary>The other peer.</summary>
    public required string PeerId { get; init; }
}

/// <summary>Changes what a connected peer may do.</summary>
public sealed record SetAccessRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The other peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>What the other may do with the caller's inventory from now on.</summary>
    public required AccessLevel Grants { get; init; }
}

/// <summary>A connection as one side sees it.</summary>
public sealed record ConnectionView
{
    /// <summary>The other peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>The other's profile.</summary>
    public required long ProfileId { get; init; }

    /// <summary>What the other is called.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>What the other may do with the caller's inventory; null while blocked.</summary>
    public AccessLevel? Grants { get; init; }

    /// <summary>What the caller may do with the other's inventory; null while blocked.</summary>
    public AccessLevel? Granted { get; init; }

    /// <summary>True when the caller invited the other.</summary>
    public required bool IsInvitedByMe { get; init; }

    /// <summary>Since when the two are connected.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>True when the other is connected to the server; null when the other hides it, or is blocked.</summary>
    public bool? IsOnline { get; init; }

    /// <summary>When the other was last connected, to within seconds; null as before, and when that is not known.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>What a change of a connection answers.</summary>
public sealed record ConnectionReply
{
    /// <summary>The other peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>How the connection stands now, as the caller sees it.</summary>
    public required ConnectionState State { get; init; }
}

/// <summary>A connection began, changed or ended, as the one who hears this sees it.</summary>
public sealed record ConnectionChanged
{
    /// <summary>The other peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>The other's profile.</summary>
    public required long ProfileId { get; init; }

    /// <summary>How it stands.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>What the other may do; null unless the two are connected.</summary>
    public AccessLevel? Grants { get; init; }

    /// <summary>What the one who hears this may do; null unless the two are connected.</summary>
    public AccessLevel? Granted { get; init; }
}
