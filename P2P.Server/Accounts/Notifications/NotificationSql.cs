using P2P.Db;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Notifications;

/// <summary>A notification's row.</summary>
internal sealed record NotificationRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Args { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>Up to where a stream's notifications were made.</summary>
internal sealed record NotificationPosition
{
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required long Seq { get; init; }
}

/// <summary>A stream that goes on after its position, and whether anything there can be worth a notice.</summary>
internal sealed record StreamBehind
{
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required long LastSeq { get; init; }
    public required bool Wanted { get; init; }
}

/// <summary>Statements on notifications and on the positions up to which they were made.</summary>
internal static class NotificationSql
{
    public static Task<IEnumerable<NotificationRow>> OfUser(Tx tx, long userId, bool unreadOnly, Guid? before, int rowsMax) =>
        tx.Query<NotificationRow>(
            """
            select id, kind, cast(args as text) as args, at, read_at
              from notifications
             where user_id = @userId
               and in_app
               and (not @unreadOnly or read_at is null)
               and (cast(@before as uuid) is null or id < @before)
             order by id desc
             limit @rowsMax
            """,
            new { userId, unreadOnly, before, rowsMax });

    public static Task<int> CountUnread(Tx tx, long userId, int countMax) =>
        tx.Scalar<int>(
            """
            select count(*)
              from (select 1
                      from notifications
                     where user_id = @userId
                       and in_app
                       and read_at is null
                     limit @countMax) unread
            """,
            new { userId, countMax });

    public static Task<bool> Exists(Tx tx, long userId, Guid id) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from notifications
                            where id = @id
                              and user_id = @userId
                              and in_app)
            """,
            new { userId, id });

    public static Task<int> MarkRead(Tx tx, long userId, Guid[] ids, DateTimeOffset at) =>
        tx.Execute(
            """
            update notifications
               set read_at = @at
             where id = any(@ids)
               and user_id = @userId
               and in_app
               and read_at is null
            """,
            new { userId, ids, at });

    /// <summary>Marks everything up to an id, or everything.</summary>
    public static Task<int> MarkReadUpTo(Tx tx, long userId, Guid? upTo, DateTimeOffset at) =>
        tx.Execute(
            """
            update notifications
               set read_at = @at
             where user_id = @userId
               and in_app
               and read_at is null
               and (cast(@upTo as uuid) is null or id <= @upTo)
            """,
            new { userId, upTo, at });

    /// <summary>A stream that is new begins at its beginning.</summary>
    public static Task<int> EnsurePositions(Tx tx, long[] userIds) =>
        tx.Execute(
            """
            insert into notification_positions (user_id, audience)
            select s.user_id, s.audience
              from streams s
             where s.user_id = any(@userIds)
             order by s.user_id, s.audience
                on conflict do nothing
            """,
            new { userIds });

    /// <summary>Locks the positions of users, so that one node at a time makes their notifications.</summary>
    public static Task<IEnumerable<NotificationPosition>> LockPositions(Tx tx, long[] userIds) =>
        tx.Query<NotificationPosition>(
            """
            select user_id, audience, seq
              from notification_positions
             where user_id = any(@userIds)
             order by user_id, audience
               for no key update
            """,
            new { userIds });

    /// <summary>
    /// What comes after each position, in order. Numbers of a stream appear in order and without holes, so nothing comes late behind them.
    /// </summary>
    public static Task<IEnumerable<EventRow>> After(Tx tx, long[] userIds, string[] audiences, long[] seqs, int perStreamMax) =>
        tx.Query<EventRow>(
            """
            select e.user_id, e.audience, e.seq, e.event_id, e.type, e.body, e.at
              from unnest(@userIds, @audiences, @seqs) as x(user_id, audience, seq)
             cross join lateral (
                   select v.user_id, v.audience, v.seq, v.event_id, v.type, v.body, v.at
                     from events v
                    where v.user_id = x.user_id
                      and v.audience = x.audience
                      and v.seq > x.seq
                    order by v.seq
                    limit @perStreamMax) e
             order by e.user_id, e.audience, e.seq
            """,
            new { userIds, audiences, seqs, perStreamMax });

    public static Task<int> MovePositions(Tx tx, long[] userIds, string[] audiences, long[] seqs) =>
        tx.Execute(
            """
            update notification_positions p
               set seq = x.seq
              from unnest(@userIds, @audiences, @seqs) as x(user_id, audience, seq)
             where p.user_id = x.user_id
               and p.audience = x.audience
               and p.seq < x.seq
            """,
            new { userIds, audiences, seqs });

    /// <summary>Ids of those that were not there before: an event on two hubs is told once.</summary>
    public static Task<IEnumerable<Guid>> Insert(
        Tx tx, Guid[] ids, long[] userIds, Guid[] eventIds, string[] kinds, string[] args, bool[] inApp, DateTimeOffset[] at) =>
        tx.Query<Guid>(
            """
            insert into notifications (id, user_id, event_id, kind, args, in_app, at)
            select x.id, x.user_id, x.event_id, x.kind, cast(x.args as jsonb), x.in_app, x.at
              from unnest(@ids, @userIds, @eventIds, @kinds, @args, @inApp, @at) as x(id, user_id, event_id, kind, args, in_app, at)
                on conflict (user_id, event_id) do nothing
            returning id
            """,
            new { ids, userIds, eventIds, kinds, args, inApp, at = Array.ConvertAll(at, time => time.UtcDateTime) });

    /// <summary>Streams that go on after their position.</summary>
    public static Task<IEnumerable<StreamBehind>> Behind(Tx tx, string[] types, int rowsMax) =>
        tx.Query<StreamBehind>(
            """
              with behind as materialized (
                   select s.user_id, s.audience, coalesce(p.seq, 0) as seq, s.last_seq
                     from streams s
                     left join notification_positions p
                       on p.user_id = s.user_id
                      and p.audience = s.audience
                    where s.last_seq > coalesce(p.seq, 0)
                    limit @rowsMax)
            select b.user_id, b.audience, b.last_seq,
                   exists (select 1
                             from events e
                            where e.user_id = b.user_id
                              and e.audience = b.audience
                              and e.seq > b.seq
                              and e.seq <= b.last_seq
                              and e.type = any(@types)) as wanted
              from behind b
            """,
            new { types, rowsMax });

    /// <summary>Old ones go, read or not.</summary>
    public static Task<int> RemoveOld(Tx tx, int keptDays, int rowsMax) =>
        tx.Execute(
            """
            delete from notifications
             where ctid = any(array(
                   select n.ctid
                     from notifications n
                    where n.at < clock_timestamp() - make_interval(days => @keptDays)
                    limit @rowsMax))
            """,
            new { keptDays, rowsMax });
}
