using Dapper;
using Npgsql;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Tests.Engine;

/// <summary>Many users and ads in one statement each: tests that race need thousands.</summary>
internal static class MarketSeed
{
    /// <summary>Users who have joined, each with one M-Pesa account and, when asked, bitcoin.</summary>
    public static async Task<long[]> Users(this EngineMarket market, int count, decimal bitcoin = 0)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Ids.NewUserId()).ToArray();
        await using (var connection = await market.Open())
        {
            await connection.ExecuteAsync(
                """
                insert into users (id, sub) select x, 'user-' || x from unnest(@ids) x;
                insert into profiles (user_id, joined_at, updated_at, last_active_at)
                select x, now() - interval '40 days', now(), now() from unnest(@ids) x;
                insert into standings (user_id) select x from unnest(@ids) x;
                insert into streams (user_id, audience) select x, 'trade' from unnest(@ids) x;
                insert into payment_accounts (id, user_id, payment_method_id, fields, created_at)
                select gen_random_uuid(), x, 17, '{"holder":"A","phone":"+254700000000"}', now() from unnest(@ids) x;
                """,
                new { ids });
        }

        if (bitcoin > 0)
        {
            await All(ids, id => market.RunRaw(EngineMarket.Deposit(id, bitcoin)));
        }

        return ids;
    }

    /// <summary>One open ad for each owner, for bitcoin against Kenyan shillings at 1,000 each.</summary>
    public static async Task<Guid[]> Ads(
        this EngineMarket market, IReadOnlyList<long> owners, decimal total, bool sells = true, decimal min = 1, decimal max = 1_000_000)
    {
        var ids = owners.Select(_ => Ids.New()).ToArray();
        await using var connection = await market.Open();
        await connection.ExecuteAsync(
            """
            insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
            select x.id, 'Crypto', x.owner, @sells, 'BTC', @total, @total, true, 1, now() from unnest(@ids, @owners) x(id, owner);
            insert into ads (id, owner_id, side, asset, fiat, price_kind, price_fixed, amount_min, amount_max, payment_method_ids,
                             payment_window_minutes, visibility, created_at, updated_at)
            select x.id, x.owner, case when @sells then 'Sell' else 'Buy' end, 'BTC', 'KES', 'Fixed', 1000, @min, @max, array[17::bigint], 30, 'Public',
                   now(), now()
              from unnest(@ids, @owners) x(id, owner);
            """,
            new { ids, owners = owners.ToArray(), sells, total, min, max });
        return ids;
    }

    /// <summary>Statements that no role of ours may run.</summary>
    public static async Task AsSuperuser(this EngineMarket market, string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(market.Database.Superuser);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>An ad is opened or closed as its maker does: under the offer's row lock, outside the engine.</summary>
    public static async Task SetOpen(this EngineMarket market, Guid ad, bool open)
    {
        await using var connection = await market.Open();
        await connection.ExecuteAsync(
            """
            begin;
            select 1 from offers where id = @ad for no key update;
            update offers set open = @open, version = version + 1, changed_at = clock_timestamp() where id = @ad;
            commit;
            """,
            new { ad, open });
    }

    /// <summary>All at once, and all of their results.</summary>
    public static Task<TResult[]> All<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> work) => Task.WhenAll(items.Select(work));

    public static SetSuspended Suspend(long user, bool suspended = true)
    {
        var id = Ids.New();
        return new SetSuspended { UserId = 0, RequestId = id, BodyHash = id.ToByteArray(), SubjectId = user, Suspended = suspended };
    }

    public static ChangeOfferTotal ChangeTotal(long user, Guid ad, decimal total)
    {
        var id = Ids.New();
        return new ChangeOfferTotal { Kind = OrderKind.Crypto, UserId = user, RequestId = id, BodyHash = id.ToByteArray(), OfferId = ad, Total = total };
    }

    /// <summary>Two of the staff; they are in no table.</summary>
    public const long Arbitrator = 900_001;
    public const long Admin = 900_002;

    public static MoveDispute Dispute(long user, Guid order, DisputeAction action, Party by)
    {
        var id = Ids.New();
        return new MoveDispute
        {
            UserId = user,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            OrderId = order,
            Action = action,
            By = by,
            Text = "look again",
            IsAdmin = by == Party.Staff,
        };
    }

    /// <summary>What the timers propose, without waiting for them.</summary>
    public static MoveDispute TimeOver(Guid order) => Dispute(Caller.System.UserId, order, DisputeAction.TimeOver, Party.System);

    /// <summary>Confirmed orders become disputed, and a refund is ruled; then the buyer appeals, or the time to appeal is over.</summary>
    public static async Task Disputed(this EngineMarket market, IEnumerable<(Guid Order, long Buyer)> orders, bool appealed)
    {
        await All(orders, async stage =>
        {
            var (order, buyer) = stage;
            await market.RunRaw(EngineMarket.Move(buyer, order, OrderAction.Dispute) with
            {
                Dispute = new DisputeTerms(Ids.New(), DisputeReason.NotReleased, "I have paid"),
            });
            await market.RunRaw(Dispute(buyer, order, DisputeAction.Escalate, Party.Buyer));
            await market.RunRaw(Dispute(Arbitrator, order, DisputeAction.Rule, Party.Staff) with
            {
                Ruling = new RulingTerms(RulingDecision.Refund, null, "no proof"),
            });
            return appealed ? await market.RunRaw(Dispute(buyer, order, DisputeAction.Appeal, Party.Buyer)) : "";
        });
        if (!appealed)
        {
            await market.AsSuperuser(
                "update disputes set deadline = clock_timestamp() where order_id = any(@ids)", new { ids = orders.Select(stage => stage.Order).ToArray() });
        }
    }
}
