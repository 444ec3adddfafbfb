using System.Diagnostics;
using P2P.Benchmarks.Measuring;

namespace P2P.Benchmarks.Orders;

/// <summary>Callers in this process, each sending its next command when the former one is answered.</summary>
internal sealed class ClosedLoop(Market market, CpuMeter cpu)
{
    public async Task<Sample> Run(ILifecycle target, OrdersLoad load, CancellationToken cancellation)
    {
        var run = new Running(load);
        var callers = Enumerable.Range(0, load.Callers)
            .Select(caller => Task.Run(() => Call(target, load, caller, run, cancellation), cancellation))
            .ToArray();
        if (load.LifecyclesEach is not null)
        {
            run.StartMeasuring();
            await Task.WhenAll(callers);
            return Sum(run, await Task.WhenAll(callers), 1, default);
        }

        await Wait(callers, load.WarmUpSeconds, cancellation);
        var before = cpu.Now();
        run.StartMeasuring();
        var measured = Stopwatch.StartNew();
        await Wait(callers, load.Seconds, cancellation);
        run.Stop();
        var seconds = measured.Elapsed.TotalSeconds;
        var used = cpu.Now() - before;
        return Sum(run, await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30), cancellation), seconds, used);
    }

    /// <summary>A caller that fails ends the run at once.</summary>
    private static async Task Wait(Task<List<double>>[] callers, double seconds, CancellationToken cancellation)
    {
        var time = Task.Delay(TimeSpan.FromSeconds(seconds), cancellation);
        var first = await Task.WhenAny([time, .. callers]);
        await first;
    }

    private static Sample Sum(Running run, IEnumerable<List<double>> times, double seconds, CpuTimes used)
    {
        var all = times.SelectMany(list => list).ToArray();
        return new Sample
        {
            Lifecycles = run.Lifecycles,
            Seconds = seconds,
            P50Ms = Statistics.Quantile(all, 0.5),
            P99Ms = Statistics.Quantile(all, 0.99),
            ClientCpuSeconds = used.Self,
            PostgresCpuSeconds = used.Postgres,
        };
    }

    private async Task<List<double>> Call(ILifecycle target, OrdersLoad load, int caller, Running run, CancellationToken cancellation)
    {
        var random = new Random(caller);
        var times = new List<double>(16_384);
        for (var done = 0; !run.IsStopped && done < (load.LifecyclesEach ?? int.MaxValue); done++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (buyer, seller) = market.Next(caller, load.Kind, random);
            var order = Guid.Empty;
            await Timed(async () => order = await target.Place(buyer, seller), times, run);
            await Timed(() => target.Confirm(buyer, order), times, run);
            await Timed(() => target.Release(seller, order), times, run);
            run.CountLifecycle();
        }

        return times;
    }

    private static async Task Timed(Func<Task> command, List<double> times, Running run)
    {
        var since = Stopwatch.GetTimestamp();
        await command();
        if (run.IsMeasuring)
        {
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
    }

    /// <summary>What all callers of a run look at.</summary>
    private sealed class Running(OrdersLoad load)
    {
        private long _lifecycles;
        private volatile bool _measuring;
        private volatile bool _stopped;

        public OrdersLoad Load => load;

        public bool IsMeasuring => _measuring && !_stopped;

        public bool IsStopped => _stopped;

        public long Lifecycles => Interlocked.Read(ref _lifecycles);

        public void StartMeasuring() => _measuring = true;

        public void Stop() => _stopped = true;

        public void CountLifecycle()
        {
            if (IsMeasuring)
            {
                Interlocked.Increment(ref _lifecycles);
            }
        }
    }
}
