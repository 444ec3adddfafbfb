using System.Diagnostics;
using System.Globalization;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T21: many hold their connections and trade at leisure for long, while connections are reset by chance. What the server holds does not grow: memory,
/// open files, connections to the database. At night only; <c>P2P_SOAK_MINUTES</c> says how long.
/// </summary>
[Category("Reliability")]
[NonParallelizable]
public sealed class SoakTests
{
    private const int Pairs = 250;
    private const double LifecyclesPerSecond = 20;
    private const int ResetsPerSecond = 2;
    private const double MegabytesPerTenMinutesMax = 1;
    private const double P99Max = 150;
    private const int OpenFilesGrowthMax = 50;
    private const double BackendsGrowthMax = 5;

    /// <summary>Until code is compiled and heaps have found their size, nothing is concluded.</summary>
    private const double WarmUpPart = 0.4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(Pairs / LifecyclesPerSecond);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Time = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("P2P_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 20);

    [Test]
    [CancelAfter(4_200_000)]
    public async Task What_the_server_holds_does_not_grow()
    {
        if (!Tier.IsNightly)
        {
            Assert.Ignore("A soak takes a night.");
        }

        var seed = Tier.Seed();
        await using var market = await CrashMarket.BehindFaults(Pairs, network: null, seed);
        var link = market.Link ?? throw new InvalidOperationException("It stands behind a link.");
        var took = new Latencies();
        foreach (var trader in market.Traders)
        {
            trader.Took = took;
        }

        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token, Pause)))
            .ToArray();
        var samples = new List<Sample>();
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < Time;)
        {
            for (var second = 0; second < Between.TotalSeconds; second++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                link.ResetSome(ResetsPerSecond);
            }

            samples.Add(new Sample(
                Stopwatch.GetElapsedTime(since).TotalMinutes, market.Megabytes(), market.OpenFiles(), await Backends(market), market.Traders.Sum(trader => trader.Acknowledged)));
        }

        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        var verdict = await CrashVerdict.Of(market);
        var settled = samples.Where(sample => sample.Minute > Time.TotalMinutes * WarmUpPart).ToList();
        // What a collection has not taken yet is no growth: the least of each minute is what stays.
        var least = settled.GroupBy(sample => (int)sample.Minute).Select(minute => (Minute: (double)minute.Key, Megabytes: (double)minute.Min(one => one.Megabytes))).ToList();
        var slope = 10 * Slope(least);
        TestContext.Out.WriteLine(string.Join(' ', least.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Minute:0}:{one.Megabytes:0}"))));
        // A pool breathes with every burst: means of many moments are compared, not two of them.
        var (early, late) = (Backends(settled.Take(settled.Count / 3)), Backends(settled.TakeLast(settled.Count / 3)));
        var perSecond = (settled[^1].Acknowledged - settled[0].Acknowledged) / (60 * (settled[^1].Minute - settled[0].Minute));
        ReliabilityReport.Tell("T21 a soak", string.Create(
            CultureInfo.InvariantCulture,
            $"{Time.TotalMinutes:0} minutes, {2 * Pairs} clients, {perSecond:0} commands a second, {link.Resets} connections reset: memory at its least {least[0].Megabytes:0} to "
            + $"{least[^1].Megabytes:0} MB ({slope:+0.0;-0.0} MB in ten minutes), open files {settled[0].OpenFiles} to {settled[^1].OpenFiles}, connections to the "
            + $"database {early:0.0} to {late:0.0} on average; p99 of {took.Count} commands {took.P99:0.0} ms; {verdict.Acknowledged} acknowledged, 0 lost; "
            + $"{verdict.Events} events, 0 lost"));
        took.P99.ShouldBeLessThan(P99Max);
        (settled[^1].OpenFiles - settled[0].OpenFiles).ShouldBeLessThan(OpenFilesGrowthMax);
        (late - early).ShouldBeLessThan(BackendsGrowthMax);
        slope.ShouldBeLessThanOrEqualTo(MegabytesPerTenMinutesMax);
    }

    private static async Task<long> Backends(CrashMarket market) => await TestPostgres.Scalar<long>(
        market.Superuser, "select count(*) from pg_stat_activity where usename = 'p2p_app'");

    private static double Backends(IEnumerable<Sample> samples) => samples.Average(sample => sample.Backends);

    /// <summary>By how much the second value grows with each of the first (least squares).</summary>
    private static double Slope(IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToList();
        var (x, y) = (all.Average(point => point.X), all.Average(point => point.Y));
        return all.Sum(point => (point.X - x) * (point.Y - y)) / all.Sum(point => (point.X - x) * (point.X - x));
    }

    private sealed record Sample(double Minute, long Megabytes, int OpenFiles, long Backends, int Acknowledged);
}
