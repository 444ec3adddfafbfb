using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>Reads of streams and their events, which are compared with what they tell of.</summary>
internal static class VerifyEventSql
{
    /// <summary>Events of the scope's time.</summary>
    public static IAsyncEnumerable<StreamEventRow> EventsSince(Tx tx, VerifyScope scope) => VerifySql.Rows<StreamEventRow>(
        tx,
        """
        select e.user_id, e.audience, e.seq, e.type, e.body
          from events e
         where e.at > $1
        """,
        (scope.Since ?? DateTimeOffset.MinValue).UtcDateTime);

    public static IAsyncEnumerable<StreamEventRow> StreamEvents(Tx tx) => VerifySql.Rows<StreamEventRow>(
        tx,
        """
        select coalesce(s.user_id, e.user_id) as user_id, coalesce(s.audience, e.audience) as audience, s.first_seq, s.last_seq,
               e.seq, e.type, e.body
          from streams s
          full join events e on e.user_id = s.user_id and e.audience = s.audience
         order by 1, 2, e.seq
        """);

    /// <summary>An event that tells of an order what its history, its parties and (for the newest version) its row do not say.</summary>
    public static Task<IEnumerable<StreamEventRow>> WrongOrderEvents(Tx tx, VerifyScope scope) =>
        tx.Query<StreamEventRow>(
            """
            select t.user_id, t.audience, t.seq
              from (select e.user_id, e.audience, e.seq, e.at, e.body::jsonb as b, e.body::jsonb -> 'order' as d
                      from events e
                     where e.type in ('OrderChanged', 'GoodsOrderChanged')
                       and (cast(@Since as timestamptz) is null or e.at > @Since)) t
              left join order_history h on h.order_id = (t.d ->> 'id')::uuid and h.version = (t.d ->> 'version')::integer
              left join orders o on o.id = h.order_id
             where (t.at = h.at
                    and lower(t.b ->> 'action') = lower(h.action)
                    and lower(t.b ->> 'by') = lower(h.by)
                    and lower(t.d ->> 'status') = lower(h.to_status)
                    and lower(t.d ->> 'kind') = lower(o.kind)
                    and coalesce(t.d ->> 'adId', t.d ->> 'itemId')::uuid = o.offer_id
                    and (t.d ->> 'buyerId')::bigint = o.buyer_id
                    and (t.d ->> 'sellerId')::bigint = o.seller_id
                    and coalesce(t.d ->> 'asset', t.d ->> 'currency') = o.asset
                    and coalesce((t.d ->> 'fee')::numeric, 0) = o.fee
                    and t.user_id in (o.buyer_id, o.seller_id)
                    and t.audience = case o.kind when 'Crypto' then 'trade' else 'dealer' end
                    and (h.version < o.version
                         or (lower(t.d ->> 'duty') = lower(o.duty)
                             and (t.d ->> 'deadline')::timestamptz is not distinct from o.deadline
                             and (t.d ->> 'overdue')::boolean = o.overdue
                             and lower(t.d ->> 'cancelRequestedBy') is not distinct from lower(o.cancel_requested_by)))) is not true
             order by t.user_id, t.audience, t.seq
             limit @Most
            """,
            new { scope.Since, scope.Most });

    /// <summary>The two parties hear the same, byte for byte, and once each.</summary>
    public static Task<IEnumerable<string>> DifferingOrderEvents(Tx tx, VerifyScope scope) =>
        tx.Query<string>(
            """
            select string_agg('Event ' || t.seq || ' of user ' || t.user_id || '''s ' || t.audience || ' stream', ' and ')
              from (select e.user_id, e.audience, e.seq, e.body, e.body::jsonb -> 'order' ->> 'id' as id,
                           e.body::jsonb -> 'order' ->> 'version' as version
                      from events e
                     where e.type in ('OrderChanged', 'GoodsOrderChanged')
                       and (cast(@Since as timestamptz) is null or e.at > @Since)) t
             group by t.id, t.version
            having count(distinct t.body) > 1
                or count(*) > count(distinct t.user_id)
             limit @Most
            """,
            new { scope.Since, scope.Most });

    /// <summary>A change that a party's stream does not tell, although it keeps events of that time.</summary>
    public static Task<IEnumerable<UntoldChange>> UntoldChanges(Tx tx, VerifyScope scope) =>
        tx.Query<UntoldChange>(
            """
            select h.order_id, h.version, s.user_id
              from order_history h
              join orders o on o.id = h.order_id
             cross join lateral unnest(array[o.buyer_id, o.seller_id]) p(user_id)
              join streams s on s.user_id = p.user_id
                            and s.audience = case o.kind when 'Crypto' then 'trade' else 'dealer' end
              left join events f on f.user_id = s.user_id and f.audience = s.audience and f.seq = s.first_seq
              left join (select e.user_id, e.audience, (e.body::jsonb -> 'order' ->> 'id')::uuid as order_id,
                                (e.body::jsonb -> 'order' ->> 'version')::integer as version
                           from events e
                          where e.type in ('OrderChanged', 'GoodsOrderChanged')
                            and (cast(@Since as timestamptz) is null or e.at > @Since)) t
                on t.order_id = h.order_id and t.version = h.version and t.user_id = s.user_id and t.audience = s.audience
             where t.order_id is null
               and (cast(@Since as timestamptz) is null or h.at > @Since)
               and (s.first_seq = 1 or h.at > f.at)
             order by h.order_id, h.version, s.user_id
             limit @Most
            """,
            new { scope.Since, scope.Most });

    /// <summary>An event that tells of a balance what no entry says; the end of a sent withdrawal moves nothing and tells the balance
    /// only.</summary>
    public static Task<StreamEventRow?> WrongBalanceEvent(Tx tx) =>
        tx.One<StreamEventRow>(
            """
            with moved as (
                select a.user_id, e.asset, e.amount, t.kind, t.order_id, e.at,
                       sum(e.amount) over (partition by e.account_id order by e.seq) as available
                  from entries e
                  join accounts a on a.id = e.account_id and a.kind = 'Available'
                  join transfers t on t.id = e.transfer_id
            )
            select v.user_id, v.audience, v.seq
              from (select e.user_id, e.audience, e.seq, e.at, e.body::jsonb as b
                      from events e
                     where e.type = 'BalanceChanged') v
              left join moved m on m.user_id = v.user_id and m.at = v.at and m.asset = v.b ->> 'asset'
                               and lower(m.kind) = lower(v.b ->> 'kind') and m.amount = (v.b ->> 'amount')::numeric
                               and m.available = (v.b ->> 'available')::numeric
                               and m.order_id is not distinct from (v.b ->> 'orderId')::uuid
              left join withdrawals w on w.id = (v.b ->> 'withdrawalId')::uuid and w.user_id = v.user_id and w.asset = v.b ->> 'asset'
             where case
                       when v.b ->> 'kind' = 'withdrawalSettled' then
                           (w.status = 'Settled' and w.ended_at = v.at and (v.b ->> 'amount')::numeric = 0 and v.b ->> 'orderId' is null
                            and (v.b ->> 'available')::numeric in (
                                    select coalesce(sum(e.amount) filter (where e.at < v.at), 0)
                                      from accounts a
                                      join entries e on e.account_id = a.id
                                     where a.kind = 'Available' and a.user_id = v.user_id and a.asset = w.asset
                                     union all
                                    select n.available from moved n where n.user_id = v.user_id and n.asset = w.asset and n.at = v.at))
                       else m.user_id is not null and (v.b ->> 'kind' like 'withdrawal%') = (w.id is not null)
                   end is not true
             order by v.user_id, v.audience, v.seq
             limit 1
            """);
}
