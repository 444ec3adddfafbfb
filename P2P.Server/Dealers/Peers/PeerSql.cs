using P2P.Db;

namespace P2P.Server.Dealers.Peers;

/// <summary>A peer.</summary>
public sealed record Peer
{
    public required long UserId { get; init; }

    public required byte[] PeerId { get; init; }

    public required string Name { get; init; }

    public required bool IsDiscoverable { get; init; }

    public required bool HidesStatus { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>Statements on peers. Erased ones are not there.</summary>
public static class PeerSql
{
    public static Task<Peer?> Find(Tx tx, long userId) =>
        tx.One<Peer>(
            """
            select user_id, peer_id, name, is_discoverable, hides_status, joined_at
              from peers
             where user_id = @userId
               and name is not null
            """,
            new { userId });

    /// <summary>As <see cref="Find"/>; what a peer has of a kind is counted by one transaction at a time.</summary>
    public static Task<Peer?> Lock(Tx tx, long userId) =>
        tx.One<Peer>(
            """
            select user_id, peer_id, name, is_discoverable, hides_status, joined_at
              from peers
             where user_id = @userId
               and name is not null
               for no key update
            """,
            new { userId });

    /// <summary>Locks peers, so that nothing of theirs is told to somebody whom this change sends away.</summary>
    public static Task LockAll(Tx tx, long[] userIds) =>
        tx.Execute(
            """
            select 1
              from peers
             where user_id = any(@userIds)
             order by user_id
               for no key update
            """,
            new { userIds });

    /// <summary>The user with this peer id.</summary>
    public static Task<long?> UserOf(Tx tx, byte[] peerId) =>
        tx.Scalar<long?>(
            """
            select user_id
              from peers
             where peer_id = @peerId
               and name is not null
            """,
            new { peerId });

    /// <summary>0 when the user is a peer already, or was.</summary>
    public static Task<int> Insert(Tx tx, Peer peer) =>
        tx.Execute(
            """
            insert into peers (user_id, peer_id, name, is_discoverable, hides_status, joined_at, updated_at)
            values (@UserId, @PeerId, @Name, @IsDiscoverable, @HidesStatus, @JoinedAt, @JoinedAt)
                on conflict (user_id) do nothing
            """,
            peer);

    public static Task Update(Tx tx, Peer peer, DateTimeOffset at) =>
        tx.Execute(
            """
            update peers
               set name = @Name,
                   is_discoverable = @IsDiscoverable,
                   hides_status = @HidesStatus,
                   updated_at = @at
             where user_id = @UserId
            """,
            new { peer.UserId, peer.Name, peer.IsDiscoverable, peer.HidesStatus, at });

    /// <summary>The directory from a place on, newest first, without whoever blocks the user or is blocked.</summary>
    public static Task<IEnumerable<Peer>> Search(Tx tx, long userId, string? prefix, PeerPlace? after, int rowsMax) =>
        tx.Query<Peer>(
            """
            select p.user_id, p.peer_id, p.name, p.is_discoverable, p.hides_status, p.joined_at
              from peers p
             where p.is_discoverable
               and p.name is not null
               and (@prefix::text is null or lower(p.name) like lower(@prefix::text))
               and (@afterAt::timestamptz is null or (p.joined_at, p.user_id) < (@afterAt::timestamptz, @afterId::bigint))
               and not exists (select 1
                                 from peer_connections c
                                where c.is_blocked
                                  and ((c.owner_id = @userId and c.other_id = p.user_id)
                                       or (c.owner_id = p.user_id and c.other_id = @userId)))
               and not exists (select 1
                                 from contacts b
                                where b.kind = 'Blocked'
                                  and ((b.user_id = @userId and b.other_id = p.user_id)
                                       or (b.user_id = p.user_id and b.other_id = @userId)))
             order by p.joined_at desc, p.user_id desc
             limit @rowsMax
            """,
            new { userId, prefix, afterAt = after?.At, afterId = after?.UserId, rowsMax });
}
