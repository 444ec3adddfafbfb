using System.Buffers.Text;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>Sealed items: opens those that were sealed for this device, seals the user's own, and brings their keys to those who may see them.</summary>
internal sealed class SealedItems(DealerHubProxy hub, KeysClient keys)
{
    private const int TriesMax = 3;
    private const int PageMax = 100;

    /// <summary>The item as it reads once it is opened; as it is when it is not sealed, or its key is not here yet.</summary>
    /// <exception cref="EncryptionException">Edited: it is not what a device of its owner's signed; PeerKeysForged; KeyLogBroken.</exception>
    public async Task<ItemView> ShowAsync(ItemView view, CancellationToken cancellationToken) =>
        await OpenAsync(view, cancellationToken).ConfigureAwait(false) is { Content: { } content }
            ? view with
            {
                // The reader cleans what the server could not.
                Name = SafeText.Of(content.Name),
                Description = content.Description is null ? null : SafeText.Of(content.Description),
                Category = content.Category is null ? null : SafeText.Of(content.Category),
                Price = content.Price,
                Fields = [.. content.Fields.Select(field => new ItemField { Name = SafeText.Of(field.Name), Value = SafeText.Of(field.Value) })],
                Images = [.. view.Images.Select(image => Show(image, content))],
            }
            : view;

    /// <summary>As <see cref="ShowAsync"/>; what was tampered with stays closed.</summary>
    public async Task<ItemView> TryShowAsync(ItemView view, CancellationToken cancellationToken)
    {
        try
        {
            return await ShowAsync(view, cancellationToken).ConfigureAwait(false);
        }
        catch (EncryptionException)
        {
            return view;
        }
    }

    /// <summary>What a sealed item says; null when it is not sealed, or its key is not here yet.</summary>
    public async Task<OpenedItem?> OpenAsync(ItemView view, CancellationToken cancellationToken)
    {
        if (view.Sealed is null || await keys.LoadAsync(cancellationToken).ConfigureAwait(false) is not { } device)
        {
            return null;
        }

        var item = await ReadAsync(view, cancellationToken).ConfigureAwait(false);
        var id = Base64Url.EncodeToString(device.KeyId);
        if (view.Keys?.FirstOrDefault(key => key.KeyId == id) is not { } wrapped)
        {
            return null;
        }

        var key = Base64Url.IsValid(wrapped.Wrapped) ? ItemSeal.Unwrap(item, Base64Url.DecodeFromChars(wrapped.Wrapped), device) : null;
        return key is not null && ItemSeal.Open(item, key) is { } content ? new OpenedItem(content, key, item.KeyVersion) : throw Edited(view.ItemId);
    }

    /// <summary>Puts an item in that the server cannot read, and brings its key to those who may see it.</summary>
    public async Task<ItemReply> CreateAsync(ItemTerms terms, decimal stock, string unit, CancellationToken cancellationToken)
    {
        var device = await keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
        var (id, says) = (Guid.CreateVersion7(), new OpenedItem(Content(terms, []), ItemSeal.NewKey(), 1));
        var made = ItemSeal.Seal(id, says.KeyVersion, says.Key, says.Content, device);
        var reply = await hub.CreateItem(
            new CreateItemRequest
            {
                RequestId = Guid.CreateVersion7(),
                ItemId = id,
                Terms = Terms(terms, made),
                Stock = stock,
                Unit = unit,
                Keys = [Wrapped(id, says, device.KeyId, device.AgreementKey)],
            },
            cancellationToken).ConfigureAwait(false);
        await RefreshAsync(id, cancellationToken).ConfigureAwait(false);
        return reply;
    }

    /// <summary>Replaces what a sealed item says, or seals an open one.</summary>
    public async Task<ItemReply> UpdateAsync(ItemView view, ItemTerms terms, int? expectedVersion, CancellationToken cancellationToken)
    {
        var opened = view.Sealed is null ? null : await OwnAsync(view, cancellationToken).ConfigureAwait(false);
        var (key, keyVersion) = opened is null ? (ItemSeal.NewKey(), view.KeyVersion + 1) : (opened.Key, opened.KeyVersion);
        var says = new OpenedItem(Content(terms, Kept(opened, view)), key, keyVersion);
        var reply = await ReplaceAsync(view.ItemId, terms, says, expectedVersion ?? view.Version, cancellationToken).ConfigureAwait(false);
        await RefreshAsync(view.ItemId, cancellationToken).ConfigureAwait(false);
        return reply;
    }

    /// <summary>Says of one more picture how it is opened.</summary>
    public Task AddImageAsync(Guid itemId, SealedFile image, CancellationToken cancellationToken) => AgainAsync(async () =>
    {
        var view = await hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false);
        var opened = await OwnAsync(view, cancellationToken).ConfigureAwait(false);
        var says = opened with { Content = opened.Content with { Images = [.. Kept(opened, view), image] } };
        await ReplaceAsync(itemId, OpenTerms(view), says, view.Version, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>
    /// Brings the key of a sealed item of the user's to everybody's devices who may see it; makes a new one first when somebody has it who may see the item
    /// no longer, or on a device that is revoked.
    /// </summary>
    /// <param name="itemId">The item; one that is not sealed is left alone.</param>
    /// <param name="cancellationToken">Ends it; what was done stays.</param>
    public Task RefreshAsync(Guid itemId, CancellationToken cancellationToken) => AgainAsync(() => TryRefreshAsync(itemId, cancellationToken));

    /// <summary>As <see cref="RefreshAsync"/>, for every sealed item of the user's that this device can open.</summary>
    public async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        var me = await hub.GetPeer(cancellationToken).ConfigureAwait(false);
        var own = await PagesAsync(cursor => hub.ListItems(new ListItemsRequest { PeerId = me.PeerId, Limit = PageMax, Cursor = cursor }, cancellationToken))
            .ConfigureAwait(false);
        foreach (var item in own.Where(item => item.Sealed is not null))
        {
            try
            {
                await RefreshAsync(item.ItemId, cancellationToken).ConfigureAwait(false);
            }
            catch (EncryptionException e) when (e.Fault == EncryptionFault.ItemKeyMissing)
            {
                // Another device of the user's has it, and brings it here.
            }
            catch (P2PException e) when (e.Code == ErrorCodes.NotFound)
            {
                // Deleted, or opened meanwhile.
            }
        }
    }

    private async Task TryRefreshAsync(Guid itemId, CancellationToken cancellationToken)
    {
        var view = await hub.GetItem(new GetItemRequest { ItemId = itemId }, cancellationToken).ConfigureAwait(false);
        if (view.Sealed is null)
        {
            return;
        }

        var opened = await OwnAsync(view, cancellationToken).ConfigureAwait(false);
        var (wanted, held, isOut) = await ReadersAsync(itemId, cancellationToken).ConfigureAwait(false);
        if (isOut)
        {
            opened = opened with { Key = ItemSeal.NewKey(), KeyVersion = opened.KeyVersion + 1 };
            await ReplaceAsync(itemId, OpenTerms(view), opened, view.Version, cancellationToken).ConfigureAwait(false);
            held = [];
        }

        foreach (var some in wanted.Where(device => !held.Contains(Base64Url.EncodeToString(device.KeyId))).Chunk(Limits.ItemKeysMax))
        {
            await hub.SetItemKeys(
                new SetItemKeysRequest
                {
                    RequestId = Guid.CreateVersion7(),
                    ItemId = itemId,
                    KeyVersion = opened.KeyVersion,
                    Keys = [.. some.Select(device => Wrapped(itemId, opened, device.KeyId, device.AgreementKey))],
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Devices that are to have the key, those that have it, and whether one has it that may not.</summary>
    private async Task<(List<LogDevice> Wanted, HashSet<string> Held, bool IsOut)> ReadersAsync(Guid itemId, CancellationToken cancellationToken)
    {
        var (wanted, held, isOut) = (new List<LogDevice>(), new HashSet<string>(StringComparer.Ordinal), false);
        var readers = await PagesAsync(cursor => hub.ListItemReaders(new ItemPageRequest { ItemId = itemId, Limit = PageMax, Cursor = cursor }, cancellationToken))
            .ConfigureAwait(false);
        foreach (var reader in readers)
        {
            var (log, isTrusted) = await LogOfAsync(reader, cancellationToken).ConfigureAwait(false);
            var active = log.Active.ToDictionary(device => Base64Url.EncodeToString(device.KeyId), StringComparer.Ordinal);
            isOut |= reader.KeyIds.Any(id => !reader.Sees || !active.ContainsKey(id));
            held.UnionWith(reader.KeyIds);
            if (reader.Sees)
            {
                // Somebody whose verified keys changed keeps what they have, and gets nothing new before the number was compared.
                wanted.AddRange(active.Where(device => isTrusted || reader.KeyIds.Contains(device.Key)).Select(device => device.Value));
            }
        }

        return (wanted, held, isOut);
    }

    /// <summary>A reader's key log, and whether it is the one that was verified, if any was, and holds the peer's id.</summary>
    private async Task<(KeyLog Log, bool IsTrusted)> LogOfAsync(ItemReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var log = reader.ProfileId == keys.Me
                ? await keys.LogAsync(reader.ProfileId, cancellationToken).ConfigureAwait(false)
                : await keys.TrustedLogAsync(reader.ProfileId, cancellationToken).ConfigureAwait(false);
            return (log, IsOf(log, reader.PeerId));
        }
        catch (EncryptionException e) when (e.Fault == EncryptionFault.PeerKeysChanged)
        {
            return (await keys.LogAsync(reader.ProfileId, cancellationToken).ConfigureAwait(false), false);
        }
    }

    /// <summary>Replaces an item by what it says now. The key comes with it for this device, so that it cannot get lost.</summary>
    private async Task<ItemReply> ReplaceAsync(Guid itemId, ItemTerms open, OpenedItem says, int expectedVersion, CancellationToken cancellationToken)
    {
        var device = await keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
        return await hub.UpdateItem(
            new UpdateItemRequest
            {
                RequestId = Guid.CreateVersion7(),
                ItemId = itemId,
                Terms = Terms(open, ItemSeal.Seal(itemId, says.KeyVersion, says.Key, says.Content, device)),
                ExpectedVersion = expectedVersion,
                Keys = [Wrapped(itemId, says, device.KeyId, device.AgreementKey)],
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Repeats what another change came between.</summary>
    private static async Task AgainAsync(Func<Task> work)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                await work().ConfigureAwait(false);
                return;
            }
            catch (P2PException e) when (e.Code == ErrorCodes.StaleVersion && i < TriesMax)
            {
                // Read again, and decide again.
            }
        }
    }

    private static async Task<List<T>> PagesAsync<T>(Func<string?, Task<Page<T>>> next)
    {
        List<T> all = [];
        string? cursor = null;
        do
        {
            var page = await next(cursor).ConfigureAwait(false);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return all;
    }

    private static ItemKey Wrapped(Guid itemId, OpenedItem item, byte[] keyId, byte[] agreementKey) => new()
    {
        KeyId = Base64Url.EncodeToString(keyId),
        Wrapped = Base64Url.EncodeToString(ItemSeal.Wrap(itemId, item.KeyVersion, item.Key, keyId, agreementKey)),
    };

    /// <summary>The sealed item, which a device of its owner's signed.</summary>
    private async Task<SealedItem> ReadAsync(ItemView view, CancellationToken cancellationToken)
    {
        var item = view.Sealed is { } text && Base64Url.IsValid(text) ? SealedItem.TryRead(Base64Url.DecodeFromChars(text)) : null;
        if (item is null || item.ItemId != view.ItemId)
        {
            throw Edited(view.ItemId);
        }

        var log = await keys.LogAsync(view.OwnerProfileId ?? 0, cancellationToken).ConfigureAwait(false);
        if (!IsOf(log, view.OwnerPeerId))
        {
            throw new EncryptionException(
                EncryptionFault.PeerKeysForged, $"The keys that the server shows of profile {log.UserId} are not those of peer {view.OwnerPeerId}.");
        }

        // A device that was revoked since signed what it sealed before.
        return log.Find(item.KeyId) is { } signer && item.IsSignedBy(signer.SigningKey) ? item : throw Edited(view.ItemId);
    }

    private async Task<OpenedItem> OwnAsync(ItemView view, CancellationToken cancellationToken) =>
        await OpenAsync(view, cancellationToken).ConfigureAwait(false)
        ?? throw new EncryptionException(
            EncryptionFault.ItemKeyMissing, "The item's key was not brought to this device yet: another device of yours that has it does so.");

    private static bool IsOf(KeyLog log, string peerId) => Base64Url.IsValid(peerId) && log.Find(Base64Url.DecodeFromChars(peerId)) is not null;

    /// <summary>The pictures that the item still has.</summary>
    private static List<SealedFile> Kept(OpenedItem? opened, ItemView view) =>
        [.. (opened?.Content.Images ?? []).Where(image => view.Images.Any(one => one.Id == image.Id))];

    private static ItemContent Content(ItemTerms terms, IReadOnlyList<SealedFile> images) => new()
    {
        Name = terms.Name,
        Description = terms.Description,
        Category = terms.Category,
        Price = terms.Price,
        Fields = terms.Fields ?? [],
        Images = images,
    };

    private static ItemTerms Terms(ItemTerms terms, SealedItem made) => new()
    {
        Name = "",
        Price = 0,
        Currency = terms.Currency,
        Visibility = terms.Visibility,
        Gives = terms.Gives,
        Sealed = Base64Url.EncodeToString(made.Bytes),
    };

    /// <summary>What stays open of an item of the user's own.</summary>
    private static ItemTerms OpenTerms(ItemView view) => new()
    {
        Name = "",
        Price = 0,
        Currency = view.Currency,
        Visibility = view.Visibility ?? throw NotOwn(view.ItemId),
        Gives = view.Gives ?? throw NotOwn(view.ItemId),
    };

    private static FileView Show(FileView image, ItemContent content) => content.Images.FirstOrDefault(one => one.Id == image.Id) is { } known
        ? image with { Name = known.Name, ContentType = known.ContentType, Bytes = known.Bytes }
        : image;

    private static EncryptionException Edited(Guid itemId) =>
        new(EncryptionFault.Edited, $"Item {itemId} is not what its owner sealed.");

    private static InvalidOperationException NotOwn(Guid itemId) => new($"Item {itemId} is not the user's own.");
}
