using P2P.Db;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>Reads what is known of a partner: of each side the newest orders only, so that a busy merchant's costs no more than another's.</summary>
public static class PartnerSql
{
    private const int OrdersMax = 1_000;

    /// <summary>
    /// Whether the two have traded is looked for among the orders of whoever completed fewer: who completed none with the other among a thousand
    /// has, for this purpose, not traded.
    /// </summary>
    public static Task<PartnerFacts?> Facts(Tx tx, long userId, long partnerId, int disputedDays) => tx.One<PartnerFacts>(
        """
        select p.joined_at, p.username_changed_at, s.completed,
               s.completed > 0 and m.completed > 0
               and exists (select 1
                             from ((select o.seller_id as other, o.status
                                      from orders o
                                     where o.buyer_id = w.fewer
                                     order by o.id desc
                                     limit @OrdersMax)
                                    union all
                                   (select o.buyer_id, o.status
                                      from orders o
                                     where o.seller_id = w.fewer
                                     order by o.id desc
                                     limit @OrdersMax)) x
                            where x.other = w.more
                              and x.status = 'Released') as have_traded,
               (select cast(count(*) as integer)
                  from ((select o.id
                           from orders o
                          where o.buyer_id = @partnerId
                          order by o.id desc
                          limit @OrdersMax)
                         union all
                        (select o.id
                           from orders o
                          where o.seller_id = @partnerId
                          order by o.id desc
                          limit @OrdersMax)) x
                  join disputes d on d.order_id = x.id
                 where d.raised_at > clock_timestamp() - make_interval(days => @disputedDays)) as disputes,
               clock_timestamp() as now
          from profiles p
          join standings s on s.user_id = p.user_id
          join standings m on m.user_id = @userId
         cross join lateral (
               select case when s.completed <= m.completed then s.user_id else m.user_id end as fewer,
                      case when s.completed <= m.completed then m.user_id else s.user_id end as more) w
         where p.user_id = @partnerId
        """,
        new { userId, partnerId, disputedDays, OrdersMax });
}
