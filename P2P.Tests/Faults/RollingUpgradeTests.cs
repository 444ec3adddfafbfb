using System.Diagnostics;
using P2P.Client.Sdk;
using P2P.Db;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// Two nodes behind a balancer are replaced one after the other while traders trade, on a database that was migrated before: nothing is
/// lost, nothing happens twice, and each node's clients come back over a time.
/// </summary>
[NonParallelizable]
[Category("Reliability")]
public sealed class RollingUpgradeTests
{
    private const int DrainSeconds = 25;
    private static readonly int Pairs = Tier.Pick(everyRun: 8, nightly: 48);
    private static readonly int PerSecond = Pairs / 2;
    private static readonly int Rounds = Tier.Pick(everyRun: 1, nightly: 4);

    [Test]
    public async Task Two_nodes_are_replaced_under_load_and_nothing_is_lost()
    {
        var seed = Tier.Seed();
        await using var market = await CrashMarket.Create(
            Pairs,
            nodes: 2,
            ("Drain__Seconds", $"{DrainSeconds}"),
            ("Drain__NoticeSeconds", "1"),
            ("Drain__ConnectionsPerSecond", $"{PerSecond}"));
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token)))
            .ToArray();
        await Task.Delay(TimeSpan.FromSeconds(1));

        // The database comes first: the nodes that run, and those that start, know one script less than it has.
        await new ScriptRunner(market.Owner, [.. Script.Embedded(), NextScript.Compatible]).Migrate();
        for (var round = 0; round < Rounds; round++)
        {
            await Replace(market, 0);
            await Replace(market, 1);
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        var verdict = await CrashVerdict.Of(market);
        verdict.Unknown.ShouldBe(0, "A node that is told to stop leaves nobody in doubt.");
        verdict.Acknowledged.ShouldBeGreaterThan(100);
        verdict.Events.ShouldBeGreaterThan(200);
    }

    private static async Task Replace(CrashMarket market, int node)
    {
        var lost = new List<long>();
        using var listening = new Listening(market, lost);
        var since = Stopwatch.GetTimestamp();
        var (code, errors, took) = await market.StopServer(node);
        var at = lost.Select(time => Stopwatch.GetElapsedTime(since, time).TotalSeconds).Order().ToList();
        var busiest = at.Max(from => at.Count(other => other >= from && other < from + 0.5));
        ReliabilityReport.Tell(
            $"rolling upgrade, node {node}",
            $"it ended with {code} after {took.TotalSeconds:0.0} s; {at.Count} clients were sent away from {at[0]:0.00} to {at[^1]:0.00} s,"
            + $" at most {busiest} in half a second");
        code.ShouldBe(0, string.Join(' ', errors));
        took.ShouldBeLessThan(TimeSpan.FromSeconds(DrainSeconds));
        at.Count.ShouldBeGreaterThan(1, "nobody was connected to this node");
        at[0].ShouldBeGreaterThan(0.8, "The node says that it drains before it sends anybody away.");
        (at[^1] - at[0]).ShouldBeGreaterThan(0.5 * (at.Count - 1) / PerSecond, "All were sent away at once.");
        busiest.ShouldBeLessThanOrEqualTo(Math.Max(3, at.Count * 2 / 3), "All were sent away at once.");
        await market.StartServer(node);
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    /// <summary>Notes when clients lose their connection.</summary>
    private sealed class Listening : IDisposable
    {
        private readonly CrashMarket _market;
        private readonly List<long> _lost;

        public Listening(CrashMarket market, List<long> lost)
        {
            (_market, _lost) = (market, lost);
            foreach (var trader in market.Traders)
            {
                trader.Client.StateChanged += Note;
            }
        }

        public void Dispose()
        {
            foreach (var trader in _market.Traders)
            {
                trader.Client.StateChanged -= Note;
            }
        }

        private void Note(object? sender, P2PClientStateChange change)
        {
            if (change.State == P2PClientState.Reconnecting)
            {
                lock (_lost)
                {
                    _lost.Add(Stopwatch.GetTimestamp());
                }
            }
        }
    }
}
