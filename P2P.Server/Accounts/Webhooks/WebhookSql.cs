using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>A webhook's row, with where its stream stands.</summary>
internal sealed record WebhookRow
{
    public required Guid Id { get; init; }
    public required string Audience { get; init; }
    public required string Url { get; init; }
    public string[]? Types { get; init; }
    public required WebhookStatus Status { get; init; }
    public required DateTimeOffset StatusAt { get; init; }
    public required long Seq { get; init; }
    public required long LastSeq { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? FormerEndsAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? TestedAt { get; init; }
}

/// <summary>A new webhook.</summary>
internal sealed record NewWebhook
{
    public required Guid Id { get; init; }
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required string Url { get; init; }
    public required string[]? Types { get; init; }
    public required byte[] Secret { get; init; }
    public required long Seq { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A row of the log of deliveries.</summary>
internal sealed record WebhookDeliveryRow
{
    public required Guid Id { get; init; }
    public required WebhookDeliveryKind Kind { get; init; }
    public long? FirstSeq { get; init; }
    public long? LastSeq { get; init; }
    public required int Events { get; init; }
    public required int Attempt { get; init; }
    public short? HttpStatus { get; init; }
    public required int LatencyMs { get; init; }
    public string? Error { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Where a stream begins and ends.</summary>
internal sealed record StreamEnds
{
    public required long FirstSeq { get; init; }
    public required long LastSeq { get; init; }
}

/// <summary>Statements of the calls on webhooks.</summary>
internal static class WebhookSql
{
    /// <summary>Null when the user has no stream of this audience.</summary>
    public static Task<StreamEnds?> Stream(Tx tx, long userId, string audience) =>
        tx.One<StreamEnds>(
            """
            select first_seq, last_seq
              from streams
             where user_id = @userId
               and audience = @audience
            """,
            new { userId, audience });

    public static Task<int> Count(Tx tx, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from webhook_endpoints
             where user_id = @userId
            """,
            new { userId });

    public static Task<int> Insert(Tx tx, NewWebhook made) =>
        tx.Execute(
            """
            insert into webhook_endpoints (id, user_id, audience, url, types, secret, status, status_at, seq, next_at, leased_until,
                                           created_at)
            values (@Id, @UserId, @Audience, @Url, @Types, @Secret, 'Active', @At, @Seq, @At, @At, @At)
            """,
            made);

    public static Task<IEnumerable<WebhookRow>> OfUser(Tx tx, long userId) =>
        tx.Query<WebhookRow>(
            """
            select e.id, e.audience, e.url, e.types, e.status, e.status_at, e.seq, s.last_seq, e.failing_since,
                   case when e.former_ends_at > clock_timestamp() then e.former_ends_at end as former_ends_at, e.created_at, e.tested_at
              from webhook_endpoints e
              join streams s
                on s.user_id = e.user_id
               and s.audience = e.audience
             where e.user_id = @userId
             order by e.id
            """,
            new { userId });

    /// <summary>Null when there is none of this user's.</summary>
    public static Task<WebhookRow?> Find(Tx tx, long userId, Guid id) =>
        tx.One<WebhookRow>(
            """
            select e.id, e.audience, e.url, e.types, e.status, e.status_at, e.seq, s.last_seq, e.failing_since,
                   case when e.former_ends_at > clock_timestamp() then e.former_ends_at end as former_ends_at, e.created_at, e.tested_at
              from webhook_endpoints e
              join streams s
                on s.user_id = e.user_id
               and s.audience = e.audience
             where e.id = @id
               and e.user_id = @userId
            """,
            new { userId, id });

    /// <summary>Null when there is none of this user's.</summary>
    public static Task<Guid?> Lock(Tx tx, long userId, Guid id) =>
        tx.Scalar<Guid?>(
            """
            select id
              from webhook_endpoints
             where id = @id
               and user_id = @userId
               for no key update
            """,
            new { userId, id });

    public static Task<int> Pause(Tx tx, Guid id, DateTimeOffset at) =>
        tx.Execute(
            """
            update webhook_endpoints
               set status = 'Paused',
                   status_at = @at,
                   attempts = 0,
                   failing_since = null
             where id = @id
               and status <> 'Paused'
            """,
            new { id, at });

    /// <summary>With a new position the claim moves on, so that a delivery that is on its way since before cannot move it back.</summary>
    public static Task<int> Resume(Tx tx, Guid id, long? seq, DateTimeOffset at) =>
        tx.Execute(
            """
            update webhook_endpoints
               set status = 'Active',
                   status_at = case when status = 'Active' then status_at else @at end,
                   attempts = 0,
                   failing_since = null,
                   is_slow = true,
                   seq = coalesce(@seq, seq),
                   claim = case when cast(@seq as bigint) is null then claim else claim + 1 end,
                   leased_until = case when cast(@seq as bigint) is null then leased_until else @at end,
                   next_at = @at
             where id = @id
            """,
            new { id, seq, at });

    public static Task<int> Rotate(Tx tx, Guid id, byte[] secret, int overlapHours) =>
        tx.Execute(
            """
            update webhook_endpoints
               set former_secret = case when @overlapHours > 0 then secret end,
                   former_ends_at = case when @overlapHours > 0 then clock_timestamp() + make_interval(hours => @overlapHours) end,
                   secret = @secret
             where id = @id
            """,
            new { id, secret, overlapHours });

    public static Task<int> AskTest(Tx tx, Guid id, Guid testId, DateTimeOffset at) =>
        tx.Execute(
            """
            update webhook_endpoints
               set test_id = @testId,
                   tested_at = @at
             where id = @id
            """,
            new { id, testId, at });

    public static Task<int> Delete(Tx tx, Guid id) =>
        tx.Execute(
            """
            delete from webhook_endpoints
             where id = @id
            """,
            new { id });

    public static Task<IEnumerable<WebhookDeliveryRow>> Deliveries(Tx tx, Guid id, bool failedOnly, Guid? before, int rowsMax) =>
        tx.Query<WebhookDeliveryRow>(
            """
            select id, kind, first_seq, last_seq, events, attempt, http_status, latency_ms, error, at
              from webhook_deliveries
             where endpoint_id = @id
               and (not @failedOnly or error is not null)
               and (cast(@before as uuid) is null or id < @before)
             order by id desc
             limit @rowsMax
            """,
            new { id, failedOnly, before, rowsMax });
}
