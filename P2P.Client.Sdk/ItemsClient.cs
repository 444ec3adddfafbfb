using System.Text;
using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>Inventory: the user's own items, and those of others that the user may see.</summary>
public sealed class ItemsClient
{
    private readonly DealerHubProxy _hub;
    private readonly EventReaders _events;
    private readonly RestCaller _rest;

    internal ItemsClient(DealerHubProxy hub, EventReaders events, RestCaller rest) => (_hub, _events, _rest) = (hub, events, rest);

    /// <summary>Puts an item in.</summary>
    /// <param name="terms">What it is, what it costs and who sees it.</param>
    /// <param name="stock">How many there are, with at most 3 decimals.</param>
    /// <param name="unit">What is counted; it stays.</param>
    /// <param name="cancellationToken">Ends the wait; an item that was put in then is found by <see cref="ListAsync"/>.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, CURRENCY_UNKNOWN, QUOTA_EXCEEDED (1,000 items).</exception>
    public Task<ItemReply> CreateAsync(ItemTerms terms, decimal stock, string unit = "piece", CancellationToken cancellationToken = default) =>
        _hub.CreateItem(new CreateItemRequest { RequestId = Guid.CreateVersion7(), Terms = terms, Stock = stock, Unit = unit }, cancellationToken);

    /// <inheritdoc cref="IItemCalls.UpdateItem"/>
    public Task<ItemReply> UpdateAsync(Guid itemId, ItemTerms terms, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        _hub.UpdateItem(
            new UpdateItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, Terms = terms, ExpectedVersion = expectedVersion }, cancellationToken);

    /// <inheritdoc cref="IItemCalls.SetItemPrice"/>
    public Task<ItemReply> SetPriceAsync(Guid itemId, decimal price, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        _hub.SetItemPrice(
            new SetItemPriceRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, Price = price, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <summary>Says how many there are: for the owner, and for peers with manage.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="stock">How many.</param>
    /// <param name="expectedVersion">
    /// The version that was seen: whoever counts up or down from what they saw gives it, and reads again after STALE_VERSION.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the outcome is told by a repeat.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, ACCESS_REQUIRED, STALE_VERSION.</exception>
    public Task<ItemReply> SetStockAsync(Guid itemId, decimal stock, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        _hub.SetItemStock(
            new SetItemStockRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, Stock = stock, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <summary>
    /// Adds a picture behind the item's others: JPEG, PNG or WebP, at most 10 MB and 40 million pixels; an item has at most 10. It loses everything
    /// but the picture (place, camera, comments, orientation).
    /// </summary>
    /// <param name="itemId">An item of the user's.</param>
    /// <param name="content">The picture, from its present position; left open.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="contentType">What it is; told by its content when left out.</param>
    /// <param name="progress">Hears how many bytes were sent so far.</param>
    /// <param name="cancellationToken">Breaks the upload off; nothing of it stays.</param>
    /// <exception cref="P2PException">
    /// RATE_LIMITED, NOT_A_PEER, NOT_FOUND, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, TIMEOUT, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS,
    /// UNAVAILABLE.
    /// </exception>
    public Task<FileView> AddImageAsync(
        Guid itemId,
        Stream content,
        string name,
        string? contentType = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) => FilesClient.SendAsync(
            _rest, HttpMethod.Post, $"api/p2p/items/{itemId}/images", content, name, contentType, isEncrypted: false, progress, cancellationToken);

    /// <summary>Fetches a picture of an item that the user sees.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="imageId">One of <see cref="ItemView.Images"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">NOT_A_PEER, NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    public Task<DownloadedFile> GetImageAsync(Guid itemId, Guid imageId, CancellationToken cancellationToken = default) =>
        FilesClient.FetchAsync(_rest, $"api/p2p/items/{itemId}/images/{imageId}", cancellationToken);

    /// <summary>Says which of an item's pictures stay, and in which order; the others are removed.</summary>
    /// <param name="itemId">An item of the user's.</param>
    /// <param name="imageIds">Pictures that it has, each once; the first is shown in lists.</param>
    /// <param name="expectedVersion">The version that was seen; null for any.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is told by a repeat.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, STALE_VERSION.</exception>
    public Task<ItemReply> ArrangeImagesAsync(
        Guid itemId, IReadOnlyList<Guid> imageIds, int? expectedVersion = null, CancellationToken cancellationToken = default) => _hub.ArrangeItemImages(
            new ArrangeItemImagesRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, ImageIds = imageIds, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <inheritdoc cref="IItemCalls.DeleteItem"/>
    public Task<ItemReply> DeleteAsync(Guid itemId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        _hub.DeleteItem(new ItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, ExpectedVersion = expectedVersion }, cancellationToken);

    /// <inheritdoc cref="IItemCalls.ShareItem"/>
    public Task<ItemReply> ShareAsync(Guid itemId, string peerId, AccessLevel access, CancellationToken cancellationToken = default) =>
        _hub.ShareItem(new ShareItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, PeerId = peerId, Access = access }, cancellationToken);

    /// <inheritdoc cref="IItemCalls.UnshareItem"/>
    public Task<ItemReply> UnshareAsync(Guid itemId, string peerId, CancellationToken cancellationToken = default) =>
        _hub.UnshareItem(new UnshareItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, PeerId = peerId }, cancellationToken);

    /// <inheritdoc cref="IItemCalls.GetItem"/>
    public Task<ItemView> GetAsync(Guid itemId, CancellationToken cancellationToken = default) =>
        _hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken);

    /// <summary>Items that the user may see, newest first.</summary>
    /// <param name="peerId">Those of one peer, the user too; everybody's when left out.</param>
    /// <param name="category">Those filed under this.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ItemView>> ListAsync(
        string? peerId = null, string? category = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListItems(new ListItemsRequest { PeerId = peerId, Category = category, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Items that the user may see and that hold all the words, newest first.</summary>
    /// <param name="text">Words, or how they begin.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ItemView>> SearchAsync(
        string text, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.SearchItems(new SearchItemsRequest { Text = text, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>With whom an item of the user's is shared.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ItemShareView>> ListSharesAsync(
        Guid itemId, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListItemShares(new ItemPageRequest { ItemId = itemId, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>What was done to an item, newest first.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ItemHistoryEntry>> ListHistoryAsync(
        Guid itemId, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListItemHistory(new ItemPageRequest { ItemId = itemId, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>The user's items as a table (CSV, RFC 4180), for a spreadsheet or for <see cref="ImportCsvAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">NOT_A_PEER, RATE_LIMITED, UNAVAILABLE.</exception>
    public async Task<string> ExportCsvAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/p2p/items/export.csv");
        using var answer = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What <see cref="ImportCsvAsync"/> would do; nothing is changed.</summary>
    /// <param name="csv">The table.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ItemImport> CheckCsvAsync(string csv, CancellationToken cancellationToken = default) =>
        ImportAsync(csv, "api/p2p/items/import?dryRun=true", null, cancellationToken);

    /// <summary>
    /// Puts a table's new items in: all of them, or none when anything is wrong with any line. Lines that name an item of the user's by its
    /// <c>item_id</c> are passed over.
    /// </summary>
    /// <param name="csv">The table, at most 1 MB and 200 items.</param>
    /// <param name="requestId">Give it, and again after an outcome that stayed unknown: under one id the table is imported once.</param>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    /// <exception cref="P2PException">FILE_TOO_LARGE, BAD_INPUT, NOT_A_PEER, QUOTA_EXCEEDED, RATE_LIMITED, UNAVAILABLE, TIMEOUT.</exception>
    public Task<ItemImport> ImportCsvAsync(string csv, Guid? requestId = null, CancellationToken cancellationToken = default) =>
        ImportAsync(csv, "api/p2p/items/import", requestId ?? Guid.CreateVersion7(), cancellationToken);

    /// <summary>Changes of items, in order, from now on: each says which item to read again, or that it is gone.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<P2PEvent<ItemChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<ItemChanged>(_events, filter: null, cancellationToken);

    private async Task<ItemImport> ImportAsync(string csv, string path, Guid? requestId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(csv);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(csv, Encoding.UTF8, "text/csv") };
        if (requestId is { } id)
        {
            request.Headers.Add("X-Request-Id", $"{id}");
        }

        using var answer = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await RestCaller.ReadAsync<ItemImport>(answer, "import", cancellationToken).ConfigureAwait(false);
    }
}
