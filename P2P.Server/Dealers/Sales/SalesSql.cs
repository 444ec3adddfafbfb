using P2P.Db;

namespace P2P.Server.Dealers.Sales;

/// <summary>Sales of one group.</summary>
public sealed record SalesFigures
{
    public Guid? ItemId { get; init; }
    public string? ItemName { get; init; }
    public string? Unit { get; init; }
    public decimal? Quantity { get; init; }
    public byte[]? PeerId { get; init; }
    public string? PeerName { get; init; }
    public string? Day { get; init; }
    public required string Currency { get; init; }
    public required long Orders { get; init; }
    public required decimal Ordered { get; init; }
    public required decimal Earned { get; init; }
}

/// <summary>An item's stock at the ends of some days, and what was sold between.</summary>
public sealed record StockFigures
{
    public required Guid ItemId { get; init; }
    public required string ItemName { get; init; }
    public required string Unit { get; init; }
    public required decimal Opening { get; init; }
    public required decimal Closing { get; init; }
    public required decimal Sold { get; init; }
}

/// <summary>What a seller sold; every statement names the seller.</summary>
public static class SalesSql
{
    /// <summary>
    /// Completed orders by the day on which they ended. Earned is what the ledger paid out of escrow; without escrow the price of what was sent, rounded
    /// half to even to the currency's decimals as the order's own price is.
    /// </summary>
    private const string Sold =
        """
        with sold as (
            select o.offer_id,
                   o.buyer_id,
                   (o.updated_at at time zone 'UTC')::date as day,
                   g.currency,
                   g.fulfilled,
                   g.total,
                   case
                       when o.held > 0 then (select coalesce(sum(e.amount), 0)
                                               from transfers t
                                               join entries e on e.transfer_id = t.id
                                               join accounts a on a.id = e.account_id
                                              where t.order_id = o.id
                                                and t.kind in ('Release', 'Split')
                                                and a.kind = 'Available'
                                                and a.user_id = o.seller_id)
                       when mod(g.price * g.fulfilled * 10::numeric ^ g.scale, 1) = 0.5
                           then round(2 * round(g.price * g.fulfilled * 10::numeric ^ g.scale / 2) / 10::numeric ^ g.scale, g.scale)
                       else round(g.price * g.fulfilled, g.scale)
                   end as earned
              from orders o
              join goods_orders g on g.order_id = o.id
             where o.seller_id = @sellerId
               and o.kind = 'Goods'
               and o.status = 'Completed'
               and o.updated_at >= @from::date::timestamp at time zone 'UTC'
               and o.updated_at < (@to::date + 1)::timestamp at time zone 'UTC')
        """;

    private const string Sums = "s.currency, count(*) as orders, sum(s.total) as ordered, sum(s.earned) as earned";

    public static Task<IEnumerable<SalesFigures>> ByItem(Tx tx, long sellerId, string from, string to, int rowsMax) => tx.Query<SalesFigures>(
        $"""
        {Sold}
        select i.id as item_id, i.name as item_name, f.unit, sum(s.fulfilled) as quantity, {Sums}
          from sold s
          join items i on i.id = s.offer_id
          join offers f on f.id = s.offer_id
         group by i.id, i.name, f.unit, s.currency
         order by s.currency, earned desc, i.id
         limit @rowsMax
        """,
        new { sellerId, from, to, rowsMax });

    public static Task<IEnumerable<SalesFigures>> ByPeer(Tx tx, long sellerId, string from, string to, int rowsMax) => tx.Query<SalesFigures>(
        $"""
        {Sold}
        select p.peer_id, coalesce(p.name, '') as peer_name, {Sums}
          from sold s
          join peers p on p.user_id = s.buyer_id
         group by p.user_id, p.peer_id, p.name, s.currency
         order by s.currency, earned desc, p.user_id
         limit @rowsMax
        """,
        new { sellerId, from, to, rowsMax });

    public static Task<IEnumerable<SalesFigures>> ByDay(Tx tx, long sellerId, string from, string to, int rowsMax) => tx.Query<SalesFigures>(
        $"""
        {Sold}
        select to_char(s.day, 'YYYY-MM-DD') as day, {Sums}
          from sold s
         group by s.day, s.currency
         order by s.currency, s.day
         limit @rowsMax
        """,
        new { sellerId, from, to, rowsMax });

    /// <summary>
    /// An item's free stock at moment <c>m.at</c>: what its history last said by then, less what was ordered since, and what came back since: the rest of
    /// a last part when it was sent, and of an order that came to nothing when it ended.
    /// </summary>
    private const string StockThen =
        """
        select h.stock - coalesce((
               select sum(case when o.created_at > h.at then g.quantity else 0 end
                          - case
                                when g.fulfilled_at is not null
                                    then case when g.fulfilled_at > h.at and g.fulfilled_at < m.at then g.quantity - g.fulfilled else 0 end
                                when o.status in ('Cancelled', 'Expired', 'Declined') and o.updated_at > h.at and o.updated_at < m.at
                                    then g.quantity - g.fulfilled
                                else 0
                            end)
                 from orders o
                 join goods_orders g on g.order_id = o.id
                where o.offer_id = i.id
                  and o.created_at < m.at), 0)
          from item_history h
         where h.item_id = i.id
           and h.at < m.at
         order by h.version desc
         limit 1
        """;

    public static Task<IEnumerable<StockFigures>> Stock(Tx tx, long sellerId, string from, string to, int rowsMax) => tx.Query<StockFigures>(
        $"""
        with days as (
            select @from::date::timestamp at time zone 'UTC' as first, (@to::date + 1)::timestamp at time zone 'UTC' as last)
        select x.*
          from (select i.id as item_id,
                       i.name as item_name,
                       f.unit,
                       coalesce((select ({StockThen}) from (select d.first as at) m), 0) as opening,
                       coalesce((select ({StockThen}) from (select d.last as at) m), 0) as closing,
                       (select coalesce(sum(g.fulfilled), 0)
                          from orders o
                          join goods_orders g on g.order_id = o.id
                         where o.offer_id = i.id
                           and o.status = 'Completed'
                           and o.updated_at >= d.first
                           and o.updated_at < d.last) as sold
                  from items i
                  join offers f on f.id = i.id
                 cross join days d
                 where i.owner_id = @sellerId
                   and i.created_at < d.last
                   and (i.closed_at is null or i.closed_at >= d.first)) x
         order by x.sold / nullif(x.opening + x.closing, 0) desc nulls last, x.item_id
         limit @rowsMax
        """,
        new { sellerId, from, to, rowsMax });
}
