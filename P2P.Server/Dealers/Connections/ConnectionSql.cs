using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Connections;

/// <summary>One side of a connection, with what it must know of the other.</summary>
public sealed record ConnectionRow
{
    public required long OwnerId { get; init; }

    public required long OtherId { get; init; }

    public required byte[] PeerId { get; init; }

    public required string Name { get; init; }

    public required AccessLevel Grants { get; init; }

    public required AccessLevel Granted { get; init; }

    public required bool IsBlocked { get; init; }

    public required bool IsBlockedByOther { get; init; }

    public required bool IsInviter { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required bool IsEnded { get; init; }

    public required bool HidesStatus { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>Statements on connections.</summary>
public static class ConnectionSql
{
    private const string Columns =
        """
        select c.owner_id, c.other_id, p.peer_id, coalesce(p.name, '') as name, c.grants, r.grants as granted, c.is_blocked,
               r.is_blocked as is_blocked_by_other, c.is_inviter, c.since, c.ended_at is not null as is_ended, p.hides_status,
               p.last_seen_at
          from peer_connections c
          join peer_connections r on r.owner_id = c.other_id and r.other_id = c.owner_id
          join peers p on p.user_id = c.other_id
        """;

    /// <summary>Locks both rows of a user's connections with others.</summary>
    public static Task<int> Lock(Tx tx, long userId, long[] otherIds) =>
        tx.Execute(
            """
            select 1
              from peer_connections
             where (owner_id = @userId and other_id = any(@otherIds))
                or (other_id = @userId and owner_id = any(@otherIds))
             order by owner_id, other_id
               for no key update
            """,
            new { userId, otherIds });

    /// <summary>Both sides of a user's connections with others.</summary>
    public static Task<IEnumerable<ConnectionRow>> Sides(Tx tx, long userId, long[] otherIds) =>
        tx.Query<ConnectionRow>(
            Columns +
            """

             where (c.owner_id = @userId and c.other_id = any(@otherIds))
                or (c.other_id = @userId and c.owner_id = any(@otherIds))
             order by c.owner_id, c.other_id
            """,
            new { userId, otherIds });

    public static Task<ConnectionRow?> Find(Tx tx, long userId, long otherId) =>
        tx.One<ConnectionRow>(
            Columns +
            """

             where c.owner_id = @userId
               and c.other_id = @otherId
            """,
            new { userId, otherId });

    /// <summary>What a user sees from a place on, newest first.</summary>
    public static Task<IEnumerable<ConnectionRow>> List(Tx tx, long userId, PeerPlace? after, int rowsMax) =>
        tx.Query<ConnectionRow>(
            Columns +
            """

             where c.owner_id = @userId
               and (c.is_blocked or (c.ended_at is null and not r.is_blocked))
               and (@afterAt::timestamptz is null or (c.since, c.other_id) < (@afterAt::timestamptz, @afterId::bigint))
             order by c.since desc, c.other_id desc
             limit @rowsMax
            """,
            new { userId, afterAt = after?.At, afterId = after?.UserId, rowsMax });

    /// <summary>Connects two, who are not connected: 2 rows, or fewer when they are by now.</summary>
    public static Task<int> Connect(
        Tx tx, long inviterId, AccessLevel inviterGrants, long accepterId, AccessLevel accepterGrants, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into peer_connections as c (owner_id, other_id, grants, is_inviter, since, updated_at)
            select x.owner_id, x.other_id, x.grants, x.is_inviter, @at, @at
              from (values (@inviterId, @accepterId, @inviterGrants, true), (@accepterId, @inviterId, @accepterGrants, false))
                       x(owner_id, other_id, grants, is_inviter)
             order by x.owner_id
                on conflict (owner_id, other_id) do update
               set grants = excluded.grants,
                   is_inviter = excluded.is_inviter,
                   since = excluded.since,
                   updated_at = excluded.updated_at,
                   ended_at = null
             where c.ended_at is not null
               and not c.is_blocked
            """,
            new { inviterId, accepterId, inviterGrants = inviterGrants.ToString(), accepterGrants = accepterGrants.ToString(), at });

    public static Task SetGrants(Tx tx, long userId, long otherId, AccessLevel grants, DateTimeOffset at) =>
        tx.Execute(
            """
            update peer_connections
               set grants = @grants,
                   updated_at = @at
             where owner_id = @userId
               and other_id = @otherId
            """,
            new { userId, otherId, grants = grants.ToString(), at });

    public static Task SetBlocked(Tx tx, long userId, long otherId, bool isBlocked, DateTimeOffset at) =>
        tx.Execute(
            """
            update peer_connections
               set is_blocked = @isBlocked,
                   updated_at = @at
             where owner_id = @userId
               and other_id = @otherId
            """,
            new { userId, otherId, isBlocked, at });

    /// <summary>Ends a user's connections with others, for both sides.</summary>
    public static Task End(Tx tx, long userId, long[] otherIds, DateTimeOffset at) =>
        tx.Execute(
            """
            update peer_connections
               set ended_at = @at,
                   updated_at = @at
             where ended_at is null
               and ((owner_id = @userId and other_id = any(@otherIds))
                    or (other_id = @userId and owner_id = any(@otherIds)))
            """,
            new { userId, otherIds, at });

    /// <summary>
    /// Who was invited by a peer whom the user invited, and so on from there, that peer included; none when the user did not invite it.
    /// </summary>
    public static Task<IEnumerable<long>> Branch(Tx tx, long userId, long rootId) =>
        tx.Query<long>(
            """
            with recursive branch(user_id) as (
                select i.used_by
                  from invitations i
                 where i.inviter_id = @userId
                   and i.used_by = @rootId
                 union
                select i.used_by
                  from branch b
                  join invitations i on i.inviter_id = b.user_id
                 where i.used_by is not null
                   and i.used_by <> @userId)
            select user_id
              from branch
             order by user_id
            """,
            new { userId, rootId });

    /// <summary>Everybody who has access at the user, or at whom the user has.</summary>
    public static Task<IEnumerable<long>> ConnectedWith(Tx tx, long userId) =>
        tx.Query<long>(
            """
            select c.other_id
              from peer_connections c
              join peer_connections r on r.owner_id = c.other_id and r.other_id = c.owner_id
             where c.owner_id = @userId
               and c.ended_at is null
               and not c.is_blocked
               and not r.is_blocked
             order by c.other_id
            """,
            new { userId });
}
