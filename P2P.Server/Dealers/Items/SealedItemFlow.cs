using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Items;

/// <summary>Who has the keys of sealed items, and who should.</summary>
public sealed class SealedItemFlow(Database database, RequestLog requests)
{
    public Task<ItemReply> SetKeys(Caller caller, SetItemKeysRequest request, CancellationToken cancellation)
    {
        var keys = ItemTermsRules.Keys(request.Keys, keysMin: 1);
        return requests.Once(
            caller,
            nameof(IItemCalls.SetItemKeys),
            request,
            async change =>
            {
                _ = await PeerSql.Find(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                await ItemWriteSql.Lock(change.Tx, request.ItemId);
                var item = await ItemSql.Find(change.Tx, caller.UserId, request.ItemId);
                SealedItemRules.RequireSealed(item);
                SealedItemRules.RequireKey(item!, request.KeyVersion); // Required above.
                var readers = await Readers(change.Tx, item!);
                var given = await SealedItemSql.Save(change.Tx, item!.Id, readers, keys, await change.Now());
                change.Tell(ItemNotices.Keyed(item, given));
                return new ItemReply { ItemId = item.Id, Version = item.Version };
            },
            cancellation);
    }

    public async Task<Page<ItemReader>> List(Caller caller, ItemPageRequest request, CancellationToken cancellation)
    {
        var (limit, after) = (ListPage.Size(request.Limit), ListPage.Number(request.Cursor));
        return await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                var item = await ItemSql.Find(tx, caller.UserId, request.ItemId);
                SealedItemRules.RequireSealed(item);
                var readers = (await Readers(tx, item!)).ToHashSet(); // Required above.
                var holders = (await SealedItemSql.Holders(tx, request.ItemId)).ToLookup(row => row.UserId, row => PeerRules.Spell(row.KeyId));
                // The owner is the first: whoever comes after a cursor comes after the owner.
                var all = readers.Concat(holders.Select(holder => holder.Key)).Distinct().Where(id => after is null || (id != caller.UserId && id > after))
                    .OrderBy(id => id == caller.UserId ? long.MinValue : id).Take(limit + 1).ToArray();
                var peers = (await SealedItemSql.PeerIds(tx, all)).ToDictionary(row => row.UserId, row => PeerRules.Spell(row.PeerId));
                return new Page<ItemReader>
                {
                    Items =
                    [
                        .. all.Take(limit).Select(id => new ItemReader
                        {
                            ProfileId = id, PeerId = peers[id], Sees = readers.Contains(id), KeyIds = [.. holders[id]],
                        }),
                    ],
                    NextCursor = all.Length > limit ? ListPage.After(all[limit - 1] == caller.UserId ? 0 : all[limit - 1]) : null,
                };
            },
            cancellation);
    }

    /// <summary>The owner, and every connected peer who sees the item.</summary>
    private static async Task<long[]> Readers(Tx tx, ItemRow item) =>
    [
        item.OwnerId, .. (await ItemSql.Viewers(tx, item.Id)).Where(viewer => ItemRules.CanSee(viewer.Facts)).Select(viewer => viewer.ViewerId),
    ];
}
