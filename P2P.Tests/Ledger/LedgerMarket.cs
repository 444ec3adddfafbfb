using Dapper;
using Npgsql;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Tests.Engine;

namespace P2P.Tests.Ledger;

/// <summary>A market in which something of every kind has happened, so that every check of the verifier has something to check.</summary>
public static class LedgerMarket
{
    public static async Task<EngineMarket> Create()
    {
        var market = await EngineMarket.Create();
        await Trade(market);
        return market;
    }

    /// <summary>Deposits, withdrawals of every end, orders of every end and some that are open, and staff's log.</summary>
    public static async Task Trade(EngineMarket market)
    {
        var seller = await market.User(bitcoin: 20);
        var buyer = await market.User(bitcoin: 1);
        var ad = await market.Ad(seller, total: 15);
        await Place(market, buyer, ad);
        await Place(market, buyer, ad, OrderAction.ConfirmPayment);
        await Release(market, buyer, seller, ad);
        await Release(market, buyer, seller, ad);
        await Place(market, buyer, ad, OrderAction.Cancel);

        foreach (var settled in new[] { true, false })
        {
            var withdrawal = await Withdraw(market, buyer, 0.25m);
            await market.RunRaw(End(buyer, withdrawal, settled));
        }

        await Withdraw(market, seller, 0.5m);
        await using var connection = await market.Open();
        for (var i = 0; i < 4; i++)
        {
            await connection.ExecuteAsync(
                "select audit_append('admin', 'Suspend', @target, null, @after, 'spam', null)",
                new { target = $"user-{i}", after = $"until {i}" });
        }
    }

    public static async Task<Guid> Place(EngineMarket market, long buyer, Guid ad, params OrderAction[] thenBuyer)
    {
        var order = (await market.Run(EngineMarket.Place(buyer, ad, 1))).OrderId;
        foreach (var action in thenBuyer)
        {
            await market.Run(EngineMarket.Move(buyer, order, action));
        }

        return order;
    }

    public static async Task<Guid> Release(EngineMarket market, long buyer, long seller, Guid ad)
    {
        var order = await Place(market, buyer, ad, OrderAction.ConfirmPayment);
        await market.Run(EngineMarket.Move(seller, order, OrderAction.Release));
        return order;
    }

    public static async Task<Guid> Withdraw(EngineMarket market, long user, decimal amount)
    {
        var id = Ids.New();
        await market.RunRaw(new RequestWithdrawal
        {
            UserId = user,
            RequestId = Ids.New(),
            BodyHash = RequestHash.Of("withdraw", id),
            WithdrawalId = id,
            Asset = "BTC",
            Amount = amount,
            Destination = "bc1qtest",
        });
        return id;
    }

    public static EndWithdrawal End(long user, Guid withdrawal, bool settled) => new()
    {
        UserId = Caller.System.UserId,
        RequestId = Ids.New(),
        BodyHash = RequestHash.Of("end", withdrawal),
        WithdrawalId = withdrawal,
        SubjectId = user,
        Asset = "BTC",
        Settled = settled,
        ExternalReference = $"tx-{withdrawal}",
    };

    /// <summary>What no role of ours may do: changes rows with the triggers off.</summary>
    public static async Task Tamper(this EngineMarket market, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(market.Database.Superuser);
        await connection.OpenAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        (await connection.ExecuteAsync(sql, parameters)).ShouldNotBe(0, "the tampering changed nothing");
        await connection.ExecuteAsync("reset session_replication_role");
    }

    public static async Task<IReadOnlyList<T>> Rows<T>(this EngineMarket market, string sql)
    {
        await using var connection = await market.Open();
        return [.. await connection.QueryAsync<T>(sql)];
    }
}
