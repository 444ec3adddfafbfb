using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>By which way something goes outside.</summary>
public enum OutboxChannel
{
    /// <summary>A notification by e-mail.</summary>
    Email,

    /// <summary>The code that confirms an address; it is made when it is sent.</summary>
    EmailCode,

    /// <summary>A notification to one browser.</summary>
    WebPush,
}

/// <summary>What the outbox keeps of a notification.</summary>
public sealed record OutgoingNotice
{
    public required Guid Id { get; init; }
    public required NotificationKind Kind { get; init; }
    public required IReadOnlyDictionary<string, string> Args { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What the outbox keeps of a code: to whom it goes, and not the code.</summary>
public sealed record OutgoingCode
{
    public required string Email { get; init; }
}

/// <summary>What the outbox keeps of a push.</summary>
public sealed record OutgoingPush
{
    public required Guid SubscriptionId { get; init; }
    public required WebPushMessage Message { get; init; }
}

/// <summary>How much of a channel waits to be sent.</summary>
internal sealed record ChannelDepth
{
    public required string Channel { get; init; }
    public required long Waiting { get; init; }
}

/// <summary>Something to be sent.</summary>
/// <param name="UserId">To whom.</param>
/// <param name="Channel">How.</param>
/// <param name="Key">What it is: one key is kept once.</param>
/// <param name="Payload">What.</param>
/// <param name="DueAt">Not before.</param>
/// <param name="Digest">May be put together with others that are due.</param>
public sealed record Outgoing(long UserId, OutboxChannel Channel, string Key, object Payload, DateTimeOffset DueAt, bool Digest);

/// <summary>Something that is due, claimed by this node.</summary>
internal sealed record DueRow
{
    public required Guid Id { get; init; }
    public required long UserId { get; init; }
    public required OutboxChannel Channel { get; init; }
    public required string Payload { get; init; }
    public required bool Digest { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The database's clock at the claim.</summary>
    public required DateTimeOffset Now { get; init; }

    public T Read<T>() =>
        JsonSerializer.Deserialize<T>(Payload, WireJson.Client) ?? throw new InvalidOperationException("The outbox keeps a null.");
}

/// <summary>Statements on the outbox.</summary>
internal static class OutboxSql
{
    /// <summary>What is there already under its key stays as it is.</summary>
    public static Task<int> Add(Tx tx, IReadOnlyList<Outgoing> all, DateTimeOffset at) => all.Count == 0
        ? Task.FromResult(0)
        : tx.Execute(
            """
            insert into outbox (id, user_id, channel, key, payload, digest, created_at, next_at)
            select x.id, x.user_id, x.channel, x.key, cast(x.payload as jsonb), x.digest, @at, x.next_at
              from unnest(@ids, @userIds, @channels, @keys, @payloads, @digests, @dueAt)
                   as x(id, user_id, channel, key, payload, digest, next_at)
                on conflict (key) do nothing
            """,
            new
            {
                ids = all.Select(_ => Ids.New()).ToArray(),
                userIds = all.Select(one => one.UserId).ToArray(),
                channels = all.Select(one => one.Channel.ToString()).ToArray(),
                keys = all.Select(one => one.Key).ToArray(),
                payloads = all.Select(one => JsonSerializer.Serialize(one.Payload, one.Payload.GetType(), WireJson.Client)).ToArray(),
                digests = all.Select(one => one.Digest).ToArray(),
                dueAt = all.Select(one => one.DueAt.UtcDateTime).ToArray(),
                at,
            });

    /// <summary>
    /// Takes what is due for a while: whoever claims it and dies leaves it to the next. Committed before anything is sent, so no lock is held
    /// while somebody outside is slow.
    /// </summary>
    public static Task<IEnumerable<DueRow>> Claim(Tx tx, IEnumerable<OutboxChannel> channels, int leaseSeconds, int rowsMax) =>
        tx.Query<DueRow>(
            """
            update outbox
               set next_at = clock_timestamp() + make_interval(secs => @leaseSeconds),
                   attempts = attempts + 1
             where id = any(array(
                   select o.id
                     from outbox o
                    where o.sent_at is null
                      and o.failed_at is null
                      and o.channel = any(@channels)
                      and o.next_at <= clock_timestamp()
                    order by o.next_at, o.user_id
                    limit @rowsMax
                      for no key update skip locked))
            returning id, user_id, channel, cast(payload as text) as payload, digest, attempts, created_at, clock_timestamp() as now
            """,
            new { channels = channels.Select(channel => channel.ToString()).ToArray(), leaseSeconds, rowsMax });

    public static Task<int> Sent(Tx tx, Guid[] ids) =>
        tx.Execute(
            """
            update outbox
               set sent_at = clock_timestamp(),
                   last_error = null
             where id = any(@ids)
            """,
            new { ids });

    public static Task<int> Again(Tx tx, Guid[] ids, int delayMs, string error) =>
        tx.Execute(
            """
            update outbox
               set next_at = clock_timestamp() + make_interval(secs => @delayMs / 1000.0),
                   last_error = @error
             where id = any(@ids)
            """,
            new { ids, delayMs, error });

    public static Task<int> GivenUp(Tx tx, Guid[] ids, string error) =>
        tx.Execute(
            """
            update outbox
               set failed_at = clock_timestamp(),
                   last_error = @error
             where id = any(@ids)
            """,
            new { ids, error });

    /// <summary>How much of each channel waits to be sent, counted up to a number.</summary>
    public static Task<IEnumerable<ChannelDepth>> Depths(Tx tx, int countMax) =>
        tx.Query<ChannelDepth>(
            """
            select c.channel, (select count(*)
                                 from (select 1
                                         from outbox o
                                        where o.channel = c.channel
                                          and o.sent_at is null
                                          and o.failed_at is null
                                        limit @countMax) waiting) as waiting
              from unnest(@channels) as c(channel)
            """,
            new { channels = Enum.GetNames<OutboxChannel>(), countMax });

    /// <summary>Only what has ended is removed.</summary>
    public static Task<int> RemoveOld(Tx tx, int keptDays, int rowsMax) =>
        tx.Execute(
            """
            delete from outbox
             where ctid = any(array(
                   select o.ctid
                     from outbox o
                    where o.created_at < clock_timestamp() - make_interval(days => @keptDays)
                      and (o.sent_at is not null or o.failed_at is not null)
                    limit @rowsMax))
            """,
            new { keptDays, rowsMax });
}
