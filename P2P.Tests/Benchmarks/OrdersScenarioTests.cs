using P2P.Benchmarks.Orders;
using P2P.Tests.Support;

namespace P2P.Tests.Benchmarks;

/// <summary>The benchmark itself: short, for its working and not for its figures.</summary>
public sealed class OrdersScenarioTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task Every_target_trades_and_writes_the_same_rows(CancellationToken cancellation)
    {
        await using var database = await TestDatabase.Create();
        var options = new OrdersOptions
        {
            Rounds = 1,
            Seconds = 1,
            WarmUpSeconds = 0.5,
            Callers = [4],
            Loads = [LoadKind.Spread, LoadKind.Hot],
            Merchants = 100,
            Targets = PgbenchTarget.Find() is null ? "ABC" : "ABCD",
            Connection = database.Superuser,
        };

        var result = await new OrdersScenario(options, TestContext.Out.WriteLine).Run(cancellation);

        result.Series.Count.ShouldBe(2);
        foreach (var (target, samples) in result.Series.SelectMany(series => series.Samples))
        {
            samples.ShouldAllBe(sample => sample.Lifecycles > 0, target.Name);
        }

        var written = result.Written.Select(rows => $"{rows.Target.Letter} {string.Join(", ", rows.Rows)}");
        result.WritesAgree.ShouldBeTrue(string.Join('\n', written));
        result.Invariants.ShouldAllBe(invariant => invariant.Broken == 0);
    }
}
