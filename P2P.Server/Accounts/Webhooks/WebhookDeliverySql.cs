using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>A webhook that this node works on for a while.</summary>
internal sealed record ClaimedWebhook
{
    public required Guid Id { get; init; }
    public required long UserId { get; init; }

    /// <summary>Counts claims: what an older one wants to write is not written.</summary>
    public required long Claim { get; init; }

    public Guid? TestId { get; init; }
}

/// <summary>Where a webhook and its stream stand, and all that a delivery needs.</summary>
internal sealed record WebhookPlace
{
    public required Guid Id { get; init; }
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required string Url { get; init; }
    public string[]? Types { get; init; }
    public required byte[] Secret { get; init; }

    /// <summary>Null when there is none that is still good.</summary>
    public byte[]? FormerSecret { get; init; }

    public required WebhookStatus Status { get; init; }
    public required long Seq { get; init; }
    public required long DeliveredSeq { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public required Guid Epoch { get; init; }
    public required long FirstSeq { get; init; }
    public required long LastSeq { get; init; }

    /// <summary>The last attempt failed and the next is not due.</summary>
    public required bool MustWait { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>How far webhooks are behind their streams.</summary>
internal sealed record WebhookLag
{
    public required long Events { get; init; }
    public required long EventsMax { get; init; }
    public required long Failing { get; init; }
}

/// <summary>Statements of the work on webhooks.</summary>
internal static class WebhookDeliverySql
{
    /// <summary>
    /// Takes webhooks that are behind for a while: whoever claims one and dies leaves it to the next. Committed before anything is sent, so no lock
    /// is held while a receiver is slow. While their owner is suspended nothing is told.
    /// </summary>
    public static Task<IEnumerable<ClaimedWebhook>> Claim(Tx tx, long[]? users, bool slow, int leaseSeconds, int rowsMax) =>
        tx.Query<ClaimedWebhook>(
            """
            update webhook_endpoints
               set leased_until = clock_timestamp() + make_interval(secs => @leaseSeconds),
                   claim = claim + 1
             where id = any(array(
                   select e.id
                     from webhook_endpoints e
                    where e.leased_until <= clock_timestamp()
                      and e.is_slow = @slow
                      and (e.status = 'Active' or e.test_id is not null)
                      and (cast(@users as bigint[]) is null or e.user_id = any(@users))
                      and (e.test_id is not null
                           or (e.next_at <= clock_timestamp() and exists (select 1
                                                                            from streams s
                                                                           where s.user_id = e.user_id
                                                                             and s.audience = e.audience
                                                                             and s.last_seq > e.seq)))
                      and not exists (select 1
                                        from suspensions u
                                       where u.user_id = e.user_id
                                         and u.lifted_at is null
                                         and (u.until is null or u.until > clock_timestamp()))
                    order by e.next_at
                    limit @rowsMax
                      for no key update skip locked))
            returning id, user_id, claim, test_id
            """,
            new { users, slow, leaseSeconds, rowsMax });

    /// <summary>Null when the webhook was deleted, or another claim came after this one.</summary>
    public static Task<WebhookPlace?> Place(Tx tx, ClaimedWebhook claimed) =>
        tx.One<WebhookPlace>(
            """
            select e.id, e.user_id, e.audience, e.url, e.types, e.secret,
                   case when e.former_ends_at > clock_timestamp() then e.former_secret end as former_secret,
                   e.status, e.seq, e.delivered_seq, e.attempts, e.failing_since, h.epoch, s.first_seq, s.last_seq,
                   e.next_at > clock_timestamp() as must_wait, clock_timestamp() as now
              from webhook_endpoints e
              join streams s
                on s.user_id = e.user_id
               and s.audience = e.audience
             cross join epoch h
             where e.id = @Id
               and e.claim = @Claim
            """,
            claimed);

    /// <summary>What comes after a number and is told, in order.</summary>
    public static Task<IEnumerable<EventRow>> Next(Tx tx, WebhookPlace place, int rowsMax) =>
        tx.Query<EventRow>(
            """
            select user_id, audience, seq, event_id, type, body, at
              from events
             where user_id = @UserId
               and audience = @Audience
               and seq > @Seq
               and seq <= @LastSeq
               and (cast(@Types as text[]) is null or type = any(@Types))
             order by seq
             limit @rowsMax
            """,
            new { place.UserId, place.Audience, place.Seq, place.LastSeq, place.Types, rowsMax });

    /// <summary>Moves the position over events that are not told; 0 when the claim is over.</summary>
    public static Task<int> Skip(Tx tx, ClaimedWebhook claimed, long upTo) =>
        tx.Execute(
            """
            update webhook_endpoints
               set seq = @upTo
             where id = @Id
               and claim = @Claim
            """,
            new { claimed.Id, claimed.Claim, upTo });

    /// <summary>Moves the position over what was delivered, and renews the lease; 0 when the claim is over.</summary>
    public static Task<int> Delivered(Tx tx, ClaimedWebhook claimed, long upTo, long last, bool slow, int leaseSeconds) =>
        tx.Execute(
            """
            update webhook_endpoints
               set seq = @upTo,
                   delivered_seq = @last,
                   attempts = 0,
                   failing_since = null,
                   is_slow = @slow,
                   leased_until = clock_timestamp() + make_interval(secs => @leaseSeconds)
             where id = @Id
               and claim = @Claim
            """,
            new { claimed.Id, claimed.Claim, upTo, last, slow, leaseSeconds });

    /// <summary>Waits until the next attempt; 0 when the claim is over.</summary>
    public static Task<int> Again(Tx tx, ClaimedWebhook claimed, int delayMs) =>
        tx.Execute(
            """
            update webhook_endpoints
               set attempts = attempts + 1,
                   failing_since = coalesce(failing_since, clock_timestamp()),
                   is_slow = true,
                   leased_until = clock_timestamp(),
                   next_at = clock_timestamp() + make_interval(secs => @delayMs / 1000.0)
             where id = @Id
               and claim = @Claim
            """,
            new { claimed.Id, claimed.Claim, delayMs });

    /// <summary>Stops a webhook that is active; 0 when it is not, or the claim is over.</summary>
    public static Task<int> Stop(Tx tx, ClaimedWebhook claimed) =>
        tx.Execute(
            """
            update webhook_endpoints
               set status = 'Failed',
                   status_at = clock_timestamp(),
                   attempts = attempts + 1,
                   failing_since = coalesce(failing_since, clock_timestamp()),
                   is_slow = true,
                   leased_until = clock_timestamp()
             where id = @Id
               and claim = @Claim
               and status = 'Active'
            """,
            claimed);

    public static Task<int> Tested(Tx tx, Guid id, Guid testId) =>
        tx.Execute(
            """
            update webhook_endpoints
               set test_id = null
             where id = @id
               and test_id = @testId
            """,
            new { id, testId });

    /// <summary>Gives the claim back; answers whether there is more to tell.</summary>
    public static Task<bool> Release(Tx tx, ClaimedWebhook claimed) =>
        tx.Scalar<bool>(
            """
            update webhook_endpoints e
               set leased_until = clock_timestamp()
              from streams s
             where e.id = @Id
               and e.claim = @Claim
               and s.user_id = e.user_id
               and s.audience = e.audience
            returning e.test_id is not null or (e.status = 'Active' and e.next_at <= clock_timestamp() and s.last_seq > e.seq)
            """,
            claimed);

    /// <summary>Writes the log; nothing when the webhook was deleted.</summary>
    public static Task<int> Log(Tx tx, Guid endpointId, WebhookDeliveryRow row) =>
        tx.Execute(
            """
            insert into webhook_deliveries (id, endpoint_id, kind, first_seq, last_seq, events, attempt, http_status, latency_ms, error, at)
            select @Id, e.id, @kind, @FirstSeq, @LastSeq, @Events, @Attempt, @HttpStatus, @LatencyMs, @Error, clock_timestamp()
              from webhook_endpoints e
             where e.id = @endpointId
            """,
            new
            {
                endpointId,
                row.Id,
                kind = row.Kind.ToString(),
                row.FirstSeq,
                row.LastSeq,
                row.Events,
                row.Attempt,
                row.HttpStatus,
                row.LatencyMs,
                row.Error,
            });

    public static Task<int> RemoveOld(Tx tx, int keptDays, int rowsMax) =>
        tx.Execute(
            """
            delete from webhook_deliveries
             where ctid = any(array(
                   select d.ctid
                     from webhook_deliveries d
                    where d.at < clock_timestamp() - make_interval(days => @keptDays)
                    limit @rowsMax))
            """,
            new { keptDays, rowsMax });

    public static Task<WebhookLag?> Lag(Tx tx) =>
        tx.One<WebhookLag>(
            """
            select cast(coalesce(sum(s.last_seq - e.seq), 0) as bigint) as events, coalesce(max(s.last_seq - e.seq), 0) as events_max,
                   count(*) filter (where e.failing_since is not null) as failing
              from webhook_endpoints e
              join streams s
                on s.user_id = e.user_id
               and s.audience = e.audience
             where e.status = 'Active'
            """);
}
