using P2P.Db;

namespace P2P.Server.Dealers.Items;

/// <summary>A sealed item's key, for one device.</summary>
public sealed record WrappedKey(byte[] KeyId, byte[] Wrapped);

/// <summary>A device that has a sealed item's key.</summary>
public sealed record KeyHolderRow
{
    public required long UserId { get; init; }

    public required byte[] KeyId { get; init; }
}

/// <summary>Statements on the keys of sealed items, under the offer's row lock where they write.</summary>
public static class SealedItemSql
{
    public static Task<IEnumerable<KeyHolderRow>> Holders(Tx tx, Guid itemId) =>
        tx.Query<KeyHolderRow>(
            """
            select user_id, key_id
              from item_keys
             where item_id = @itemId
             order by user_id, key_id
            """,
            new { itemId });

    public static Task<IEnumerable<(long UserId, byte[] PeerId)>> PeerIds(Tx tx, long[] userIds) =>
        tx.Query<(long UserId, byte[] PeerId)>(
            """
            select user_id, peer_id
              from peers
             where user_id = any(@userIds)
            """,
            new { userIds });

    /// <summary>Keeps keys for those of these devices that are in use and speak for one of these users; answers for whom.</summary>
    public static Task<IEnumerable<long>> Save(Tx tx, Guid itemId, long[] readers, WrappedKey[] keys, DateTimeOffset at) =>
        tx.Query<long>(
            """
            insert into item_keys (item_id, user_id, key_id, wrapped, at)
            select @itemId, a.user_id, x.key_id, x.wrapped, @at
              from unnest(@keyIds, @wrapped) x(key_id, wrapped)
              join key_log a on a.key_id = x.key_id and a.kind = 'Add'
             where a.user_id = any(@readers)
               and not exists (select 1
                                 from key_log r
                                where r.key_id = a.key_id
                                  and r.kind = 'Revoke')
                on conflict (item_id, key_id) do update
               set wrapped = excluded.wrapped,
                   at = excluded.at
            returning user_id
            """,
            new { itemId, readers, keyIds = keys.Select(key => key.KeyId).ToArray(), wrapped = keys.Select(key => key.Wrapped).ToArray(), at });

    public static Task<int> RemoveKeys(Tx tx, Guid itemId) =>
        tx.Execute(
            """
            delete from item_keys
             where item_id = @itemId
            """,
            new { itemId });
}
