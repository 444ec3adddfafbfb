using System.Diagnostics;
using System.Globalization;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T1, T6, T7, T9 with two nodes behind a balancer and a Redis: processes die in mid load. No acknowledged command is lost, none is half done, every
/// event reaches its reader exactly once and in order, and the ledger is right in every snapshot. (S20)
/// </summary>
[Category("Reliability")]
public sealed class CrashTests
{
    private static readonly int Pairs = Tier.Pick(everyRun: 8, nightly: 32);
    private static readonly int Kills = Tier.Pick(everyRun: 1, nightly: 5);
    private static readonly int Snapshots = Tier.Pick(everyRun: 20, nightly: 400);
    private static readonly TimeSpan BackMax = TimeSpan.FromSeconds(Tier.Pick(everyRun: 20, nightly: 2));
    private static readonly TimeSpan ServiceMax = TimeSpan.FromSeconds(Tier.Pick(everyRun: 30, nightly: 3));

    [Test]
    public Task A_server_is_killed() => KillInMidLoad("T6 a server is killed", async (market, _, turn) =>
    {
        var took = await market.KillServer(turn % 2);
        TestContext.Progress.WriteLine($"node {turn % 2} was back {took.TotalSeconds:0.00} s after its kill");
    });

    [Test]
    public Task PostgreSQL_is_killed() => KillInMidLoad("T7 PostgreSQL is killed", async (market, _, turn) =>
    {
        var since = Stopwatch.GetTimestamp();
        var answered = market.Traders.Sum(trader => trader.Acknowledged);
        await market.KillPostgres();
        var back = Stopwatch.GetElapsedTime(since);
        while (market.Traders.Sum(trader => trader.Acknowledged) <= answered + Pairs)
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(60), "no command succeeds any more");
            await Task.Delay(10);
        }

        var service = Stopwatch.GetElapsedTime(since);
        ReliabilityReport.Tell(
            $"T7 PostgreSQL is killed, time {turn + 1}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"it takes connections again {back.TotalSeconds:0.00} s after its kill, the next commands succeed after {service.TotalSeconds:0.00} s"));
        back.ShouldBeLessThan(BackMax);
        (service - back).ShouldBeLessThan(ServiceMax);
    });

    [Test]
    public Task Redis_is_killed() => KillInMidLoad("T9 Redis is killed", async (_, redis, _) =>
    {
        await redis.Kill();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await redis.Start();
    });

    private static async Task KillInMidLoad(string what, Func<CrashMarket, TestRedis, int, Task> kill)
    {
        var seed = Tier.Seed();
        await using var redis = await TestRedis.Create();
        await using var market = await CrashMarket.Create(
            Pairs,
            2,
            [.. redis.Settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value ?? ""))]);
        await market.DealInGoods();
        using var snapshots = SnapshotReader.Start(() => market.Superuser);
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token)))
            .ToArray();
        for (var i = 0; i < Kills; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_500 + new Random(seed + 1_000 + i).Next(1_000)));
            await kill(market, redis, i);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        var patience = Stopwatch.GetTimestamp();
        while (snapshots.Snapshots < Snapshots && Stopwatch.GetElapsedTime(patience) < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(100);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        await snapshots.End();
        var verdict = await CrashVerdict.Of(market);
        ReliabilityReport.Tell(
            what,
            $"{Kills} kills under {2 * Pairs} clients on two nodes: {verdict.Acknowledged} acknowledged commands, 0 lost; {verdict.Events} events, "
            + $"0 lost and 0 applied twice; {snapshots.Snapshots} snapshots, 0 violations");
        snapshots.Snapshots.ShouldBeGreaterThanOrEqualTo(Snapshots);
        verdict.Acknowledged.ShouldBeGreaterThan(Tier.Pick(everyRun: 30, nightly: 2_000));
        verdict.Events.ShouldBeGreaterThan(Tier.Pick(everyRun: 60, nightly: 4_000));
    }
}
