using System.Data.Common;
using Dapper;
using P2P.Db;

namespace P2P.Server.Trading.Ads;

/// <summary>Statements that read ads.</summary>
public static class AdSql
{
    private const string Columns =
        """
        select a.id, a.owner_id, a.side, a.asset, a.fiat, a.price_kind, a.price_fixed, a.price_percent, a.price_floor, a.price_ceiling,
               a.amount_min, a.amount_max, a.payment_method_ids, a.payment_window_minutes, a.visibility, a.link_hash, a.terms, a.auto_reply,
               a.completed_trades_min, a.completion_rate_min, a.account_age_days_min, a.verified_only, a.created_at, a.closed_at, a.hidden_reason,
               o.total, o.remaining, o.open, o.version, p.price as reference_price, q.source as reference_source,
               q.fresh_until as reference_fresh_until, s.scale as asset_scale, c.scale as fiat_scale, s.fee_rate,
               s.is_traded as asset_is_traded, s.order_min, s.order_max,
               l.new_per_order, l.new_per_day, l.verified_per_order, l.verified_per_day, l.merchant_per_order, l.merchant_per_day,
               h.time_zone, cast(h.week as text) as open_week, h.vacation_until,
               m.username, m.is_verified, m.is_merchant, st.completed, st.cancelled, st.suspended, st.cooling_down_until, rep.score as reputation,
               coalesce(b.balance, 0) as available
        """;

    private const string Tables =
        """
          from ads a
          join offers o on o.id = a.id
          join assets s on s.code = a.asset
          join currencies c on c.code = a.fiat
          join profiles m on m.user_id = a.owner_id
          join standings st on st.user_id = a.owner_id
          left join reputations rep on rep.user_id = a.owner_id
          left join prices q on q.asset = a.asset and q.fiat = a.fiat
         cross join lateral (select case when q.fresh_until > clock_timestamp() then q.price end as price) p
          left join trade_limits l on l.currency = a.fiat
          left join maker_hours h on h.user_id = a.owner_id
          left join accounts b on b.user_id = a.owner_id and b.asset = a.asset and b.kind = 'Available'
        """;

    /// <summary>
    /// The price as <see cref="AdRules.PriceOf"/> computes it. PostgreSQL rounds half away from zero, so the halves are cut where the even
    /// neighbour lies below. The least order's asset is counted in its smallest unit: <c>div</c> cuts exactly, where a quotient would be rounded
    /// first.
    /// </summary>
    internal const string Computed =
        """
         cross join lateral (select p.price * a.price_percent * 0.01 as exact, 10::numeric ^ s.scale as units) x
         cross join lateral (
               select case
                          when a.price_kind = 'Fixed' then a.price_fixed
                          when x.exact is null        then null
                          else nullif(least(greatest(
                                   case
                                       when x.exact - trunc(x.exact, 8) = 0.000000005 and mod(trunc(x.exact * 100000000), 2) = 0
                                       then trunc(x.exact, 8)
                                       else round(x.exact, 8)
                                   end, a.price_floor), a.price_ceiling), 0)
                      end as price) y
         cross join lateral (
               select least(a.amount_max, trunc(o.remaining * y.price, c.scale)) as most,
                      div(a.amount_min * x.units, y.price) as least_units) z
        """;

    /// <summary>What <see cref="AdRules.HiddenBecause"/> says in C#.</summary>
    private const string IsShown =
        """
               a.closed_at is null
           and o.open
           and s.is_traded
           and not st.suspended
           and y.price is not null
           and z.least_units <= o.remaining * x.units
           and case a.side
                   when 'Sell' then coalesce(b.balance, 0) * x.units >= z.least_units + ceil(z.least_units * s.fee_rate)
                   else st.cooling_down_until is null or st.cooling_down_until <= clock_timestamp()
               end
           and (h.vacation_until is null or h.vacation_until <= clock_timestamp())
           and (h.week is null or h.week @> cast(extract(isodow from clock_timestamp() at time zone h.time_zone) * 1440 - 1440
                                               + extract(hour from clock_timestamp() at time zone h.time_zone) * 60
                                               + extract(minute from clock_timestamp() at time zone h.time_zone) as integer))
        """;

    private const string Filters =
        """
           and a.asset = @asset
           and a.fiat = @fiat
           and a.side = @side
           and a.owner_id <> @callerId
           and not exists (select 1 from contacts k where k.user_id = a.owner_id and k.other_id = @callerId and k.kind = 'Blocked')
           and not exists (select 1 from contacts k where k.user_id = @callerId and k.other_id = a.owner_id and k.kind = 'Blocked')
           and (not @favouritesOnly
                or exists (select 1 from contacts k where k.user_id = @callerId and k.other_id = a.owner_id and k.kind = 'Favourite'))
           and (a.visibility = 'Public'
                or (a.visibility = 'Chosen' and exists (select 1 from ad_viewers v where v.ad_id = a.id and v.user_id = @callerId)))
           and (@amount::numeric is null or @amount::numeric between a.amount_min and greatest(z.most, a.amount_min))
           and (@paymentMethodId::bigint is null or @paymentMethodId::bigint = any(a.payment_method_ids))
           and (@country::text is null
                or exists (select 1 from payment_methods pm
                            where pm.id = any(a.payment_method_ids) and (pm.country is null or pm.country = @country::text)))
           and (not @verifiedOnly or m.is_verified)
           and (not @merchantsOnly or m.is_merchant)
           and (not @eligibleOnly
                or ((@isVerified or not a.verified_only)
                    and (a.completed_trades_min is null or a.completed_trades_min <= @completed)
                    and (a.completion_rate_min is null or @rate::numeric is null or a.completion_rate_min <= @rate::numeric)
                    and (a.account_age_days_min is null or a.account_age_days_min <= @ageDays)
                    and (a.side = 'Sell'
                         or (a.payment_method_ids && @accountMethodIds::bigint[] and z.least_units <= @available::numeric * x.units))))
        """;

    private const string OpenIn = $"{Columns}\n{Tables}\n{Computed}\n where {IsShown}\n{Filters}\n";

    private const string OpenByPriceUp =
        $"""
        {OpenIn}
           and (@afterId::uuid is null or (y.price, a.id) > (@afterPrice::numeric, @afterId::uuid))
         order by y.price, a.id
         limit @rowsMax
        """;

    private const string OpenByPriceDown =
        $"""
        {OpenIn}
           and (@afterId::uuid is null or y.price < @afterPrice::numeric or (y.price = @afterPrice::numeric and a.id > @afterId::uuid))
         order by y.price desc, a.id
         limit @rowsMax
        """;

    private const string OpenByReputation =
        $"""
        {OpenIn}
           and (@afterId::uuid is null
                or (coalesce(rep.score, -1), st.completed) < (@afterScore::numeric, @afterCompleted::integer)
                or (coalesce(rep.score, -1) = @afterScore::numeric and st.completed = @afterCompleted::integer and a.id > @afterId::uuid))
         order by coalesce(rep.score, -1) desc, st.completed desc, a.id
         limit @rowsMax
        """;

    /// <summary>Ads that the caller may see and that match, from the place after the former page.</summary>
    public static Task<IReadOnlyList<ListedAd>> Open(Tx tx, AdOrdering ordering, object parameters) =>
        Rows(
            tx,
            ordering switch
            {
                AdOrdering.PriceUp => OpenByPriceUp,
                AdOrdering.PriceDown => OpenByPriceDown,
                AdOrdering.Reputation => OpenByReputation,
                _ => throw new ArgumentOutOfRangeException(nameof(ordering), ordering, null),
            },
            parameters);

    /// <summary>One's own ads, newest first.</summary>
    public static Task<IReadOnlyList<ListedAd>> OfOwner(Tx tx, long ownerId, bool includeClosed, Guid? afterId, int rowsMax) =>
        Rows(
            tx,
            $"""
            {Columns}
            {Tables}
             where a.owner_id = @ownerId
               and (@includeClosed or a.closed_at is null)
               and (@afterId::uuid is null or a.id < @afterId::uuid)
             order by a.id desc
             limit @rowsMax
            """,
            new { ownerId, includeClosed, afterId, rowsMax });

    public static Task<IReadOnlyList<ListedAd>> ByIds(Tx tx, Guid[] ids) =>
        Rows(
            tx,
            $"""
            {Columns}
            {Tables}
             where a.id = any(@ids)
            """,
            new { ids });

    /// <summary>The public ads of one side of a market that are shown, best price for the taker first.</summary>
    public static Task<IReadOnlyList<ListedAd>> Book(Tx tx, string side, string asset, string fiat, int rowsMax) =>
        Rows(
            tx,
            $"""
            {Columns}
            {Tables}
            {Computed}
             where {IsShown}
               and a.side = @side
               and a.asset = @asset
               and a.fiat = @fiat
               and a.visibility = 'Public'
             order by case a.side when 'Sell' then y.price else -y.price end, a.id
             limit @rowsMax
            """,
            new { side, asset, fiat, rowsMax });

    /// <summary>The public ads of some makers that are shown.</summary>
    public static Task<IReadOnlyList<ListedAd>> BookOfMakers(Tx tx, long[] ownerIds) =>
        Rows(
            tx,
            $"""
            {Columns}
            {Tables}
            {Computed}
             where {IsShown}
               and a.owner_id = any(@ownerIds)
               and a.visibility = 'Public'
            """,
            new { ownerIds });

    /// <summary>The makers of some offers: what one of their ads takes, the others lack.</summary>
    public static Task<IEnumerable<long>> OwnersOf(Tx tx, Guid[] offerIds) =>
        tx.Query<long>(
            """
            select distinct owner_id
              from offers
             where id = any(@offerIds)
               and kind = 'Crypto'
            """,
            new { offerIds });

    /// <summary>Crypto offers that changed lately, with what tells one state from another.</summary>
    public static Task<IEnumerable<ChangedOffer>> ChangedSince(Tx tx, int secondsBack) =>
        tx.Query<ChangedOffer>(
            """
            select id, version, total, remaining, open
              from offers
             where changed_at > clock_timestamp() - make_interval(secs => @secondsBack)
               and kind = 'Crypto'
            """,
            new { secondsBack });

    public static async Task<HashSet<long>> ViewersOf(Tx tx, Guid adId) =>
        [
            .. await tx.Query<long>(
                """
                select user_id
                  from ad_viewers
                 where ad_id = @adId
                """,
                new { adId }),
        ];

    public static Task<IEnumerable<(Guid AdId, long UserId)>> ViewersOf(Tx tx, Guid[] adIds) =>
        tx.Query<(Guid, long)>(
            """
            select ad_id, user_id
              from ad_viewers
             where ad_id = any(@adIds)
             order by ad_id, user_id
            """,
            new { adIds });

    /// <summary>Standings of takers for assets, pair by pair.</summary>
    public static Task<IEnumerable<TakerStanding>> Takers(Tx tx, long[] userIds, string[] assets) =>
        tx.Query<TakerStanding>(
            """
            select k.user_id, k.asset, m.is_verified, m.is_merchant, m.joined_at, st.completed, st.cancelled, st.suspended, st.open_as_taker,
                   st.unpaid_as_taker, st.cooling_down_until, cast(st.day_volume as text) as day_volume, coalesce(b.balance, 0) as available,
                   array(select distinct pa.payment_method_id from payment_accounts pa
                          where pa.user_id = k.user_id and pa.deleted_at is null) as account_method_ids,
                   clock_timestamp() as now
              from unnest(@userIds, @assets) k(user_id, asset)
              join profiles m on m.user_id = k.user_id
              join standings st on st.user_id = k.user_id
              left join accounts b on b.user_id = k.user_id and b.asset = k.asset and b.kind = 'Available'
            """,
            new { userIds, assets });

    /// <summary>What a maker's terms are checked against; always one row.</summary>
    public static async Task<TermsFacts> TermsFacts(Tx tx, long userId, string asset, string fiat, long[] methodIds, long[] viewerIds) =>
        await tx.One<TermsFacts>(
            """
            select s.scale as asset_scale, s.is_traded as asset_is_traded, s.fee_rate, c.scale as fiat_scale,
                   case when p.fresh_until > clock_timestamp() then p.price end as reference_price, p.source as reference_source,
                   p.fresh_until as reference_fresh_until,
                   array(select pm.id from payment_methods pm where pm.id = any(@methodIds) and pm.currency = @fiat and pm.active)
                       as known_method_ids,
                   array(select distinct pa.payment_method_id from payment_accounts pa
                          where pa.user_id = @userId and pa.deleted_at is null and pa.payment_method_id = any(@methodIds))
                       as account_method_ids,
                   (select count(*) from profiles v where v.user_id = any(@viewerIds))::integer as known_viewers,
                   (select count(*) from ads a where a.owner_id = @userId and a.closed_at is null)::integer as open_ads,
                   st.suspended, st.cooling_down_until, coalesce(b.balance, 0) as available, clock_timestamp() as now,
                   h.time_zone, cast(h.week as text) as open_week, h.vacation_until
              from standings st
              left join maker_hours h on h.user_id = st.user_id
              left join assets s on s.code = @asset
              left join currencies c on c.code = @fiat
              left join prices p on p.asset = @asset and p.fiat = @fiat
              left join accounts b on b.user_id = st.user_id and b.asset = @asset and b.kind = 'Available'
             where st.user_id = @userId
            """,
            new { userId, asset, fiat, methodIds, viewerIds })
        ?? throw new InvalidOperationException($"User {userId} has no standing.");

    /// <summary>Both halves of a row are read by name from the same columns.</summary>
    private static async Task<IReadOnlyList<ListedAd>> Rows(Tx tx, string sql, object parameters)
    {
        await using var reader = (DbDataReader)await tx.Connection.ExecuteReaderAsync(
            new CommandDefinition(sql, parameters, tx.Transaction, cancellationToken: tx.Cancellation));
        var ad = reader.GetRowParser<Ad>();
        var maker = reader.GetRowParser<MakerFacts>();
        var rows = new List<ListedAd>();
        while (await reader.ReadAsync(tx.Cancellation))
        {
            rows.Add(new ListedAd(ad(reader), maker(reader)));
        }

        return rows;
    }
}

/// <summary>In which order ads are read.</summary>
public enum AdOrdering
{
    PriceUp,
    PriceDown,
    Reputation,
}

/// <summary>A state of an offer, as far as its readers can tell it from another.</summary>
public sealed record ChangedOffer
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required decimal Total { get; init; }

    public required decimal Remaining { get; init; }

    public required bool Open { get; init; }
}
