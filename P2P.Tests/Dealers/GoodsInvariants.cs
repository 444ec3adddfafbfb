using Dapper;
using Npgsql;

namespace P2P.Tests.Dealers;

/// <summary>What must hold of goods whenever no command runs: what items and standings say of the orders.</summary>
internal static class GoodsInvariants
{
    private static readonly (string Name, string Sql)[] Broken =
    [
        (
            "an item's stock is not what its orders left",
            """
            select count(*)
              from offers f
              join (select o.offer_id,
                           -- What was ordered and never sent is back where the order came to nothing or ended short.
                           sum(case when g.fulfilled_at is null and (o.is_open or o.status = 'Completed') then g.quantity else g.fulfilled end) as gone
                      from orders o
                      join goods_orders g on g.order_id = o.id
                     group by o.offer_id) x on x.offer_id = f.id
             where f.total - f.remaining <> x.gone
            """
        ),
        (
            "a standing counts other goods orders than there are",
            """
            select count(*)
              from standings s
             where s.open_goods <> (select count(*) from orders o where o.is_open and o.kind = 'Goods' and o.buyer_id = s.user_id)
            """
        ),
        (
            "an order's shipments are not what was sent",
            """
            select count(*)
              from goods_orders g
             where (g.fulfilled, g.shipments) <> (select coalesce(sum(s.quantity), 0), count(*) from goods_shipments s where s.order_id = g.order_id)
            """
        ),
    ];

    public static async Task Check(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        foreach (var (name, sql) in Broken)
        {
            (await connection.ExecuteScalarAsync<long>(sql)).ShouldBe(0, name);
        }
    }
}
