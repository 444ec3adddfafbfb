using P2P.Db;

namespace P2P.Server.Dealers.Signaling;

/// <summary>Two peers who may talk.</summary>
public sealed record SignalWay
{
    /// <summary>Who asks.</summary>
    public required byte[] FromPeerId { get; init; }

    /// <summary>The other; null for one with whom there is neither a connection nor an open order.</summary>
    public long? ToId { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>Statements about who may talk with whom.</summary>
public static class SignalSql
{
    /// <summary>The way from a user to a peer; null when the user is no peer. Whoever blocks the other, as a peer or as a user, cannot be reached.</summary>
    public static Task<SignalWay?> Way(Tx tx, long userId, byte[] peerId) => tx.One<SignalWay>(
        """
        select me.peer_id as from_peer_id, clock_timestamp() as now,
               (select p.user_id
                  from peers p
                  join standings s on s.user_id = p.user_id and not s.suspended
                  left join peer_connections c on c.owner_id = p.user_id and c.other_id = me.user_id
                  left join peer_connections r on r.owner_id = me.user_id and r.other_id = p.user_id
                 where p.peer_id = @peerId
                   and p.name is not null
                   and p.user_id <> me.user_id
                   and not coalesce(c.is_blocked, false)
                   and not coalesce(r.is_blocked, false)
                   and not exists (select 1
                                     from contacts k
                                    where k.kind = 'Blocked'
                                      and ((k.user_id = p.user_id and k.other_id = me.user_id) or (k.user_id = me.user_id and k.other_id = p.user_id)))
                   and ((c.owner_id is not null and c.ended_at is null and r.ended_at is null)
                        or exists (select 1
                                     from orders o
                                    where o.is_open
                                      and o.kind = 'Goods'
                                      and ((o.buyer_id = p.user_id and o.seller_id = me.user_id) or (o.buyer_id = me.user_id and o.seller_id = p.user_id)))))
               as to_id
          from peers me
         where me.user_id = @userId
           and me.name is not null
        """,
        new { userId, peerId });
}
