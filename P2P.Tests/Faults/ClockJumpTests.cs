using System.Diagnostics;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T24: the clock of the machine on which a server runs jumps an hour ahead and an hour back while people trade. Deadlines are the database's: trading
/// goes on, nothing expires early, and what is due expires. (S26)
/// </summary>
[Category("Reliability")]
[NonParallelizable]
public sealed class ClockJumpTests
{
    private const int Pairs = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Tier.Pick(everyRun: 2, nightly: 20));
    private static readonly TimeSpan DueMax = TimeSpan.FromSeconds(10);

    private static readonly string? Library = Directory
        .EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .FirstOrDefault();

    [Test]
    public async Task A_clock_that_jumps_moves_no_deadline()
    {
        if (Library is null)
        {
            Assert.Ignore("libfaketime is not installed.");
        }

        using var folder = new TestFolder();
        var file = folder["clock"];
        Set(file, "+0");
        await using var market = await CrashMarket.WithClock(
            Pairs,
            [
                ("LD_PRELOAD", Library), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                ("DONT_FAKE_MONOTONIC", "1"),
            ],
            DateTimeOffset.UtcNow.AddHours(-3));
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(i), stopping.Token)))
            .ToArray();
        var told = new List<string>();
        foreach (var (jump, hours) in new[] { ("+3600", 1), ("-3600", -1), ("+0", 0), ("+3600", 1) })
        {
            Set(file, jump);
            await Jumped(market, hours);
            var before = market.Traders.Sum(trader => trader.Acknowledged);
            var since = Stopwatch.GetTimestamp();
            var during = 0;
            while (Stopwatch.GetElapsedTime(since) < Time || during < Pairs)
            {
                Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Time + DueMax, $"nobody trades at {jump} s");
                await Task.Delay(50);
                during = market.Traders.Sum(trader => trader.Acknowledged) - before;
            }

            told.Add($"{jump} s: {during}");
        }

        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        (await TestPostgres.Scalar<long>(market.Superuser, "select count(*) from orders where status = 'Expired'")).ShouldBe(0, "expired early");
        var due = await Expires(market, file, "-3600");
        var verdict = await CrashVerdict.Of(market);
        ReliabilityReport.Tell(
            "T24 a clock that jumps",
            $"commands while the server's clock is off by {string.Join(", ", told)}; {verdict.Acknowledged} acknowledged commands, 0 lost; {verdict.Events} events, "
            + $"0 lost; no order expired early, and one that was due expired {due.TotalSeconds:0.0} s later with the clock an hour back");
    }

    /// <summary>An order whose deadline is over by the database's clock expires, whatever the server's clock says.</summary>
    private static async Task<TimeSpan> Expires(CrashMarket market, string file, string jump)
    {
        Set(file, jump);
        var buyer = market.Traders[1];
        var order = (await buyer.Client.Orders.CreateAsync(
            buyer.AdId, TestMarket.MpesaKenya, cryptoAmount: 0.01m, cancellationToken: TestMarket.Bounded())).OrderId;
        await TestPostgres.Execute(market.Superuser, $"update orders set deadline = clock_timestamp() where id = '{order}'");
        var since = Stopwatch.GetTimestamp();
        while (await TestPostgres.Scalar<string>(market.Superuser, $"select status from orders where id = '{order}'") != "Expired")
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(DueMax, "what is due does not expire");
            await Task.Delay(50);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task Jumped(CrashMarket market, int hours)
    {
        for (var since = Stopwatch.GetTimestamp(); Math.Abs((await market.ServerTime() - DateTimeOffset.UtcNow).TotalHours - hours) > 0.1;)
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(DueMax, "the server's clock does not jump");
            await Task.Delay(100);
        }
    }

    private static void Set(string file, string jump)
    {
        // Renamed into place, so that nobody reads half of it.
        File.WriteAllText($"{file}.new", $"{jump}\n");
        File.Move($"{file}.new", file, overwrite: true);
    }
}
