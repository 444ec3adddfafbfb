using Dapper;
using Npgsql;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>What must hold whenever no command runs: the ledger's invariants, and what offers, standings and withdrawals say of the orders.</summary>
internal static class EngineInvariants
{
    private static readonly (string Name, string Sql)[] Broken =
    [
        (
            "an offer has not what its orders left",
            """
            select count(*)
              from offers f
              left join (select offer_id, sum(taken) as taken from orders where status not in ('Cancelled', 'Expired') group by offer_id) o
                on o.offer_id = f.id
             where f.total - f.remaining <> coalesce(o.taken, 0)
            """
        ),
        (
            "a standing counts other orders than there are",
            """
            with mine as (
                select u.user_id,
                       count(*) filter (where o.status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed') and u.party <> o.maker) as open,
                       count(*) filter (where o.status = 'AwaitingPayment' and u.party = 'Buyer' and o.maker = 'Seller') as unpaid,
                       count(*) filter (where o.status = 'Released' and t.id is null) as completed
                  from orders o
                  left join transfers t on t.order_id = o.id and t.kind = 'Split'
                 cross join lateral (values (o.buyer_id, 'Buyer'), (o.seller_id, 'Seller')) u(user_id, party)
                 group by u.user_id
            )
            select count(*)
              from standings s
              left join mine m on m.user_id = s.user_id
             where (s.open_as_taker, s.unpaid_as_taker, s.completed) <> (coalesce(m.open, 0), coalesce(m.unpaid, 0), coalesce(m.completed, 0))
            """
        ),
        (
            "a withdrawal's hold is not its amount",
            """
            select count(*)
              from withdrawals w
              join accounts a on a.id = w.id
             where a.balance <> case when w.status = 'Requested' then w.amount else 0 end
            """
        ),
    ];

    public static async Task Check(EngineMarket market)
    {
        await using var connection = await market.Open();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        foreach (var (name, sql) in Broken)
        {
            (await connection.ExecuteScalarAsync<long>(sql, transaction: snapshot)).ShouldBe(0, name);
        }

        await snapshot.CommitAsync();
        var report = await Invariants.Check(market.App);
        TestContext.Out.WriteLine(
            $"Invariants hold over {report.Counts.Entries} entries, {report.Counts.HistoryRows} rows of history, {report.Counts.Events} events.");
    }

    /// <summary>How many deadlocks PostgreSQL has had to break in this database.</summary>
    public static async Task<long> Deadlocks(EngineMarket market)
    {
        await using var connection = new NpgsqlConnection(market.Database.Superuser);
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<long>(
            "select deadlocks from pg_stat_database where datname = current_database()");
    }
}
