using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Faults;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// T1: many trade at once, a tenth calls off, some dispute and some let the time pass, while one snapshot after the other is read: in each the ledger
/// sums up, escrows hold what they must, streams have no gaps and every step has its history. (S20, S26)
/// </summary>
[Category("Reliability")]
public sealed class BankTests
{
    private static readonly int Clients = Tier.Pick(everyRun: 64, nightly: 512);
    private static readonly int Lifecycles = Tier.Pick(everyRun: 1_500, nightly: 20_000);
    private static readonly int Snapshots = Tier.Pick(everyRun: 40, nightly: 400);
    private static readonly TimeSpan SnapshotsMax = TimeSpan.FromMinutes(15);

    [Test]
    [CancelAfter(2_400_000)]
    public async Task The_bank_holds_in_every_snapshot()
    {
        var seed = Tier.Seed();
        // Nobody has to take a rest: it is the tenth that calls off again and again that is looked at.
        var limits = new OrderLimits { OpenOrdersMax = 1_000_000, UnpaidOrdersMax = 1_000_000, LapseHours = 0 };
        await using var market = await EngineMarket.Create(engines: 2, limits);
        var sellers = await market.Users(Clients / 2, bitcoin: 1_000_000);
        var buyers = await market.Users(Clients);
        var ads = await market.Ads(sellers, 900_000, max: 100_000_000);
        using var reader = SnapshotReader.Start(() => market.Database.Superuser);
        var ends = new ConcurrentDictionary<string, int>();
        var left = Lifecycles;
        var clock = Stopwatch.StartNew();
        async Task Trade(int client)
        {
            var random = new Random(seed + client);
            // Beyond what was asked for, too, until enough snapshots were looked at.
            while (Interlocked.Decrement(ref left) >= 0 || (reader.Snapshots < Snapshots && clock.Elapsed < SnapshotsMax))
            {
                var seller = random.Next(sellers.Length);
                var end = await Lifecycle(market, buyers[client], sellers[seller], ads[seller], random);
                ends.AddOrUpdate(end, 1, (_, count) => count + 1);
                if (Volatile.Read(ref left) < 0)
                {
                    // Enough was traded: snapshots go on over a market that still moves, at its leisure.
                    await Task.Delay(200);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => Trade(client))));
        await reader.End();
        await EngineInvariants.Check(market);
        var report = await Invariants.Check(market.Database.Superuser, TimeSpan.FromHours(1));
        ReliabilityReport.Tell("T1 the bank", string.Create(
            CultureInfo.InvariantCulture,
            $"{ends.Values.Sum()} lifecycles by {Clients} clients over 2 engines ({string.Join(", ", ends.OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"))}): "
            + $"{reader.Snapshots} snapshots, 0 violations; {report.Counts.Entries} entries and {report.Counts.Events} events at the end"));
        reader.Snapshots.ShouldBeGreaterThanOrEqualTo(Snapshots);
        ends.Values.Sum().ShouldBeGreaterThanOrEqualTo(Lifecycles);
        ends.Keys.ShouldBe(["cancelled", "disputed", "expired", "released"], ignoreOrder: true);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
    }

    /// <summary>One order from its placing to its end.</summary>
    private static async Task<string> Lifecycle(EngineMarket market, long buyer, long seller, Guid ad, Random random)
    {
        var engine = random.Next(2);
        var order = (await market.Run(EngineMarket.Place(buyer, ad, 0.001m * random.Next(1, 1_000)), engine)).OrderId;
        switch (random.Next(100))
        {
            case < 10:
                await market.RunRaw(EngineMarket.Move(buyer, order, OrderAction.Cancel), engine);
                return "cancelled";
            case < 15:
                await market.AsSuperuser("update orders set deadline = clock_timestamp() where id = @order", new { order });
                await market.RunRaw(EngineMarket.Move(Caller.System.UserId, order, OrderAction.Expire), engine);
                return "expired";
            case < 20:
                await market.RunRaw(EngineMarket.Move(buyer, order, OrderAction.ConfirmPayment), engine);
                await market.Disputed([(order, buyer)], appealed: false);
                await market.RunRaw(MarketSeed.TimeOver(order), 1 - engine);
                return "disputed";
            default:
                await market.RunRaw(EngineMarket.Move(buyer, order, OrderAction.ConfirmPayment), engine);
                await market.RunRaw(EngineMarket.Move(seller, order, OrderAction.Release), 1 - engine);
                return "released";
        }
    }
}
