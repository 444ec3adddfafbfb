using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>The verifier on databases that nobody touched.</summary>
public sealed class LedgerVerifierTests
{
    [Test]
    public async Task An_honest_database_verifies_and_everything_was_looked_at()
    {
        await using var market = await LedgerMarket.Create();

        var report = await Invariants.Check(market.App, TimeSpan.FromMinutes(1));

        var counts = report.Counts;
        counts.Accounts.ShouldBe((await market.Rows<long>("select count(*) from accounts"))[0]);
        counts.Entries.ShouldBe((await market.Rows<long>("select count(*) from entries"))[0]);
        counts.Transfers.ShouldBe((await market.Rows<long>("select count(*) from transfers"))[0]);
        counts.Orders.ShouldBe(5);
        counts.HistoryRows.ShouldBe((await market.Rows<long>("select count(*) from order_history"))[0]);
        counts.Streams.ShouldBe(2);
        counts.Events.ShouldBe((await market.Rows<long>("select count(*) from events"))[0]);
        counts.AuditRows.ShouldBe(4);
    }

    [Test]
    public async Task An_empty_database_is_no_success_for_a_test()
    {
        await using var database = await TestDatabase.Create();

        (await Invariants.Look(database.App)).Ok.ShouldBeTrue();
        await Assert.ThrowsAsync<ShouldAssertException>(() => Invariants.Check(database.App));
    }
}
