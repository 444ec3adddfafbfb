using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Contracts.Files;

namespace P2P.Client.Sdk;

/// <summary>
/// Inventory: the user's own items, and those of others that the user may see. Private items are sealed unless said otherwise: the server knows who may see
/// them and how many are left, not what they are. They are opened here for whoever has their key, and read like any others.
/// </summary>
public sealed class ItemsClient
{
    private readonly DealerHubProxy _hub;
    private readonly EventReaders _events;
    private readonly RestCaller _rest;

    private readonly SealedItems _sealed;

    internal ItemsClient(DealerHubProxy hub, EventReaders events, RestCaller rest, KeysClient keys) =>
        (_hub, _events, _rest, _sealed) = (hub, events, rest, new SealedItems(hub, keys));

    /// <summary>Puts an item in.</summary>
    /// <param name="terms">What it is, what it costs and who sees it.</param>
    /// <param name="stock">How many there are, with at most 3 decimals.</param>
    /// <param name="unit">What is counted; it stays.</param>
    /// <param name="isSealed">
    /// Whether the server must not know what it is; private items are sealed when it is left out. Public ones cannot be, and a sealed one is not found by
    /// words. Its price is at most known to those who may see it: a buyer says it with the order.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; an item that was put in then is found by <see cref="ListAsync"/>.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, CURRENCY_UNKNOWN, QUOTA_EXCEEDED (1,000 items).</exception>
    /// <exception cref="EncryptionException">NoDevice: a sealed item needs this device's keys.</exception>
    public Task<ItemReply> CreateAsync(
        ItemTerms terms, decimal stock, string unit = "piece", bool? isSealed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return isSealed ?? terms.Visibility == ItemVisibility.Private
            ? _sealed.CreateAsync(terms, stock, unit, cancellationToken)
            : _hub.CreateItem(new CreateItemRequest { RequestId = Guid.CreateVersion7(), Terms = terms, Stock = stock, Unit = unit }, cancellationToken);
    }

    /// <summary>Replaces what the owner says of an item. Whoever saw it and does so no longer hears that it is gone.</summary>
    /// <param name="itemId">An item of the user's.</param>
    /// <param name="terms">What it is from now on.</param>
    /// <param name="expectedVersion">The version that was seen; null for any.</param>
    /// <param name="isSealed">As in <see cref="CreateAsync"/>; when it is left out a sealed item stays so unless it becomes public, and one that becomes
    /// private is sealed.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is told by a repeat.</param>
    /// <exception cref="P2PException">
    /// BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, STALE_VERSION, CURRENCY_UNKNOWN, ITEM_SEALED (its pictures are open or sealed as it was: remove them
    /// first).
    /// </exception>
    /// <exception cref="EncryptionException">ItemKeyMissing: this device cannot open it yet. NoDevice.</exception>
    public async Task<ItemReply> UpdateAsync(
        Guid itemId, ItemTerms terms, int? expectedVersion = null, bool? isSealed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var view = await _hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false);
        var seals = terms.Visibility != ItemVisibility.Public && (isSealed ?? (view.Sealed is not null || terms.Visibility == ItemVisibility.Private));
        return seals
            ? await _sealed.UpdateAsync(view, terms, expectedVersion, cancellationToken).ConfigureAwait(false)
            : await _hub.UpdateItem(
                new UpdateItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, Terms = terms, ExpectedVersion = expectedVersion },
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings the keys of the user's sealed items to everybody's devices who may see them, and makes new ones where somebody has a key who may see the item no
    /// longer: to be called after connections or devices changed. <see cref="KeepKeysAsync"/> does it by itself.
    /// </summary>
    /// <param name="cancellationToken">Ends it; what was done stays.</param>
    public Task RefreshKeysAsync(CancellationToken cancellationToken = default) => _sealed.RefreshAllAsync(cancellationToken);

    /// <summary>Calls <see cref="RefreshKeysAsync"/> now, and whenever the user's connections or anybody's devices changed, until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepKeysAsync(CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        changes.Writer.TryWrite(true);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heard = Task.WhenAll(HearAsync<ConnectionChanged>(), HearAsync<KeysChanged>());
        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await _sealed.RefreshAllAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await heard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task HearAsync<T>()
            where T : class
        {
            IAsyncEnumerable<P2PEvent<T>> watch = new EventWatch<T>(_events, filter: null, ending.Token);
            await foreach (var _ in watch.ConfigureAwait(false))
            {
                changes.Writer.TryWrite(true);
            }
        }
    }

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
    public async Task<FileView> AddImageAsync(
        Guid itemId,
        Stream content,
        string name,
        string? contentType = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var path = $"api/p2p/items/{itemId}/images";
        var view = await _hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false);
        if (view.Sealed is null)
        {
            return await FilesClient.SendAsync(
                _rest, HttpMethod.Post, path, content, name, contentType, isEncrypted: false, progress, cancellationToken).ConfigureAwait(false);
        }

        var (plain, kind) = await FileSeal.CleanAsync(content, cancellationToken).ConfigureAwait(false);
        var (ciphertext, key) = FileSeal.Seal(itemId, plain);
        using var body = new MemoryStream(ciphertext);
        var file = await FilesClient.SendAsync(
            _rest, HttpMethod.Post, path, body, FileSeal.OuterName, null, isEncrypted: true, progress, cancellationToken).ConfigureAwait(false);
        var image = new SealedFile
        {
            Id = file.Id,
            Name = MessageContent.NameOf(name),
            ContentType = kind,
            Bytes = plain.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(ciphertext)),
            Key = Base64Url.EncodeToString(key),
        };
        await _sealed.AddImageAsync(itemId, image, cancellationToken).ConfigureAwait(false);
        return file with { Name = image.Name, ContentType = image.ContentType, Bytes = image.Bytes };
    }

    /// <summary>Fetches a picture of an item that the user sees.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="imageId">One of <see cref="ItemView.Images"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">NOT_A_PEER, NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    /// <exception cref="EncryptionException">Of a sealed item: ItemKeyMissing; FileEdited: it is not what the owner sealed.</exception>
    public async Task<DownloadedFile> GetImageAsync(Guid itemId, Guid imageId, CancellationToken cancellationToken = default)
    {
        var file = await FilesClient.FetchAsync(_rest, $"api/p2p/items/{itemId}/images/{imageId}", cancellationToken).ConfigureAwait(false);
        if (file.ContentType != FileFacts.TypeOf(FileKind.Opaque))
        {
            return file;
        }

        try
        {
            var view = await _hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false);
            var opened = await _sealed.OpenAsync(view, cancellationToken).ConfigureAwait(false);
            var known = opened?.Content.Images.FirstOrDefault(image => image.Id == imageId)
                ?? throw new EncryptionException(EncryptionFault.ItemKeyMissing, "The key of this picture was not brought to this device yet.");
            var ciphertext = await FileSeal.ReadAsync(file.Content, Limits.FileBytesMax, cancellationToken).ConfigureAwait(false);
            return file.With(new MemoryStream(known.Open(itemId, ciphertext)), known.ContentType, MessageContent.NameOf(known.Name));
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

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

    /// <summary>
    /// Shares an item with a connected peer, or changes what that peer may do with it; at most 200 an item. The share ends with the connection. A sealed item's
    /// key goes to the peer's devices.
    /// </summary>
    /// <param name="itemId">An item of the user's.</param>
    /// <param name="peerId">With whom.</param>
    /// <param name="access">What that peer may do with it.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is told by a repeat.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, QUOTA_EXCEEDED.</exception>
    public async Task<ItemReply> ShareAsync(Guid itemId, string peerId, AccessLevel access, CancellationToken cancellationToken = default)
    {
        var reply = await _hub.ShareItem(
            new ShareItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, PeerId = peerId, Access = access }, cancellationToken)
            .ConfigureAwait(false);
        await _sealed.RefreshAsync(itemId, cancellationToken).ConfigureAwait(false);
        return reply;
    }

    /// <summary>Ends a share; without one it does nothing. A sealed item gets a new key, which the peer does not.</summary>
    /// <param name="itemId">An item of the user's.</param>
    /// <param name="peerId">With whom it was shared.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome is told by a repeat.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</exception>
    public async Task<ItemReply> UnshareAsync(Guid itemId, string peerId, CancellationToken cancellationToken = default)
    {
        var reply = await _hub.UnshareItem(
            new UnshareItemRequest { RequestId = Guid.CreateVersion7(), ItemId = itemId, PeerId = peerId }, cancellationToken).ConfigureAwait(false);
        await _sealed.RefreshAsync(itemId, cancellationToken).ConfigureAwait(false);
        return reply;
    }

    /// <summary>One item that the user may see, opened where it is sealed and its key is on this device.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The item; one that is sealed and could not be opened yet has an empty name.</returns>
    /// <exception cref="P2PException">RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</exception>
    /// <exception cref="EncryptionException">Edited: it is not what its owner sealed; PeerKeysForged, KeyLogBroken.</exception>
    public async Task<ItemView> GetAsync(Guid itemId, CancellationToken cancellationToken = default) =>
        await _sealed.ShowAsync(await _hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>
    /// Items that the user may see, newest first. Those that are sealed are opened; one that cannot be, for want of its key or because it was tampered with,
    /// has an empty name, and <see cref="GetAsync"/> says why.
    /// </summary>
    /// <param name="peerId">Those of one peer, the user too; everybody's when left out.</param>
    /// <param name="category">Those filed under this; sealed ones are filed nowhere.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Page<ItemView>> ListAsync(
        string? peerId = null, string? category = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default)
    {
        var page = await _hub.ListItems(
            new ListItemsRequest { PeerId = peerId, Category = category, Limit = limit, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
        var shown = new List<ItemView>();
        foreach (var item in page.Items)
        {
            shown.Add(await _sealed.TryShowAsync(item, cancellationToken).ConfigureAwait(false));
        }

        return page with { Items = shown };
    }

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
