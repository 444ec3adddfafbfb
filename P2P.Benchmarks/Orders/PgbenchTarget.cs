using System.Diagnostics;
using System.Globalization;
using Npgsql;
using P2P.Benchmarks.Measuring;
using P2P.Server.Deals.Engine;

namespace P2P.Benchmarks.Orders;

/// <summary>D: PostgreSQL's own pgbench calling the same functions, one a command: what the database does without anyone's batching.</summary>
internal sealed class PgbenchTarget(string owner, Market market, CpuMeter cpu) : ITarget
{
    /// <summary>As on the engine's connections: without it every new backend plans each statement several times over.</summary>
    public const string SessionOptions = EngineConnection.SessionOptions;

    private const int ThreadsMax = 2;

    /// <summary>pgbench counts its own seconds from before we see all its connections.</summary>
    private const int SlackSeconds = 4;

    public char Letter => 'D';

    public string Name => "function a command, pgbench";

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Find() =>
        !Directory.Exists("/usr/lib/postgresql")
            ? null
            : Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse()
                .Select(version => Path.Combine(version, "bin", "pgbench"))
                .FirstOrDefault(File.Exists);

    public async Task<Sample> Run(OrdersLoad load, CancellationToken cancellation)
    {
        var work = Directory.CreateTempSubdirectory("p2p-pgbench-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(work, "lifecycle.pgbench"), ScriptFor(load.Kind), cancellation);
            using var pgbench = Start(work, load);
            var errors = pgbench.StandardError.ReadToEndAsync(cancellation);
            var output = pgbench.StandardOutput.ReadToEndAsync(cancellation);
            var (from, used, until) = await Measure(pgbench, load, cancellation);
            await pgbench.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(60), cancellation);
            if (pgbench.ExitCode != 0)
            {
                throw new InvalidOperationException($"pgbench ended with {pgbench.ExitCode}: {await errors} {await output}");
            }

            return Sum(work, load, from, until, used);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(double From, CpuTimes Used, double Until)> Measure(Process pgbench, OrdersLoad load, CancellationToken cancellation)
    {
        if (load.LifecyclesEach is not null)
        {
            return (0, default, double.MaxValue);
        }

        // The connections of many clients take a while: the warm-up begins when they are there.
        await WaitForConnections(load.Callers, pgbench, cancellation);
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds(load)), cancellation);
        var (before, from) = (cpu.Now(pgbench), Seconds(DateTimeOffset.UtcNow));
        await Task.Delay(TimeSpan.FromSeconds(load.Seconds), cancellation);
        var (after, until) = (cpu.Now(pgbench), Seconds(DateTimeOffset.UtcNow));
        if (pgbench.HasExited)
        {
            throw new InvalidOperationException("pgbench ended before it was measured: the machine is too busy, or it failed.");
        }

        return (from, after - before, until);
    }

    /// <summary>
    /// Its backends are new in every run, and each plans some forty statements: with few processors this takes longer the more of them there are.
    /// </summary>
    private static double WarmUpSeconds(OrdersLoad load) => load.WarmUpSeconds * (1 + (load.Callers / 64.0));

    private async Task WaitForConnections(int count, Process pgbench, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        var waited = Stopwatch.StartNew();
        while (!pgbench.HasExited && await MarketSql.Connections(connection, "pgbench") < count && waited.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(50, cancellation);
        }
    }

    private Process Start(string work, OrdersLoad load)
    {
        var server = new NpgsqlConnectionStringBuilder(owner);
        var start = new ProcessStartInfo(Find() ?? throw new InvalidOperationException("pgbench is not installed."))
        {
            WorkingDirectory = work,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] length = load.LifecyclesEach is { } each
            ? ["-t", each.ToString(CultureInfo.InvariantCulture)]
            : ["-T", Math.Ceiling(WarmUpSeconds(load) + load.Seconds + SlackSeconds + (load.Callers / 16)).ToString(CultureInfo.InvariantCulture)];
        string[] arguments =
        [
            "-n", "-M", "prepared", "-c", load.Callers.ToString(CultureInfo.InvariantCulture),
            "-j", Math.Min(ThreadsMax, load.Callers).ToString(CultureInfo.InvariantCulture),
            .. length, "-l", "--log-prefix=log", "-f", "lifecycle.pgbench",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (server.Host, server.Port.ToString(CultureInfo.InvariantCulture));
        (start.Environment["PGUSER"], start.Environment["PGDATABASE"]) = (server.Username, server.Database);
        (start.Environment["PGPASSWORD"], start.Environment["PGOPTIONS"]) = (server.Password ?? "", SessionOptions);
        start.Environment["PGAPPNAME"] = "pgbench";
        return Process.Start(start) ?? throw new InvalidOperationException("pgbench cannot be started.");
    }

    /// <summary>The log has one line a lifecycle: client, number, microseconds, script, end in seconds and microseconds.</summary>
    private static Sample Sum(string work, OrdersLoad load, double from, double until, CpuTimes used)
    {
        var times = new List<double>();
        foreach (var line in Directory.GetFiles(work, "log.*").SelectMany(File.ReadLines))
        {
            var fields = line.Split(' ');
            var end = double.Parse(fields[4], CultureInfo.InvariantCulture) + (double.Parse(fields[5], CultureInfo.InvariantCulture) / 1e6);
            if (end >= from && end < until)
            {
                times.Add(double.Parse(fields[2], CultureInfo.InvariantCulture) / 1e3 / 3);
            }
        }

        return new Sample
        {
            Lifecycles = times.Count,
            Seconds = load.LifecyclesEach is null ? until - from : 1,
            P50Ms = Statistics.Quantile(times, 0.5),
            P99Ms = Statistics.Quantile(times, 0.99),
            ClientCpuSeconds = used.Other,
            PostgresCpuSeconds = used.Postgres,
        };
    }

    private string ScriptFor(LoadKind kind)
    {
        var (first, last) = Market.AdsOf(kind, market.Merchants);
        (string Name, string Value)[] values =
        [
            ("buyers", Spell(Market.BuyerFirst)), ("buyers_a_caller", Spell(Market.BuyersOfCaller)), ("sellers", Spell(Market.SellerFirst)),
            ("ad_first", Spell(first)), ("ad_last", Spell(last)), ("method", Spell(Market.PaymentMethod)),
            ("amount", Market.Amount.ToString(CultureInfo.InvariantCulture)),
        ];
        return values.Aggregate(
            MarketSql.Resource("lifecycle.pgbench"),
            (script, value) => script.Replace($"@{value.Name}@", value.Value, StringComparison.Ordinal));
    }

    private static string Spell(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1e3;
}
