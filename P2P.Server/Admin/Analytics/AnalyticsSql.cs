using P2P.Db;

namespace P2P.Server.Admin.Analytics;

/// <summary>Statements of the analytics: reads of rolled up days, and the figures of one day.</summary>
internal static class AnalyticsSql
{
    /// <summary>What changed on one day, with the orders' markets and methods.</summary>
    private const string Changes =
        """
        select o.asset, d.fiat, d.payment_method_id, h.action, h.from_status, h.to_status, h.at, d.crypto_amount, d.fiat_amount, d.confirmed_at,
               o.buyer_id, o.seller_id
          from order_history h
          join orders o on o.id = h.order_id
          join crypto_orders d on d.order_id = h.order_id
         where h.at >= @from
           and h.at < @to
        """;

    private const string Figures =
        $"""
        select c.asset, c.fiat, c.payment_method_id,
               count(*) filter (where c.action = 'Place') as placed,
               count(*) filter (where c.to_status = 'Released') as completed,
               count(*) filter (where c.to_status = 'Cancelled') as cancelled,
               count(*) filter (where c.to_status = 'Expired') as expired,
               count(*) filter (where c.action = 'Dispute') as disputed,
               coalesce(sum(c.crypto_amount) filter (where c.to_status = 'Released'), 0) as crypto_volume,
               coalesce(sum(c.fiat_amount) filter (where c.to_status = 'Released'), 0) as fiat_volume
          from ({Changes}) c
         where c.from_status is distinct from c.to_status
         group by c.asset, c.fiat, c.payment_method_id
        """;

    /// <summary>Bucket n begins at 1.1 ^ n seconds.</summary>
    private const string Times =
        $"""
        select c.asset, c.fiat, c.payment_method_id,
               floor(ln(greatest(extract(epoch from c.at - c.confirmed_at), 1)) / ln(1.1))::integer as bucket, count(*) as orders
          from ({Changes}) c
         where c.to_status = 'Released'
           and c.from_status <> 'Released'
           and c.confirmed_at is not null
         group by c.asset, c.fiat, c.payment_method_id, 4
        """;

    /// <summary>Longer than a call's statements may take: one reading serves all who ask.</summary>
    public static Task Patience(Tx tx, string milliseconds) =>
        tx.Execute("select set_config('statement_timeout', @milliseconds, true)", new { milliseconds });

    /// <summary>True for the one node that rolls up now.</summary>
    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_xact_lock(7016234)");

    /// <summary>The first order's day, the last day that is rolled up, and today; as <c>yyyy-mm-dd</c>.</summary>
    public static async Task<KnownDays> Known(Tx tx) =>
        await tx.One<KnownDays>(
            """
            select to_char((select o.created_at from orders o order by o.id limit 1) at time zone 'UTC', 'YYYY-MM-DD') as first,
                   to_char((select max(r.day) from analytics_rolled r), 'YYYY-MM-DD') as rolled,
                   to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD') as today,
                   to_char((clock_timestamp() - interval '5 minutes') at time zone 'UTC', 'YYYY-MM-DD') as settled
            """)
        ?? throw new InvalidOperationException("A row of constants is not there.");

    /// <summary>Days whose retention is not known yet although the 30 days after them are rolled up.</summary>
    public static Task<IEnumerable<string>> ToFinish(Tx tx, int rowsMax) =>
        tx.Query<string>(
            """
            select to_char(r.day, 'YYYY-MM-DD')
              from analytics_rolled r
             where r.final_at is null
               and r.day < (select max(x.day) - 29 from analytics_rolled x)
             order by r.day
             limit @rowsMax
            """,
            new { rowsMax });

    public static Task<IEnumerable<DayFigures>> Live(Tx tx, DateTimeOffset from, DateTimeOffset to) =>
        tx.Query<DayFigures>(Figures, new { from, to });

    public static Task<IEnumerable<ReleaseTimes>> LiveTimes(Tx tx, DateTimeOffset from, DateTimeOffset to) =>
        tx.Query<ReleaseTimes>(Times, new { from, to });

    /// <summary>Rolls up one day, once.</summary>
    public static async Task RollUp(Tx tx, DateTimeOffset from, DateTimeOffset to)
    {
        await tx.Execute(
            """
            insert into analytics_rolled (day, rolled_at)
            values (cast(@from at time zone 'UTC' as date), clock_timestamp())
            """,
            new { from });
        await tx.Execute(
            $"""
            insert into trader_days (user_id, day)
            select distinct u.user_id, cast(@from at time zone 'UTC' as date)
              from ({Changes}) c
             cross join lateral (values (c.buyer_id), (c.seller_id)) u(user_id)
             where c.to_status = 'Released'
               and c.from_status <> 'Released'
            """,
            new { from, to });
        await tx.Execute(
            $"""
            insert into analytics_days (day, asset, fiat, payment_method_id, placed, completed, cancelled, expired, disputed, crypto_volume,
                   fiat_volume)
            select cast(@from at time zone 'UTC' as date), f.asset, f.fiat, f.payment_method_id, f.placed, f.completed, f.cancelled,
                   f.expired, f.disputed, f.crypto_volume, f.fiat_volume
              from ({Figures}) f
            """,
            new { from, to });
        await tx.Execute(
            $"""
            insert into analytics_release_times (day, asset, fiat, payment_method_id, bucket, orders)
            select cast(@from at time zone 'UTC' as date), t.asset, t.fiat, t.payment_method_id, t.bucket, t.orders
              from ({Times}) t
            """,
            new { from, to });
    }

    /// <summary>Counts who traded on a day, and who of them traded again within the 30 days after it.</summary>
    public static async Task Finish(Tx tx, DateTimeOffset from, DateTimeOffset to)
    {
        await tx.Execute(
            $"""
            update analytics_days as a
               set traders = s.traders,
                   returned = s.returned
              from (select u.asset, u.fiat, u.payment_method_id, count(*) as traders,
                           count(*) filter (where exists (
                               select 1
                                 from trader_days t
                                where t.user_id = u.user_id
                                  and t.day > cast(@from at time zone 'UTC' as date)
                                  and t.day <= cast(@from at time zone 'UTC' as date) + 30)) as returned
                      from (select distinct c.asset, c.fiat, c.payment_method_id, p.user_id
                              from ({Changes}) c
                             cross join lateral (values (c.buyer_id), (c.seller_id)) p(user_id)
                             where c.to_status = 'Released'
                               and c.from_status <> 'Released') u
                     group by u.asset, u.fiat, u.payment_method_id) s
             where a.day = cast(@from at time zone 'UTC' as date)
               and a.asset = s.asset
               and a.fiat = s.fiat
               and a.payment_method_id = s.payment_method_id
            """,
            new { from, to });
        await tx.Execute(
            """
            update analytics_rolled
               set final_at = clock_timestamp()
             where day = cast(@from at time zone 'UTC' as date)
            """,
            new { from });
    }

    /// <summary>Rolled up days, put together.</summary>
    public static Task<IEnumerable<DayFigures>> Days(Tx tx, AnalyticsRange range, int rowsMax) =>
        tx.Query<DayFigures>(
            """
            select case when @ByDay then to_char(a.day, 'YYYY-MM-DD') end as day, a.asset, a.fiat,
                   case when @ByMethod then a.payment_method_id end as payment_method_id,
                   sum(a.placed)::bigint as placed, sum(a.completed)::bigint as completed, sum(a.cancelled)::bigint as cancelled,
                   sum(a.expired)::bigint as expired, sum(a.disputed)::bigint as disputed, sum(a.crypto_volume) as crypto_volume,
                   sum(a.fiat_volume) as fiat_volume, sum(a.traders)::bigint as traders, sum(a.returned)::bigint as returned
              from analytics_days a
             where a.day between cast(@From as date) and cast(@To as date)
             group by 1, 2, 3, 4
             order by 1, 2, 3, 4
             limit @rowsMax
            """,
            new { range.From, range.To, range.ByDay, range.ByMethod, rowsMax });

    public static Task<IEnumerable<ReleaseTimes>> DayTimes(Tx tx, AnalyticsRange range) =>
        tx.Query<ReleaseTimes>(
            """
            select case when @ByDay then to_char(a.day, 'YYYY-MM-DD') end as day, a.asset, a.fiat,
                   case when @ByMethod then a.payment_method_id end as payment_method_id, a.bucket, sum(a.orders)::bigint as orders
              from analytics_release_times a
             where a.day between cast(@From as date) and cast(@To as date)
             group by 1, 2, 3, 4, 5
            """,
            new { range.From, range.To, range.ByDay, range.ByMethod });

    /// <summary>Days that have orders before or on them and are not rolled up.</summary>
    public static Task<IEnumerable<string>> Missing(Tx tx, string from, string to) =>
        tx.Query<string>(
            """
            select to_char(g.day, 'YYYY-MM-DD')
              from generate_series(cast(@from as date), cast(@to as date), interval '1 day') g(day)
              left join analytics_rolled r on r.day = g.day::date
             where r.day is null
             order by g.day
            """,
            new { from, to });

    public static Task<IEnumerable<MethodName>> Names(Tx tx) =>
        tx.Query<MethodName>(
            """
            select m.id, m.name
              from payment_methods m
            """);
}

/// <summary>Which days are read, and how they are put together.</summary>
internal sealed record AnalyticsRange(string From, string To, bool ByDay, bool ByMethod);

/// <summary>What is known of days.</summary>
internal sealed record KnownDays
{
    /// <summary>Of the first order.</summary>
    public string? First { get; init; }

    /// <summary>The last that is rolled up.</summary>
    public string? Rolled { get; init; }

    /// <summary>Now.</summary>
    public required string Today { get; init; }

    /// <summary>Five minutes ago: what happened on an earlier day is committed.</summary>
    public required string Settled { get; init; }
}

/// <summary>A payment method's name.</summary>
internal sealed record MethodName
{
    public required long Id { get; init; }

    public required string Name { get; init; }
}
