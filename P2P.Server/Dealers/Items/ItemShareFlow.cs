using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core;
using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Items;

/// <summary>Shares items with single connected peers, and ends that.</summary>
public sealed class ItemShareFlow(RequestLog requests)
{
    public Task<ItemReply> Share(Caller caller, ShareItemRequest request, CancellationToken cancellation)
    {
        var (peerId, access) = (PeerRules.Id(request.PeerId, "peerId"), PeerRules.Level(request.Access, "access"));
        return requests.Once(
            caller,
            nameof(IItemCalls.ShareItem),
            request,
            async change =>
            {
                var (own, otherId) = await Lock(change, caller, request.ItemId, peerId);
                ConnectionRules.Connected(await ConnectionSql.Find(change.Tx, caller.UserId, otherId));
                if (await ItemPartSql.CountOthers(change.Tx, own.Id, otherId) >= Limits.ItemSharesMax)
                {
                    throw new Refused(
                        ErrorCodes.QuotaExceeded,
                        $"An item is shared with at most {Limits.ItemSharesMax} peers: end a share first.",
                        ("quota", "shares"),
                        ("limit", Limits.ItemSharesMax.ToString(CultureInfo.InvariantCulture)));
                }

                var before = await Seen(change, otherId, own.Id);
                await ItemPartSql.Share(change.Tx, own.Id, otherId, access, await change.Now());
                return await Done(change, own, before, otherId);
            },
            cancellation);
    }

    public Task<ItemReply> Unshare(Caller caller, UnshareItemRequest request, CancellationToken cancellation)
    {
        var peerId = PeerRules.Id(request.PeerId, "peerId");
        return requests.Once(
            caller,
            nameof(IItemCalls.UnshareItem),
            request,
            async change =>
            {
                var (own, otherId) = await Lock(change, caller, request.ItemId, peerId);
                // Whom the owner blocks can lose a share; of strangers nothing is told.
                ConnectionRules.Seen(await ConnectionSql.Find(change.Tx, caller.UserId, otherId));
                var before = await Seen(change, otherId, own.Id);
                await change.Now();
                return await ItemPartSql.Unshare(change.Tx, own.Id, otherId) == 0
                    ? new ItemReply { ItemId = own.Id, Version = own.Version }
                    : await Done(change, own, before, otherId);
            },
            cancellation);
    }

    /// <summary>The caller's own item under its lock, and the other's user id.</summary>
    private static async Task<(ItemRow Own, long OtherId)> Lock(Change change, Caller caller, Guid itemId, byte[] peerId)
    {
        _ = await PeerSql.Find(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        await ItemWriteSql.Lock(change.Tx, itemId);
        var own = await ItemSql.Find(change.Tx, caller.UserId, itemId);
        ItemRules.RequireOwner(own?.Facts);
        return (own!, await PeerSql.UserOf(change.Tx, peerId) ?? throw ConnectionRules.NotFound()); // Required above.
    }

    private static async Task<ItemRow> Seen(Change change, long viewerId, Guid itemId) =>
        await ItemSql.Find(change.Tx, viewerId, itemId) ?? throw new InvalidOperationException($"Item {itemId} is gone.");

    private static async Task<ItemReply> Done(Change change, ItemRow own, ItemRow before, long otherId)
    {
        change.Tell(ItemNotices.ChangedFor(before, await Seen(change, otherId, own.Id)));
        return new ItemReply { ItemId = own.Id, Version = own.Version };
    }
}
