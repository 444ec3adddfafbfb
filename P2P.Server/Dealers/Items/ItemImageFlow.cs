using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Files;
using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Items;

/// <summary>Pictures of items: their owner adds them, and whoever sees the item sees them.</summary>
public sealed class ItemImageFlow(Database database, FileIntake intake, FileKeeper keeper)
{
    private static readonly FileKind[] Kinds = [FileKind.Jpeg, FileKind.Png, FileKind.WebP];

    /// <summary>Receives one more picture, which stands behind the others.</summary>
    /// <exception cref="Refused">
    /// RATE_LIMITED, NOT_A_PEER, NOT_FOUND, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, TIMEOUT, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS,
    /// UNAVAILABLE.
    /// </exception>
    public async Task<StoredFile> Add(Caller caller, Guid itemId, FileUpload upload, CancellationToken cancellation)
    {
        intake.EnsureRate(caller);
        // Once before the body is read, because most refusals fall here; once more under lock, because only that decides.
        await database.Read(tx => Admit(tx, caller, itemId, upload.IsEncrypted), cancellation);

        try
        {
            await using var received = await intake.Receive(upload, Limits.FileBytesMax, Kinds, cancellation);
            return await keeper.Keep(
                received,
                new NewFile(caller.UserId, FilePurpose.Item, ItemId: itemId),
                async tx =>
                {
                    await ItemWriteSql.Lock(tx, itemId);
                    await Admit(tx, caller, itemId, upload.IsEncrypted);
                },
                async (change, file) =>
                {
                    await ItemWriteSql.Lock(change.Tx, itemId);
                    var item = await ItemSql.Find(change.Tx, caller.UserId, itemId);
                    ItemRules.RequireOwner(item?.Facts);
                    RequireSame(item!, upload.IsEncrypted); // Required above.
                    var now = await change.Now();
                    await ItemWriteSql.AddImage(change.Tx, itemId, file.Id);
                    await ItemFlow.Done(change, caller, item, itemId, ItemAction.Pictured, now);
                },
                cancellation);
        }
        catch (FileStoreException e)
        {
            throw keeper.Unavailable(e);
        }
    }

    /// <summary>A picture of an item that the caller sees. What is not to be seen is as what does not exist.</summary>
    public Task<StoredFile> Get(Caller caller, Guid itemId, Guid id, CancellationToken cancellation) => database.Read(
        async tx =>
        {
            _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
            ItemRules.Require((await ItemSql.Find(tx, caller.UserId, itemId))?.Facts, AccessLevel.View);
            return await FileSql.Find(tx, id) is { } file && file.ItemId == itemId
                ? file
                : throw new Refused(ErrorCodes.NotFound, "The item has no such picture.");
        },
        cancellation);

    /// <summary>Pictures of a sealed item are sealed as it is, and of an open one open.</summary>
    private static async Task<int> Admit(Tx tx, Caller caller, Guid itemId, bool isEncrypted)
    {
        _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        var item = await ItemSql.Find(tx, caller.UserId, itemId);
        ItemRules.RequireOwner(item?.Facts);
        RequireSame(item!, isEncrypted); // Required above.
        var count = await ItemWriteSql.CountImages(tx, itemId);
        return count < Limits.ItemImagesMax
            ? count
            : throw ItemFlow.Quota("itemImages", Limits.ItemImagesMax, $"An item has at most {Limits.ItemImagesMax} pictures: remove one first.");
    }

    private static void RequireSame(ItemRow item, bool isEncrypted)
    {
        if (item.IsSealed != isEncrypted)
        {
            throw FileNo.WrongType(isEncrypted
                ? "A picture of an item that is not sealed is for all who see the item: it cannot be encrypted"
                : "A picture of a sealed item is encrypted before it is sent");
        }
    }
}
