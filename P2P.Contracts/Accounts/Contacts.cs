namespace P2P.Contracts.Accounts;

/// <summary>How a user holds another.</summary>
public enum ContactKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Neither of the two sees or takes the other's ads.</summary>
    Blocked,

    /// <summary>The user found this one good to trade with.</summary>
    Favourite,
}

/// <summary>Blocks, favours, or ends either.</summary>
public sealed record ContactRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Another user's profile.</summary>
    public required long ProfileId { get; init; }
}

/// <summary>What every change of a contact answers.</summary>
public sealed record ContactReply
{
    /// <summary>The other's profile.</summary>
    public required long ProfileId { get; init; }

    /// <summary>How the caller holds the other now; null for neither blocked nor favourite.</summary>
    public ContactKind? Kind { get; init; }
}

/// <summary>A blocked or a favourite user.</summary>
public sealed record ContactView
{
    /// <summary>The profile's id.</summary>
    public required long ProfileId { get; init; }

    /// <summary>The name; null until one is chosen.</summary>
    public string? Username { get; init; }

    /// <summary>Identity was checked by staff.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Trades as a business.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>A page of contacts.</summary>
public sealed record ListContactsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}
