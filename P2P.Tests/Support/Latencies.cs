using System.Collections.Concurrent;
using System.Diagnostics;

namespace P2P.Tests.Support;

/// <summary>How long things took, in milliseconds; for several threads.</summary>
internal sealed class Latencies
{
    private ConcurrentBag<double> _all = [];

    public int Count => _all.Count;

    public double P50 => Quantile(0.5);

    public double P99 => Quantile(0.99);

    public double Max => Quantile(1);

    public void Add(TimeSpan took) => _all.Add(took.TotalMilliseconds);

    /// <summary>Takes all of another's.</summary>
    public void Add(Latencies others)
    {
        foreach (var took in others._all)
        {
            _all.Add(took);
        }
    }

    public void Clear() => _all = [];

    public async Task<T> Of<T>(Func<Task<T>> call)
    {
        var since = Stopwatch.GetTimestamp();
        var result = await call();
        Add(Stopwatch.GetElapsedTime(since));
        return result;
    }

    private double Quantile(double share)
    {
        var sorted = _all.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
