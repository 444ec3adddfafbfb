using System.Buffers.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Items;

/// <summary>Items as a peer may see them: one, lists, searches, and what belongs to one.</summary>
public sealed class ItemReadFlow(Database database)
{
    /// <summary>How often a page is filled up when rows on it turned out not to be the caller's to see.</summary>
    private const int RoundsMax = 5;

    public async Task<ItemView> Get(Caller caller, GetItemRequest request, CancellationToken cancellation)
    {
        var item = await Read(caller, tx => ItemSql.Find(tx, caller.UserId, request.ItemId), cancellation);
        ItemRules.Require(item?.Facts, AccessLevel.View);
        return View(item!); // Required above.
    }

    public async Task<Page<ItemView>> List(Caller caller, ListItemsRequest request, CancellationToken cancellation)
    {
        var (limit, after) = (ListPage.Size(request.Limit), ListPage.Id(request.Cursor));
        var (peerId, category) = (request.PeerId is null ? null : PeerRules.Id(request.PeerId, "peerId"), ItemTermsRules.Category(request.Category));
        return await Read(
            caller,
            async tx => peerId is null
                ? await Page(tx, caller, null, category, null, after, limit)
                : await PeerSql.UserOf(tx, peerId) is { } owner
                    ? await Page(tx, caller, owner, category, null, after, limit)
                    : new Page<ItemView> { Items = [] },
            cancellation);
    }

    public Task<Page<ItemView>> Search(Caller caller, SearchItemsRequest request, CancellationToken cancellation)
    {
        var (limit, after, words) = (ListPage.Size(request.Limit), ListPage.Id(request.Cursor), ItemTermsRules.Words(request.Text));
        return Read(caller, tx => Page(tx, caller, null, null, words, after, limit), cancellation);
    }

    public async Task<Page<ItemShareView>> Shares(Caller caller, ItemPageRequest request, CancellationToken cancellation)
    {
        var (limit, after) = (ListPage.Size(request.Limit), PeerRules.After(request.Cursor));
        var rows = await Read(
            caller,
            async tx =>
            {
                ItemRules.RequireOwner((await ItemSql.Find(tx, caller.UserId, request.ItemId))?.Facts);
                return (await ItemPartSql.Shares(tx, request.ItemId, after?.At, after?.UserId, limit + 1)).ToList();
            },
            cancellation);
        return new Page<ItemShareView>
        {
            Items =
            [
                .. rows.Take(limit).Select(row => new ItemShareView { PeerId = PeerRules.Spell(row.PeerId), Name = row.Name, Access = row.Access, At = row.At }),
            ],
            NextCursor = rows.Count > limit ? PeerRules.Cursor(rows[limit - 1].At, rows[limit - 1].UserId) : null,
        };
    }

    public async Task<Page<ItemHistoryEntry>> History(Caller caller, ItemPageRequest request, CancellationToken cancellation)
    {
        var (limit, before) = (ListPage.Size(request.Limit), ListPage.Number(request.Cursor));
        var rows = await Read(
            caller,
            async tx =>
            {
                ItemRules.Require((await ItemSql.Find(tx, caller.UserId, request.ItemId))?.Facts, AccessLevel.Manage);
                return (await ItemPartSql.History(tx, request.ItemId, before, limit + 1)).ToList();
            },
            cancellation);
        return new Page<ItemHistoryEntry>
        {
            Items =
            [
                .. rows.Take(limit).Select(row => new ItemHistoryEntry
                {
                    Version = row.Version,
                    Action = row.Action,
                    PeerId = PeerRules.Spell(row.PeerId),
                    Price = row.Price,
                    Stock = row.Stock,
                    At = row.At,
                }),
            ],
            NextCursor = rows.Count > limit ? ListPage.After(rows[limit - 1].Version) : null,
        };
    }

    private Task<T> Read<T>(Caller caller, Func<Tx, Task<T>> work, CancellationToken cancellation) => database.Read(
        async tx =>
        {
            _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
            return await work(tx);
        },
        cancellation);

    /// <summary>A page of what the rules let the caller see. The cursor is the last row looked at, so that a page may be short but never loses one.</summary>
    private static async Task<Page<ItemView>> Page(Tx tx, Caller caller, long? ownerId, string? category, string? words, Guid? after, int limit)
    {
        List<ItemView> seen = [];
        for (var round = 1; ; round++)
        {
            var rows = (await ItemSql.List(tx, caller.UserId, ownerId, category, words, after, limit + 1)).ToList();
            foreach (var row in rows.Take(limit))
            {
                if (seen.Count == limit)
                {
                    return new Page<ItemView> { Items = seen, NextCursor = ListPage.After(after!.Value) }; // A row was looked at.
                }

                if (ItemRules.CanSee(row.Facts))
                {
                    seen.Add(View(row));
                }

                after = row.Id;
            }

            if (rows.Count <= limit)
            {
                return new Page<ItemView> { Items = seen };
            }

            if (seen.Count == limit || round == RoundsMax)
            {
                return new Page<ItemView> { Items = seen, NextCursor = ListPage.After(after!.Value) }; // As above.
            }
        }
    }

    /// <summary>An item's pictures, in order.</summary>
    internal static FileView[] ImagesOf(ItemRow row) =>
        row.Images is null ? [] : JsonSerializer.Deserialize<FileView[]>(row.Images, WireJson.Server) ?? [];

    private static ItemView View(ItemRow row)
    {
        var isOwner = row.OwnerId == row.ViewerId;
        return new ItemView
        {
            ItemId = row.Id,
            OwnerPeerId = PeerRules.Spell(row.OwnerPeerId),
            OwnerName = row.OwnerName,
            Name = row.Name,
            Description = row.Description,
            Category = row.Category,
            Price = row.Price,
            Currency = row.Currency,
            KeyVersion = row.KeyVersion,
            OwnerProfileId = row.Content is null ? null : row.OwnerId,
            Sealed = row.Content is null ? null : Base64Url.EncodeToString(row.Content),
            Keys = row.Content is null ? null : row.Keys is null ? [] : JsonSerializer.Deserialize<ItemKey[]>(row.Keys, WireJson.Server) ?? [],
            Stock = row.Remaining,
            Unit = row.Unit,
            Fields = JsonSerializer.Deserialize<ItemField[]>(row.Fields, WireJson.Server) ?? [],
            Images = ImagesOf(row),
            Access = ItemRules.AccessOf(row.Facts) ?? throw new InvalidOperationException($"Item {row.Id} is not to be seen."),
            Visibility = isOwner ? row.Visibility : null,
            Gives = isOwner ? row.Gives : null,
            Version = row.Version,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
        };
    }
}
