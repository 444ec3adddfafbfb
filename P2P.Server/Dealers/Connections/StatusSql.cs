using P2P.Db;

namespace P2P.Server.Dealers.Connections;

/// <summary>Somebody who may know whether a peer is connected.</summary>
public sealed record StatusWatcher
{
    public required long WatcherId { get; init; }

    public required long UserId { get; init; }

    public required byte[] PeerId { get; init; }
}

/// <summary>Statements on who is connected to the server.</summary>
public static class StatusSql
{
    /// <summary>Which of these watchers may know it of which of these users.</summary>
    public static Task<IEnumerable<StatusWatcher>> Watchers(Tx tx, long[] userIds, long[] watcherIds) =>
        tx.Query<StatusWatcher>(
            """
            select c.owner_id as watcher_id, c.other_id as user_id, p.peer_id
              from peer_connections c
              join peer_connections r on r.owner_id = c.other_id and r.other_id = c.owner_id
              join peers p on p.user_id = c.other_id
             where c.other_id = any(@userIds)
               and c.owner_id = any(@watcherIds)
               and c.ended_at is null
               and not c.is_blocked
               and not r.is_blocked
               and not p.hides_status
               and p.name is not null
            """,
            new { userIds, watcherIds });

    /// <summary>These were connected until just now.</summary>
    public static Task<int> Seen(Tx tx, long[] userIds) =>
        tx.Execute(
            """
            update peers
               set last_seen_at = clock_timestamp()
             where user_id in (select s.user_id
                                 from peers s
                                where s.user_id = any(@userIds)
                                  and s.name is not null
                                order by s.user_id
                                  for no key update)
            """,
            new { userIds });
}
