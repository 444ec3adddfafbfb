using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Db;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Items;

/// <summary>Puts items in, changes them and takes them out. How many there are is changed by the engine, which alone writes what remains.</summary>
public sealed class ItemFlow(Database database, RequestLog requests, OrderEngine engine)
{
    public Task<ItemReply> Create(Caller caller, CreateItemRequest request, CancellationToken cancellation)
    {
        var (terms, unit) = (ItemTermsRules.Clean(request.Terms), ItemTermsRules.Unit(request.Unit));
        ItemTermsRules.CheckStock(request.Stock);
        var id = request.ItemId ?? Ids.New();
        var (content, keys) = (ItemTermsRules.Content(terms, id), ItemTermsRules.Keys(request.Keys ?? [], keysMin: 0));
        return requests.Once(
            caller,
            nameof(IItemCalls.CreateItem),
            request,
            async change =>
            {
                _ = await PeerSql.Lock(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                await CheckCurrency(change.Tx, terms);
                await CheckSigner(change.Tx, caller, content);
                if (await ItemSql.Count(change.Tx, caller.UserId) >= Limits.ItemsMax)
                {
                    throw Quota("items", Limits.ItemsMax, $"You have {Limits.ItemsMax} items: delete one first.");
                }

                var now = await change.Now();
                if (request.ItemId is not null)
                {
                    ItemTermsRules.CheckId(id, now);
                    if (await ItemSql.IsTaken(change.Tx, id))
                    {
                        throw PeerRules.Bad("itemId", "This id is taken.");
                    }
                }

                await ItemWriteSql.Insert(change.Tx, id, caller.UserId, terms, content, Fields(terms), request.Stock, unit, now);
                await SaveKeys(change.Tx, caller, id, content, isNewKey: true, keys, now);
                return await Done(change, caller, null, id, ItemAction.Created, now);
            },
            cancellation);
    }

    public Task<ItemReply> Update(Caller caller, UpdateItemRequest request, CancellationToken cancellation)
    {
        var terms = ItemTermsRules.Clean(request.Terms);
        var (content, keys) = (ItemTermsRules.Content(terms, request.ItemId), ItemTermsRules.Keys(request.Keys ?? [], keysMin: 0));
        return Once(caller, nameof(IItemCalls.UpdateItem), request, request.ItemId, request.ExpectedVersion, AccessLevel.Unknown, async (change, item) =>
        {
            await CheckCurrency(change.Tx, terms);
            await CheckSigner(change.Tx, caller, content);
            SealedItemRules.CheckContent(item, content);
            var now = await change.Now();
            var isNewKey = content?.KeyVersion != item.KeyVersion;
            if (isNewKey)
            {
                await SealedItemSql.RemoveKeys(change.Tx, item.Id);
            }

            await ItemWriteSql.Save(change.Tx, item.Id, terms, content, Fields(terms));
            await SaveKeys(change.Tx, caller, item.Id, content, isNewKey, keys, now);
            return await Done(change, caller, item, item.Id, ItemAction.Changed, now);
        }, cancellation);
    }

    public Task<ItemReply> SetPrice(Caller caller, SetItemPriceRequest request, CancellationToken cancellation)
    {
        ItemTermsRules.CheckPrice(request.Price, null, "price");
        return Once(caller, nameof(IItemCalls.SetItemPrice), request, request.ItemId, request.ExpectedVersion, AccessLevel.Manage, async (change, item) =>
        {
            SealedItemRules.RequireOpen(item);
            ItemTermsRules.CheckPrice(request.Price, await ItemSql.ScaleOf(change.Tx, item.Currency), "price");
            var now = await change.Now();
            await ItemWriteSql.SavePrice(change.Tx, item.Id, request.Price);
            return await Done(change, caller, item, item.Id, ItemAction.Priced, now);
        }, cancellation);
    }

    public async Task<ItemReply> SetStock(Caller caller, SetItemStockRequest request, CancellationToken cancellation)
    {
        ItemTermsRules.CheckStock(request.Stock);
        _ = await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer();
        var reply = await engine.Run(
            new ChangeOfferTotal
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IItemCalls.SetItemStock), request),
                Kind = OrderKind.Goods,
                OfferId = request.ItemId,
                Total = request.Stock,
                IsWhatRemains = true,
                ExpectedVersion = request.ExpectedVersion,
            },
            cancellation);
        var stored = JsonSerializer.Deserialize<OfferTotalReply>(reply, WireJson.Server) ?? throw new InvalidOperationException("A stored answer is null.");
        return new ItemReply { ItemId = request.ItemId, Version = stored.Version };
    }

    public Task<ItemReply> Arrange(Caller caller, ArrangeItemImagesRequest request, CancellationToken cancellation)
    {
        var images = ItemTermsRules.Images(request.ImageIds);
        return Once(
            caller,
            nameof(IItemCalls.ArrangeItemImages),
            request,
            request.ItemId,
            request.ExpectedVersion,
            AccessLevel.Unknown,
            async (change, item) =>
            {
                if (images.Except(ItemReadFlow.ImagesOf(item).Select(image => image.Id)).Any())
                {
                    throw new Refused(ErrorCodes.NotFound, "The item has no such picture.");
                }

                var now = await change.Now();
                await ItemWriteSql.SaveImages(change.Tx, item.Id, images);
                await ItemWriteSql.RemoveImages(change.Tx, item.Id, images);
                return await Done(change, caller, item, item.Id, ItemAction.Pictured, now);
            },
            cancellation);
    }

    public Task<ItemReply> Delete(Caller caller, ItemRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IItemCalls.DeleteItem), request, request.ItemId, request.ExpectedVersion, AccessLevel.Unknown, async (change, item) =>
        {
            var now = await change.Now();
            await ItemWriteSql.Close(change.Tx, item.Id, now);
            await ItemWriteSql.RemoveImages(change.Tx, item.Id, []);
            await SealedItemSql.RemoveKeys(change.Tx, item.Id);
            return await Done(change, caller, item, item.Id, ItemAction.Deleted, now);
        }, cancellation);

    /// <summary>Runs a change of an item once, under its lock.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="call">The call's name.</param>
    /// <param name="request">The request.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="expectedVersion">The version that the caller knows; null for any.</param>
    /// <param name="asked">What the caller must be allowed to do; Unknown for what is the owner's alone.</param>
    /// <param name="work">Writes.</param>
    /// <param name="cancellation">Ends with the call.</param>
    private Task<ItemReply> Once(
        Caller caller,
        string call,
        IChange request,
        Guid itemId,
        int? expectedVersion,
        AccessLevel asked,
        Func<Change, ItemRow, Task<ItemReply>> work,
        CancellationToken cancellation) => requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                _ = await PeerSql.Find(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                await ItemWriteSql.Lock(change.Tx, itemId);
                var item = await ItemSql.Find(change.Tx, caller.UserId, itemId);
                if (asked == AccessLevel.Unknown)
                {
                    ItemRules.RequireOwner(item?.Facts);
                }
                else
                {
                    ItemRules.Require(item?.Facts, asked);
                }

                return expectedVersion is { } expected && expected != item!.Version // Required above.
                    ? throw new Refused(
                        ErrorCodes.StaleVersion,
                        "It has changed meanwhile. Read it again, then decide.",
                        ("version", item.Version.ToString(CultureInfo.InvariantCulture)))
                    : await work(change, item!); // As above.
            },
            cancellation);

    /// <summary>Counts the version up, writes the history and tells whoever sees the item, or saw it before.</summary>
    internal static async Task<ItemReply> Done(Change change, Caller caller, ItemRow? before, Guid id, ItemAction action, DateTimeOffset now)
    {
        var version = (before?.Version ?? 0) + 1;
        await ItemWriteSql.SaveVersion(change.Tx, id, version, now);
        var after = await ItemSql.Find(change.Tx, caller.UserId, id) ?? throw new InvalidOperationException($"Item {id} is gone.");
        await ItemPartSql.Append(
            change.Tx,
            new ItemHistoryRow { ItemId = id, Version = version, ActorId = caller.UserId, Action = action, Price = after.Price, Stock = after.Remaining },
            now);
        change.Tell(ItemNotices.Changed(before, after, await ItemSql.Viewers(change.Tx, id)));
        return new ItemReply { ItemId = id, Version = version };
    }

    private static async Task CheckCurrency(Tx tx, ItemTerms terms)
    {
        var scale = await ItemSql.ScaleOf(tx, terms.Currency)
            ?? throw new Refused(ErrorCodes.CurrencyUnknown, "There is no such currency or asset here.");
        if (terms.Sealed is null)
        {
            ItemTermsRules.CheckPrice(terms.Price, scale, "terms.price");
        }
    }

    /// <summary>A new key comes with its content, for a device of the owner's at least: otherwise nobody could ever open it.</summary>
    private static async Task SaveKeys(Tx tx, Caller caller, Guid id, SealedItem? content, bool isNewKey, WrappedKey[] keys, DateTimeOffset now)
    {
        var given = content is null || keys.Length == 0 ? [] : await SealedItemSql.Save(tx, id, [caller.UserId], keys, now);
        if (content is not null && isNewKey && !given.Any())
        {
            throw PeerRules.Bad("keys", "A new key of a sealed item comes with at least one for a device of yours.");
        }
    }

    /// <summary>What is sealed is signed by a device that speaks for the owner.</summary>
    private static async Task CheckSigner(Tx tx, Caller caller, SealedItem? content)
    {
        if (content is not null)
        {
            SealedItemRules.CheckSigner(content, await KeySql.Devices(tx, [caller.UserId]));
        }
    }

    internal static string Fields(ItemTerms terms) => JsonSerializer.Serialize(terms.Fields ?? [], WireJson.Server);

    internal static Refused Quota(string quota, int limit, string sentence) => new(
        ErrorCodes.QuotaExceeded, sentence, ("quota", quota), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
}
