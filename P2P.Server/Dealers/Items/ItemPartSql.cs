using P2P.Contracts.Dealers;
using P2P.Db;
using Script = P2P.Server.Deals.Engine.Script;

namespace P2P.Server.Dealers.Items;

/// <summary>A share, as its owner sees it.</summary>
public sealed record ItemShareRow
{
    public required byte[] PeerId { get; init; }

    public required string Name { get; init; }

    public required AccessLevel Access { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long UserId { get; init; }
}

/// <summary>One change of an item.</summary>
public sealed record ItemHistoryRow
{
    public required Guid ItemId { get; init; }

    public required int Version { get; init; }

    public required long ActorId { get; init; }

    public required ItemAction Action { get; init; }

    public required decimal Price { get; init; }

    public required decimal Stock { get; init; }

    /// <summary>As it was read; the statement that writes it takes the change's time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The actor's peer id, as it was read.</summary>
    public byte[] PeerId { get; init; } = [];
}

/// <summary>Statements on what belongs to items: shares and history.</summary>
public static class ItemPartSql
{
    /// <summary>Shares that are good, oldest first from a place on.</summary>
    public static Task<IEnumerable<ItemShareRow>> Shares(Tx tx, Guid itemId, DateTimeOffset? afterAt, long? afterId, int rowsMax) =>
        tx.Query<ItemShareRow>(
            """
            select p.peer_id, p.name, s.access, s.at, s.user_id
              from item_shares s
              join items i on i.id = s.item_id
              join peer_connections c on c.owner_id = i.owner_id and c.other_id = s.user_id
              join peers p on p.user_id = s.user_id
             where s.item_id = @itemId
               and c.ended_at is null
               and s.at >= c.since
               and p.name is not null
               and (@afterAt::timestamptz is null or (s.at, s.user_id) > (@afterAt::timestamptz, @afterId::bigint))
             order by s.at, s.user_id
             limit @rowsMax
            """,
            new { itemId, afterAt, afterId, rowsMax });

    /// <summary>How many others the item is shared with, good or not.</summary>
    public static Task<int> CountOthers(Tx tx, Guid itemId, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)::integer
              from item_shares
             where item_id = @itemId
               and user_id <> @userId
            """,
            new { itemId, userId });

    public static Task Share(Tx tx, Guid itemId, long userId, AccessLevel access, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into item_shares (item_id, user_id, access, at)
            values (@itemId, @userId, @access, @at)
                on conflict (item_id, user_id) do update
               set access = excluded.access,
                   at = excluded.at
            """,
            new { itemId, userId, access = access.ToString(), at });

    /// <summary>0 when it was not shared.</summary>
    public static Task<int> Unshare(Tx tx, Guid itemId, long userId) =>
        tx.Execute(
            """
            delete from item_shares
             where item_id = @itemId
               and user_id = @userId
            """,
            new { itemId, userId });

    /// <summary>Changes of an item, newest first from a version on.</summary>
    public static Task<IEnumerable<ItemHistoryRow>> History(Tx tx, Guid itemId, long? before, int rowsMax) =>
        tx.Query<ItemHistoryRow>(
            """
            select h.item_id, h.version, h.actor_id, h.action, h.price, h.stock, h.at, p.peer_id
              from item_history h
              join peers p on p.user_id = h.actor_id
             where h.item_id = @itemId
               and (@before::bigint is null or h.version < @before::bigint)
             order by h.version desc
             limit @rowsMax
            """,
            new { itemId, before, rowsMax });

    public static Task Append(Tx tx, ItemHistoryRow row, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into item_history (item_id, version, actor_id, action, price, stock, at)
            values (@ItemId, @Version, @ActorId, @action, @Price, @Stock, @at)
            """,
            new { row.ItemId, row.Version, row.ActorId, action = row.Action.ToString(), row.Price, row.Stock, at });

    /// <summary>As <see cref="Append"/>, for all of a batch of the engine.</summary>
    public static void AppendAll(Script script, IReadOnlyCollection<ItemHistoryRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into item_history (item_id, version, actor_id, action, price, stock, at)
            select x.item_id, x.version, x.actor_id, 'Stocked', x.price, x.stock, clock_timestamp()
              from unnest($1, $2, $3, $4, $5) x(item_id, version, actor_id, price, stock)
            """,
            Script.Of([.. rows.Select(row => row.ItemId)]),
            Script.Of([.. rows.Select(row => row.Version)]),
            Script.Of([.. rows.Select(row => row.ActorId)]),
            Script.Of([.. rows.Select(row => row.Price)]),
            Script.Of([.. rows.Select(row => row.Stock)]));
    }
}
