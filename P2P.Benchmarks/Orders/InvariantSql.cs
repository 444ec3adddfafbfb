using System.Globalization;
using Npgsql;

namespace P2P.Benchmarks.Orders;

/// <summary>What must hold after whatever was run, each as a count of what breaks it.</summary>
internal static class InvariantSql
{
    private static readonly IReadOnlyList<(string Name, string Sql)> All =
    [
        ("the ledger sums to zero",
            "select count(*) from (select e.asset from entries e group by e.asset having sum(e.amount) <> 0) broken"),
        ("every balance is the sum of its entries, every number the count of them",
            """
            select count(*)
              from accounts a
              left join (select e.account_id, sum(e.amount) as amount, count(*) as links, max(e.seq) as seq
                           from entries e group by e.account_id) e
                on e.account_id = a.id
             where a.balance <> coalesce(e.amount, 0) or a.seq <> coalesce(e.links, 0) or a.seq <> coalesce(e.seq, 0)
            """),
        ("an escrow holds what its order holds while it is open, else nothing",
            """
            select count(*)
              from orders o
              join accounts a on a.id = o.id
             where a.balance <> case when o.status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed') then o.held else 0 end
            """),
        ("every stream is dense",
            """
            select count(*)
              from streams s
              left join (select e.user_id, e.audience, count(*) as links, max(e.seq) as seq, min(e.seq) as first from events e
                          group by e.user_id, e.audience) e
                on e.user_id = s.user_id and e.audience = s.audience
             where s.last_seq <> coalesce(e.links, 0) or s.last_seq <> coalesce(e.seq, 0) or coalesce(e.first, 1) <> 1
            """),
        ("every history is a chain of legal steps that ends in its order's status",
            """
            select count(*)
              from order_history h
              join orders o on o.id = h.order_id
              left join order_history before on before.order_id = h.order_id and before.version = h.version - 1
             where h.from_status is distinct from before.to_status
                or (h.from_status, h.action, h.to_status) not in (('AwaitingPayment', 'ConfirmPayment', 'PaymentConfirmed'),
                                                                  ('PaymentConfirmed', 'Release', 'Released'))
               and not (h.from_status is null and h.action = 'Place' and h.to_status = 'AwaitingPayment' and h.version = 1)
                or (h.version = o.version and (h.to_status <> o.status or h.hash <> o.history_head))
            """),
        ("every order has as many changes as its version says",
            """
            select count(*)
              from orders o
              left join (select h.order_id, count(*) as links from order_history h group by h.order_id) h on h.order_id = o.id
             where o.version <> coalesce(h.links, 0)
            """),
        ("what was taken of an ad is what its orders took",
            """
            select count(*)
              from offers f
              left join (select o.offer_id, sum(o.taken) as taken from orders o
                          where o.status not in ('Cancelled', 'Expired') group by o.offer_id) o
                on o.offer_id = f.id
             where f.total - f.remaining <> coalesce(o.taken, 0)
            """),
        ("no command of the benchmark was refused", "select count(*) from requests r where r.code is not null"),
        ("standings count what their users did",
            """
            select count(*)
              from standings s
              left join (select u.user_id, count(*) filter (where o.status = 'Released') as completed
                           from orders o cross join lateral (values (o.buyer_id), (o.seller_id)) u(user_id) group by u.user_id) o
                on o.user_id = s.user_id
             where s.completed <> coalesce(o.completed, 0)
            """),
        ("every entry's link follows from the former one",
            """
            select count(*)
              from (select e.account_id, e.hash,
                           sha256(coalesce(lag(e.hash) over (partition by e.account_id order by e.seq), decode(repeat('00', 32), 'hex'))
                               || convert_to(concat_ws('|', '', 'v1', e.account_id, e.seq, e.transfer_id, t.kind,
                                                       coalesce(t.order_id::text, ''), e.asset, e.amount,
                                                       (extract(epoch from e.at) * 1000000)::bigint), 'UTF8')) as link
                      from entries e
                      join transfers t on t.id = e.transfer_id) e
             where e.hash <> e.link
            """),
    ];

    /// <summary>The checks with how many rows break each.</summary>
    public static async Task<IReadOnlyList<(string Name, long Broken)>> Check(NpgsqlConnection connection)
    {
        var results = new List<(string, long)>(All.Count);
        foreach (var (name, sql) in All)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            results.Add((name, Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)));
        }

        return results;
    }
}
