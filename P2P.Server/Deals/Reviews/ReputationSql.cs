using P2P.Db;
using P2P.Server.Accounts.Profiles;

namespace P2P.Server.Deals.Reviews;

/// <summary>A user whose score is to be computed anew.</summary>
public sealed record DueReputation
{
    public required long UserId { get; init; }

    /// <summary>Ended orders by the standing, as they were before the orders are read.</summary>
    public required int Counted { get; init; }
}

/// <summary>A group of a user's ended orders.</summary>
public sealed record UserTrades
{
    public required long UserId { get; init; }

    public required long PartnerId { get; init; }

    public int? Stars { get; init; }

    public required bool IsCompleted { get; init; }

    public required int Count { get; init; }

    public TradeGroup Group => new() { PartnerId = PartnerId, Stars = Stars, IsCompleted = IsCompleted, Count = Count };
}

/// <summary>Statements on reputations, and on the orders that they come from.</summary>
public static class ReputationSql
{
    private const long LeaderLock = 7016212;

    /// <summary>
    /// An order t of the user came to nothing by the user's doing, as the engine counts it: not paid in time or cancelled by its buyer, while nobody
    /// was suspended. h is its last history row.
    /// </summary>
    private const string IsLapse =
        """
               t.buyer_id = t.user_id
           and (h.action = 'Expire' or (h.action = 'Cancel' and h.by = 'Buyer'))
           and not exists (select 1
                             from suspensions s
                            where s.user_id in (t.buyer_id, t.seller_id)
                              and s.at <= h.at
                              and (s.lifted_at is null or s.lifted_at > h.at))
        """;

    /// <summary>A score that a review or an ended order makes stale waits for the next sweep.</summary>
    public static Task MarkStale(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into reputations (user_id, is_stale, updated_at)
            values (@userId, true, @at)
                on conflict (user_id) do update
               set is_stale = true
            """,
            new { userId, at });

    /// <summary>True for one sweep at a time, among all nodes.</summary>
    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_xact_lock(@LeaderLock)", new { LeaderLock });

    /// <summary>
    /// Users of whom a review came, or whose standing counts other ended orders than the score does. Counters are compared, so no end of an order is
    /// missed and the engine writes nothing for it.
    /// </summary>
    public static Task<IEnumerable<DueReputation>> Due(Tx tx, int rowsMax) =>
        tx.Query<DueReputation>(
            """
            select s.user_id, s.completed + s.cancelled as counted
              from standings s
              left join reputations r on r.user_id = s.user_id
             where coalesce(r.is_stale, false)
                or coalesce(r.counted, 0) <> s.completed + s.cancelled
             limit @rowsMax
            """,
            new { rowsMax });

    /// <summary>Locks the rows, making those that there are not.</summary>
    public static async Task Lock(Tx tx, long[] userIds)
    {
        await tx.Execute(
            """
            insert into reputations (user_id, updated_at)
            select u.user_id, clock_timestamp()
              from unnest(@userIds) u(user_id)
             order by u.user_id
                on conflict (user_id) do nothing
            """,
            new { userIds });
        await tx.Execute(
            """
            select 1
              from reputations
             where user_id = any(@userIds)
             order by user_id
               for no key update
            """,
            new { userIds });
    }

    /// <summary>The newest ended orders of each user, grouped by partner and outcome.</summary>
    public static Task<IEnumerable<UserTrades>> Trades(Tx tx, long[] userIds, int ordersMax) =>
        tx.Query<UserTrades>(
            $"""
            select t.user_id, t.partner_id, t.status = 'Released' as is_completed,
                   case when v.id is not null then v.stars when t.status <> 'Released' then 0 end as stars,
                   count(*)::integer as count
              from unnest(@userIds) u(user_id)
             cross join lateral (
                   select x.*
                     from ((select q.id, q.version, q.status, q.buyer_id, q.seller_id, u.user_id, q.seller_id as partner_id
                              from orders q
                             where q.buyer_id = u.user_id
                               and q.kind = 'Crypto'
                               and q.status in ('Released', 'Cancelled', 'Expired')
                             order by q.id desc
                             limit @ordersMax)
                           union all
                           (select q.id, q.version, q.status, q.buyer_id, q.seller_id, u.user_id, q.buyer_id as partner_id
                              from orders q
                             where q.seller_id = u.user_id
                               and q.kind = 'Crypto'
                               and q.status in ('Released', 'Cancelled', 'Expired')
                             order by q.id desc
                             limit @ordersMax)) x
                    order by x.id desc
                    limit @ordersMax) t
              left join reviews v on v.order_id = t.id and v.author_id = t.partner_id and v.hidden_at is null
              left join order_history h on h.order_id = t.id and h.version = t.version and t.status <> 'Released'
             where t.status = 'Released'
                or v.id is not null
                or ({IsLapse})
             group by t.user_id, t.partner_id, is_completed, case when v.id is not null then v.stars when t.status <> 'Released' then 0 end
            """,
            new { userIds, ordersMax });

    public static Task Save(Tx tx, long[] userIds, decimal?[] scores, int[] partners, int[] counted) =>
        tx.Execute(
            """
            update reputations r
               set score = x.score,
                   partners = x.partners,
                   counted = x.counted,
                   is_stale = false,
                   updated_at = clock_timestamp()
              from unnest(@userIds, @scores, @partners, @counted) x(user_id, score, partners, counted)
             where r.user_id = x.user_id
            """,
            new { userIds, scores, partners, counted });

    /// <summary>What a user's orders of the last 90 days tell; always one row.</summary>
    /// <param name="tx">Where to read.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="since">No order with a smaller id can have ended in that time.</param>
    /// <param name="ordersMax">The newest of each side.</param>
    public static Task<TradeRecord?> Record(Tx tx, long userId, Guid since, int ordersMax) =>
        tx.One<TradeRecord>(
            $"""
            with t as (
                (select q.id, q.version, q.status, q.buyer_id, q.seller_id, q.created_at, q.updated_at, @userId as user_id
                   from orders q
                  where q.buyer_id = @userId
                    and q.id >= @since
                    and q.kind = 'Crypto'
                    and q.status in ('Released', 'Cancelled', 'Expired')
                  order by q.id desc
                  limit @ordersMax)
                union all
                (select q.id, q.version, q.status, q.buyer_id, q.seller_id, q.created_at, q.updated_at, @userId as user_id
                   from orders q
                  where q.seller_id = @userId
                    and q.id >= @since
                    and q.kind = 'Crypto'
                    and q.status in ('Released', 'Cancelled', 'Expired')
                  order by q.id desc
                  limit @ordersMax)
            ), timed as (
                select t.updated_at > clock_timestamp() - interval '30 days' as is_recent,
                       t.status = 'Released' as is_released,
                       ({IsLapse}) as is_lapse,
                       case when t.status = 'Released' and t.buyer_id = t.user_id then c.at - t.created_at end as payment,
                       case when h.action = 'Release' and t.seller_id = t.user_id then h.at - c.at end as release
                  from t
                  join order_history h on h.order_id = t.id and h.version = t.version
                  left join lateral (select max(p.at) as at
                                       from order_history p
                                      where p.order_id = t.id
                                        and p.action = 'ConfirmPayment') c on true
                 where t.updated_at > clock_timestamp() - interval '90 days'
            )
            select (count(*) filter (where x.is_recent and x.is_released))::integer as recently_completed,
                   (count(*) filter (where x.is_recent and x.is_lapse))::integer as recently_lapsed,
                   round(extract(epoch from percentile_cont(0.5) within group (order by x.payment)))::integer as median_payment_seconds,
                   round(extract(epoch from percentile_cont(0.5) within group (order by x.release)))::integer as median_release_seconds,
                   (select r.score from reputations r where r.user_id = @userId) as reputation,
                   (select nullif(r.partners, 0) from reputations r where r.user_id = @userId) as distinct_partners
              from timed x
            """,
            new { userId, since, ordersMax });
}
