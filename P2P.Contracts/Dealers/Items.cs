using P2P.Contracts.Deals;

namespace P2P.Contracts.Dealers;

/// <summary>Who sees an item, besides its owner and those with whom it is shared.</summary>
public enum ItemVisibility
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Every peer whom the owner does not block.</summary>
    Public,

    /// <summary>Nobody: it is shared with single peers.</summary>
    Private,

    /// <summary>Connected peers, each at most with what the connection grants.</summary>
    Customers,
}

/// <summary>What was done to an item.</summary>
public enum ItemAction
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It was put in.</summary>
    Created,

    /// <summary>Its text, its currency or who sees it.</summary>
    Changed,

    /// <summary>Its price.</summary>
    Priced,

    /// <summary>Its stock.</summary>
    Stocked,

    /// <summary>It was taken out for good.</summary>
    Deleted,

    /// <summary>Its pictures.</summary>
    Pictured,
}

/// <summary>A field of the owner's own making: a name and a value.</summary>
public sealed record ItemField
{
    /// <summary>What it is called, 1 to 40 characters; each name once an item.</summary>
    public required string Name { get; init; }

    /// <summary>What stands in it, 1 to 200 characters.</summary>
    public required string Value { get; init; }
}

/// <summary>All that an owner says of an item, stock and unit aside.</summary>
public sealed record ItemTerms
{
    /// <summary>What it is, 1 to 120 characters; empty for a sealed item.</summary>
    public required string Name { get; init; }

    /// <summary>More about it, at most 4,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>What it is filed under, at most 50 characters.</summary>
    public string? Category { get; init; }

    /// <summary>The price of one unit, above zero and no finer than the currency; 0 for a sealed item.</summary>
    public required decimal Price { get; init; }

    /// <summary>A currency, or an asset of the ledger. It stays open in a sealed item, too: escrow depends on it.</summary>
    public required string Currency { get; init; }

    /// <summary>At most 20.</summary>
    public IReadOnlyList<ItemField>? Fields { get; init; }

    /// <summary>
    /// What the item is, for the eyes of those who may see it (docs/encryption.md has the bytes), base64url, at most 16 KB: then name, description,
    /// category, price and fields stand in it and nowhere else. Not for public items. The client libraries make it.
    /// </summary>
    public string? Sealed { get; init; }

    /// <summary>Who sees it.</summary>
    public required ItemVisibility Visibility { get; init; }

    /// <summary>
    /// What those may do by <see cref="Visibility"/>. Of a public item, manage counts for connected peers to whom manage is granted; for others it is
    /// order.
    /// </summary>
    public required AccessLevel Gives { get; init; }
}

/// <summary>Puts an item in.</summary>
public sealed record CreateItemRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item's id, a fresh UUID of version 7: a sealed item names it. Made by the server when left out.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>What it is.</summary>
    public required ItemTerms Terms { get; init; }

    /// <summary>How many there are: not below zero, at most 1,000,000,000, at most 3 decimals.</summary>
    public required decimal Stock { get; init; }

    /// <summary>What is counted (piece, kg), 1 to 20 characters; it stays.</summary>
    public required string Unit { get; init; }

    /// <summary>A sealed item's key, for at least one device of the caller's, so that it cannot get lost. <c>SetItemKeys</c> brings it to others.</summary>
    public IReadOnlyList<ItemKey>? Keys { get; init; }
}

/// <summary>Replaces what an owner says of an item.</summary>
public sealed record UpdateItemRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Refuses with STALE_VERSION when the item has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>What it is from now on.</summary>
    public required ItemTerms Terms { get; init; }

    /// <summary>A sealed item's new key, for at least one device of the caller's; needed when the key's version is new.</summary>
    public IReadOnlyList<ItemKey>? Keys { get; init; }
}

/// <summary>Changes an item's price.</summary>
public sealed record SetItemPriceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Refuses with STALE_VERSION when the item has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The price of one unit, above zero and no finer than the currency.</summary>
    public required decimal Price { get; init; }
}

/// <summary>Changes how many there are.</summary>
public sealed record SetItemStockRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Refuses with STALE_VERSION when the item has another version: stock that is counted up or down wants it.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How many there are: not below zero, at most 1,000,000,000, at most 3 decimals.</summary>
    public required decimal Stock { get; init; }
}

/// <summary>Names an item to be changed.</summary>
public sealed record ItemRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Refuses with STALE_VERSION when the item has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Says which pictures an item has, and in which order.</summary>
public sealed record ArrangeItemImagesRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Refuses with STALE_VERSION when the item has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Pictures that it has, each once; the first is shown in lists. What is not named is removed.</summary>
    public required IReadOnlyList<Guid> ImageIds { get; init; }
}

/// <summary>Shares an item with one connected peer.</summary>
public sealed record ShareItemRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>With whom.</summary>
    public required string PeerId { get; init; }

    /// <summary>What that peer may do with it.</summary>
    public required AccessLevel Access { get; init; }
}

/// <summary>Ends a share.</summary>
public sealed record UnshareItemRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>With whom it was shared.</summary>
    public required string PeerId { get; init; }
}

/// <summary>Asks for one item.</summary>
public sealed record GetItemRequest
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }
}

/// <summary>Asks for a page of items.</summary>
public sealed record ListItemsRequest
{
    /// <summary>Those of one peer, the caller too; all that the caller sees when left out.</summary>
    public string? PeerId { get; init; }

    /// <summary>Those filed under this.</summary>
    public string? Category { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Asks for items by words.</summary>
public sealed record SearchItemsRequest
{
    /// <summary>
    /// What name, category or description hold: every word must be the beginning of one of theirs. 1 to 50 characters.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Asks for a page of what belongs to an item.</summary>
public sealed record ItemPageRequest
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An item as one peer sees it.</summary>
public sealed record ItemView
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OwnerPeerId { get; init; }

    /// <summary>What the owner is called.</summary>
    public required string OwnerName { get; init; }

    /// <summary>What it is; empty for a sealed item that was not opened.</summary>
    public required string Name { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>What it is filed under.</summary>
    public string? Category { get; init; }

    /// <summary>The price of one unit; 0 for a sealed item that was not opened.</summary>
    public required decimal Price { get; init; }

    /// <summary>A currency, or an asset of the ledger.</summary>
    public required string Currency { get; init; }

    /// <summary>What the item is, as its owner's device sealed it; null for one that is not sealed.</summary>
    public string? Sealed { get; init; }

    /// <summary>Whose profile shows the keys by which a sealed item is checked; null for an item that is not sealed.</summary>
    public long? OwnerProfileId { get; init; }

    /// <summary>The number of the key under which it is sealed, or was last; 0 for one that never was.</summary>
    public required int KeyVersion { get; init; }

    /// <summary>
    /// The sealed item's key for devices of the caller's; empty until the owner's program has made it for them. Null for an item that is not sealed.
    /// </summary>
    public IReadOnlyList<ItemKey>? Keys { get; init; }

    /// <summary>How many are left.</summary>
    public required decimal Stock { get; init; }

    /// <summary>What is counted.</summary>
    public required string Unit { get; init; }

    /// <summary>The owner's own fields.</summary>
    public required IReadOnlyList<ItemField> Fields { get; init; }

    /// <summary>
    /// Its pictures, at most 10, the first one first: <c>GET /api/p2p/items/{itemId}/images/{id}</c> has each. Their owner adds one by <c>POST
    /// /api/p2p/items/{itemId}/images</c> (JPEG, PNG or WebP, at most 10 MB).
    /// </summary>
    public required IReadOnlyList<FileView> Images { get; init; }

    /// <summary>What the caller may do with it.</summary>
    public required AccessLevel Access { get; init; }

    /// <summary>Who sees it; told to the owner alone.</summary>
    public ItemVisibility? Visibility { get; init; }

    /// <summary>What those may do; told to the owner alone.</summary>
    public AccessLevel? Gives { get; init; }

    /// <summary>Grows with every change.</summary>
    public required int Version { get; init; }

    /// <summary>Since when it is there.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
