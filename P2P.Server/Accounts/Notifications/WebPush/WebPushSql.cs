using P2P.Db;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>A subscription's row.</summary>
internal sealed record WebPushRow
{
    public required Guid Id { get; init; }
    public required string Endpoint { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>Where and with which keys a subscription is reached.</summary>
internal sealed record WebPushTarget
{
    public required string Endpoint { get; init; }
    public required byte[] P256dh { get; init; }
    public required byte[] Auth { get; init; }
}

/// <summary>Statements on push subscriptions.</summary>
internal static class WebPushSql
{
    /// <summary>How many a user has beside this one.</summary>
    public static Task<int> CountOthers(Tx tx, long userId, string endpoint) =>
        tx.Scalar<int>(
            """
            select count(*)
              from web_push_subscriptions
             where user_id = @userId
               and endpoint <> @endpoint
            """,
            new { userId, endpoint });

    /// <summary>A browser is whoever's uses it now.</summary>
    public static Task<WebPushRow?> Save(Tx tx, Guid id, long userId, string endpoint, byte[] p256dh, byte[] auth, DateTimeOffset at) =>
        tx.One<WebPushRow>(
            """
            insert into web_push_subscriptions as w (id, user_id, endpoint, p256dh, auth, created_at)
            values (@id, @userId, @endpoint, @p256dh, @auth, @at)
                on conflict (endpoint) do update
               set user_id = excluded.user_id,
                   p256dh = excluded.p256dh,
                   auth = excluded.auth,
                   created_at = case when w.user_id = excluded.user_id then w.created_at else excluded.created_at end,
                   sent_at = case when w.user_id = excluded.user_id then w.sent_at end
            returning id, endpoint, created_at, sent_at
            """,
            new { id, userId, endpoint, p256dh, auth, at });

    public static Task<IEnumerable<WebPushRow>> OfUser(Tx tx, long userId) =>
        tx.Query<WebPushRow>(
            """
            select id, endpoint, created_at, sent_at
              from web_push_subscriptions
             where user_id = @userId
             order by id
            """,
            new { userId });

    /// <summary>0 when there is none of this user's.</summary>
    public static Task<int> Remove(Tx tx, long userId, Guid id) =>
        tx.Execute(
            """
            delete from web_push_subscriptions
             where id = @id
               and user_id = @userId
            """,
            new { userId, id });

    /// <summary>Null when it is no longer this user's.</summary>
    public static Task<WebPushTarget?> Target(Tx tx, long userId, Guid id) =>
        tx.One<WebPushTarget>(
            """
            select endpoint, p256dh, auth
              from web_push_subscriptions
             where id = @id
               and user_id = @userId
            """,
            new { userId, id });

    public static Task<int> Sent(Tx tx, long userId, Guid id) =>
        tx.Execute(
            """
            update web_push_subscriptions
               set sent_at = clock_timestamp()
             where id = @id
               and user_id = @userId
            """,
            new { userId, id });

    /// <summary>Removes what the push service no longer knows, unless it was registered anew meanwhile.</summary>
    public static Task<int> RemoveGone(Tx tx, long userId, Guid id, byte[] p256dh) =>
        tx.Execute(
            """
            delete from web_push_subscriptions
             where id = @id
               and user_id = @userId
               and p256dh = @p256dh
            """,
            new { userId, id, p256dh });
}
