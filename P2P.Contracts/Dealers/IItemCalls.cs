namespace P2P.Contracts.Dealers;

/// <summary>
/// Inventory. Who may see an item, and what they may do with it, is decided in one place for every call and event; an item that the caller may not see
/// is as one that does not exist.
/// </summary>
public interface IItemCalls
{
    /// <summary>Puts an item in; at most 1,000 a peer.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also: the item's id is taken, or no device of the caller's signed what is sealed), RATE_LIMITED, REQUEST_ID_EXPIRED,
    /// REQUEST_ID_REUSED, NOT_A_PEER, CURRENCY_UNKNOWN, QUOTA_EXCEEDED.
    /// </remarks>
    Task<ItemReply> CreateItem(CreateItemRequest request);

    /// <summary>Replaces what the owner says of an item. Whoever saw it and does so no longer hears that it is gone.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's), STALE_VERSION,
    /// CURRENCY_UNKNOWN, ITEM_SEALED (it has pictures, which are open or sealed as the item was: remove them first).
    /// </remarks>
    Task<ItemReply> UpdateItem(UpdateItemRequest request);

    /// <summary>Changes the price: for the owner, and for peers with manage. A sealed item's price stands in what is sealed.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND, ACCESS_REQUIRED (the caller sees it and may not
    /// manage it), STALE_VERSION, ITEM_SEALED.
    /// </remarks>
    Task<ItemReply> SetItemPrice(SetItemPriceRequest request);

    /// <summary>Says how many there are: for the owner, and for peers with manage.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, BUSY, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ACCESS_REQUIRED (the caller sees it and may not
    /// manage it), STALE_VERSION.
    /// </remarks>
    Task<ItemReply> SetItemStock(SetItemStockRequest request);

    /// <summary>
    /// Says which of an item's pictures stay, and in which order; the others are removed. <c>POST /api/p2p/items/{itemId}/images</c> adds one.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no such picture of it),
    /// STALE_VERSION.
    /// </remarks>
    Task<ItemReply> ArrangeItemImages(ArrangeItemImagesRequest request);

    /// <summary>
    /// Brings a sealed item's key to devices of those who may see it, the caller's own too; whoever gets one hears <c>ItemChanged</c>. A content with a
    /// higher key version (<c>UpdateItem</c>) takes all keys away that were there.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no sealed item of the caller's), STALE_VERSION
    /// (the item has another key by now).
    /// </remarks>
    Task<ItemReply> SetItemKeys(SetItemKeysRequest request);

    /// <summary>Takes an item out for good.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's), STALE_VERSION.
    /// </remarks>
    Task<ItemReply> DeleteItem(ItemRequest request);

    /// <summary>
    /// Shares an item with a connected peer, or changes what that peer may do with it; at most 200 an item. The share ends with the connection.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no connected peer),
    /// QUOTA_EXCEEDED.
    /// </remarks>
    Task<ItemReply> ShareItem(ShareItemRequest request);

    /// <summary>Ends a share; without one it does nothing.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no such peer).
    /// </remarks>
    Task<ItemReply> UnshareItem(UnshareItemRequest request);

    /// <summary>One item that the caller may see.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ItemView> GetItem(GetItemRequest request);

    /// <summary>Items that the caller may see, newest first. A peer who does not exist has none.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<ItemView>> ListItems(ListItemsRequest request);

    /// <summary>Items that the caller may see and that hold all the words, newest first. What is sealed is not found by words.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<ItemView>> SearchItems(SearchItemsRequest request);

    /// <summary>With whom an item of the caller's is shared, oldest share first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND (no item of the caller's).</remarks>
    Task<Page<ItemShareView>> ListItemShares(ItemPageRequest request);

    /// <summary>
    /// For whom a sealed item's key is, and which devices have it: the owner first, then by profile. Those who have it and see the item no longer are
    /// among them: the item then needs a new key.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND (no sealed item of the caller's).</remarks>
    Task<Page<ItemReader>> ListItemReaders(ItemPageRequest request);

    /// <summary>What was done to an item and by whom, newest first: for the owner, and for peers with manage.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, ACCESS_REQUIRED (the caller sees it and may not manage it).</remarks>
    Task<Page<ItemHistoryEntry>> ListItemHistory(ItemPageRequest request);
}
