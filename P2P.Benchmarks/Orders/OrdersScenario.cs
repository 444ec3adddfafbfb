using P2P.Benchmarks.Measuring;
using P2P.Server.Deals.Engine;

namespace P2P.Benchmarks.Orders;

/// <summary>Runs all targets in alternating order and says how they compare.</summary>
internal sealed class OrdersScenario(OrdersOptions options, Action<string> tell)
{
    private const int WarmUpCallers = 32;

    public async Task<OrdersResult> Run(CancellationToken cancellation)
    {
        tell("Starting PostgreSQL and laying out the market ...");
        await using var database = await BenchDatabase.Open(options, cancellation);
        var market = new Market(options.Merchants, Math.Max(WarmUpCallers, options.Callers.Max()));
        var loop = new ClosedLoop(market, database.Cpu);
        await using var engine = new EngineTarget(database.App, new EngineSettings().Writers, loop);
        await using var oneWriter = new EngineTarget(database.App, 1, loop);
        await database.Seed(market, engine);
        await using var transactions = new TransactionTarget(database.Owner, loop);
        await using var functions = new FunctionTarget(database.Owner, loop);
        await using var pgbench = new PgbenchTarget(database.Owner, market, database.Cpu);
        ITarget[] all = [engine, oneWriter, transactions, functions, pgbench];
        ITarget[] targets = [.. all.Where(target => options.Targets.Contains(target.Letter, StringComparison.Ordinal))];

        var written = await CountRows(database, targets, cancellation);
        await CompileCode(targets, cancellation);
        List<OrdersSeries> series = [];
        foreach (var kind in options.Loads)
        {
            foreach (var callers in options.Callers)
            {
                series.Add(await Measure(targets, new OrdersLoad(callers, kind, options.WarmUpSeconds, options.Seconds), cancellation));
            }
        }

        tell("Checking the invariants ...");
        await using var connection = await database.Connect();
        return new OrdersResult(series, written, await InvariantSql.Check(connection));
    }

    /// <summary>What one lifecycle of each target writes.</summary>
    private static async Task<IReadOnlyList<RowCount>> CountRows(BenchDatabase database, ITarget[] targets, CancellationToken cancellation)
    {
        List<RowCount> written = [];
        await using var connection = await database.Connect();
        foreach (var target in targets)
        {
            var since = await MarketSql.Now(connection);
            var before = await MarketSql.Count(connection);
            await target.Run(new OrdersLoad(1, LoadKind.Spread, 0, 0) { LifecyclesEach = 1 }, cancellation);
            var after = await MarketSql.Count(connection);
            written.Add(new RowCount(
                target,
                after.ToDictionary(row => row.Key, row => row.Value - before[row.Key]),
                await MarketSql.TextsSince(connection, since)));
        }

        return written;
    }

    /// <summary>With a single caller code would stay uncompiled for long: what a server compiles in its first minute is compiled before.</summary>
    private async Task CompileCode(ITarget[] targets, CancellationToken cancellation)
    {
        var load = new OrdersLoad(WarmUpCallers, LoadKind.Spread, 0, 2 * options.WarmUpSeconds);
        foreach (var target in targets.Where(target => target is not PgbenchTarget))
        {
            await target.Run(load, cancellation);
        }
    }

    private async Task<OrdersSeries> Measure(ITarget[] targets, OrdersLoad load, CancellationToken cancellation)
    {
        var samples = targets.ToDictionary(target => target, _ => new List<Sample>());
        for (var round = 0; round < options.Rounds; round++)
        {
            // A B D, then D B A: a load that grows or ebbs away meets all of them alike.
            foreach (var target in round % 2 == 0 ? targets : targets.Reverse())
            {
                var sample = await target.Run(load, cancellation);
                samples[target].Add(sample);
                tell(
                    FormattableString.Invariant(
                        $"{load.Callers,4} {load.Kind,-6} round {round + 1} {target.Letter} {sample.Rate,8:0}/s   p50 {sample.P50Ms:0.00} ms"));
            }
        }

        return new OrdersSeries(load, samples, LoadAverage());
    }

    /// <summary>What else the machine does: absolute figures mean little without it.</summary>
    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}

/// <summary>All that was measured.</summary>
internal sealed record OrdersResult(
    IReadOnlyList<OrdersSeries> Series, IReadOnlyList<RowCount> Written, IReadOnlyList<(string Name, long Broken)> Invariants)
{
    public bool WritesAgree => Written.All(target =>
        target.Rows.All(row => row.Value == Written[0].Rows[row.Key])
        && Math.Abs(target.Characters - Written[0].Characters) < 0.05 * Written[0].Characters);

    public bool Holds => WritesAgree && Invariants.All(invariant => invariant.Broken == 0);
}

/// <summary>What one lifecycle of a target wrote.</summary>
internal sealed record RowCount(ITarget Target, IReadOnlyDictionary<string, long> Rows, long Characters);

/// <summary>One load, all targets, all rounds.</summary>
internal sealed record OrdersSeries(OrdersLoad Load, IReadOnlyDictionary<ITarget, List<Sample>> Samples, string LoadAverage)
{
    /// <summary>The last target is what the others are compared with.</summary>
    private List<Sample> Base => Samples.Last().Value;

    /// <summary>A target's rate beside the base's, in each round.</summary>
    public IReadOnlyList<double> Ratios(ITarget target) =>
        [.. Samples[target].Zip(Base, (sample, beside) => sample.Rate / beside.Rate)];

    /// <summary>How many times less processor time a lifecycle takes than the base's: what other programs' load changes least.</summary>
    public IReadOnlyList<double> CpuRatios(ITarget target) =>
        [.. Samples[target].Zip(Base, (sample, beside) => beside.CpuUs / sample.CpuUs)];

    /// <summary>A target's latency beside that of one transaction a command in .NET, in each round; empty when that was not measured.</summary>
    public IReadOnlyList<double> LatencyRatios(ITarget target) =>
        Samples.FirstOrDefault(one => one.Key is TransactionTarget).Value is { } beside
            ? [.. Samples[target].Zip(beside, (sample, other) => sample.P50Ms / other.P50Ms)]
            : [];

    public double Median(ITarget target, Func<Sample, double> of) => Statistics.Median(Samples[target].Select(of));
}
