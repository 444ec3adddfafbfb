using System.Diagnostics;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T10: traders trade while the network loses, delays, cuts and resets. Whatever it does, no acknowledged command is lost, none happens twice, and
/// every event comes once and in order; where anything gets through at all, trading goes on.
/// </summary>
[Category("Reliability")]
public sealed class NetworkFaultTests
{
    private static readonly int Pairs = Tier.Pick(everyRun: 4, nightly: 16);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Tier.Pick(everyRun: 2, nightly: 45));
    private static readonly TimeSpan BackMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenResets = TimeSpan.FromMilliseconds(333);

    [Test]
    public async Task Nothing_is_lost_on_a_bad_network()
    {
        var seed = Tier.Seed();
        using var network = NetworkNamespace.IsPossible ? NetworkNamespace.Create() : null;
        await using var market = await CrashMarket.BehindFaults(Pairs, network, seed);
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token)))
            .ToArray();
        // A server that has just begun is slow enough by itself.
        for (var since = Stopwatch.GetTimestamp(); Acknowledged(market) <= Pairs; await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(BackMax, "trading did not begin");
        }

        var told = new List<string>();
        foreach (var (name, begin, blocksAll) in Faults(market.Link!, network)) // It stands behind one.
        {
            var before = Acknowledged(market);
            await begin();
            var during = Acknowledged(market) - before;
            market.Link!.Fault = LinkFault.None; // It stands behind one.
            network?.Heal();
            var since = Stopwatch.GetTimestamp();
            var healed = Acknowledged(market);
            while (Acknowledged(market) <= healed + Pairs)
            {
                Stopwatch.GetElapsedTime(since).ShouldBeLessThan(BackMax, $"trading did not come back after: {name}");
                await Task.Delay(20);
            }

            told.Add($"{name}: {during}");
            TestContext.Progress.WriteLine($"T10 {name}: {during} commands meanwhile, back {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after it");
            if (!blocksAll)
            {
                during.ShouldBePositive($"nothing got through: {name}");
            }
        }

        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        var verdict = await CrashVerdict.Of(market);
        ReliabilityReport.Tell(
            "T10 a bad network",
            $"{told.Count} faults of {Time.TotalSeconds:0} s each under {2 * Pairs} clients, commands acknowledged meanwhile: {string.Join(", ", told)}; in all "
            + $"{verdict.Acknowledged} acknowledged commands, 0 lost; {verdict.Events} events, 0 lost and 0 applied twice; "
            + $"{market.Link!.Resets} connections reset"); // It stands behind one.
        verdict.Acknowledged.ShouldBeGreaterThan(Pairs * 3);
        verdict.Events.ShouldBeGreaterThan(Pairs * 6);
    }

    /// <summary>What is done, for how long, and whether nothing can get through meanwhile.</summary>
    private static IEnumerable<(string Name, Func<Task> Begin, bool BlocksAll)> Faults(FaultProxy link, NetworkNamespace? network)
    {
        yield return ("500 ms of jitter", () => For(new LinkFault { Jitter = TimeSpan.FromMilliseconds(500) }), false);
        yield return ("slices of one byte", () => For(new LinkFault { SliceBytes = 1 }), false);
        yield return ("nothing passes", () => For(new LinkFault { IsStalled = true }), true);
        yield return ("three resets a second", Resets, true);
        if (network is null)
        {
            // Packets are lost in a network of its own only, which root alone can make.
            yield break;
        }

        foreach (var percent in new[] { 1, 5, 30 })
        {
            yield return ($"{percent} of 100 packets lost", () => While(() => network.Lose(percent)), false);
        }

        yield return ("half open", () => While(network.LoseWhatComesIn), true);
        yield return ("reset by the other side", () => While(network.ResetWhatComesIn), true);

        async Task For(LinkFault fault)
        {
            link.Fault = fault;
            await Task.Delay(Time);
        }

        async Task While(Action begin)
        {
            begin();
            await Task.Delay(Time);
        }

        async Task Resets()
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < Time;)
            {
                await Task.Delay(BetweenResets);
                link.ResetAll();
            }
        }
    }

    private static int Acknowledged(CrashMarket market) => market.Traders.Sum(trader => trader.Acknowledged);
}
