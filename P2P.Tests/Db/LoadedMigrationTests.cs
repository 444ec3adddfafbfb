using P2P.Db;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Tests.Support;

namespace P2P.Tests.Db;

/// <summary>The next version's script on a database with money, orders and events in it, while this version serves.</summary>
public sealed class LoadedMigrationTests
{
    [Test]
    public async Task A_loaded_database_is_migrated_twice_and_everything_in_it_stays_and_is_served()
    {
        await using var market = await TestMarket.Create();
        var (seller, buyer) = (await market.Trader("seller", bitcoin: 10), await market.Trader("buyer"));
        var ad = await TestMarket.Ad(seller);
        for (var i = 0; i < 5; i++)
        {
            await Trade(buyer, seller, ad);
        }

        var before = await Invariants.Check(market.Database.Superuser, TimeSpan.FromSeconds(30));
        Script[] scripts = [.. Script.Embedded(), NextScript.Compatible];
        (await new ScriptRunner(market.Database.Owner, scripts).Migrate()).ShouldBe([NextScript.Compatible.Name]);
        (await new ScriptRunner(market.Database.Owner, scripts).Migrate()).ShouldBeEmpty();
        Same(await Invariants.Check(market.Database.Superuser, TimeSpan.FromSeconds(30)), before);

        (await new ScriptRunner(market.Database.App).EnsureCurrent()).ShouldBe([NextScript.Compatible.Name], "this program is served by it");
        await Trade(buyer, seller, ad);
        var after = await Invariants.Check(market.Database.Superuser, TimeSpan.FromSeconds(30));
        after.Counts.Orders.ShouldBe(before.Counts.Orders + 1);

        await new ScriptRunner(market.Database.Owner, [.. scripts, NextScript.AfterNext]).Migrate();
        (await Should.ThrowAsync<MigrationException>(() => new ScriptRunner(market.Database.App).EnsureCurrent()))
            .Message.ShouldContain(NextScript.AfterNext.Name);
    }

    private static void Same(VerifyReport now, VerifyReport before)
    {
        // Notifications are made behind the trades, so an event may still have come.
        now.Counts.Events.ShouldBeGreaterThanOrEqualTo(before.Counts.Events);
        (now.Counts with { Events = before.Counts.Events }).ToString().ShouldBe(before.Counts.ToString());
        TestContext.Progress.WriteLine($"before and after: {before.Counts}");
    }

    private static async Task Trade(Trader buyer, Trader seller, Guid ad)
    {
        var order = (await buyer.Client.Orders.CreateAsync(
            ad, TestMarket.MpesaKenya, fiatAmount: 100, cancellationToken: TestMarket.Bounded())).OrderId;
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: TestMarket.Bounded());
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: TestMarket.Bounded());
    }
}
