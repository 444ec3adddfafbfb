namespace P2P.Benchmarks.Measuring;

/// <summary>What one target did in one round.</summary>
internal sealed record Sample
{
    public required long Lifecycles { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Milliseconds of one command.</summary>
    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    /// <summary>Seconds of processor time of whoever sends the commands: server and driver, or pgbench.</summary>
    public required double ClientCpuSeconds { get; init; }

    public required double PostgresCpuSeconds { get; init; }

    /// <summary>Commands in one transaction.</summary>
    public double BatchMean { get; init; } = 1;

    public double Rate => Lifecycles / Seconds;

    public double ClientCpuUs => ClientCpuSeconds * 1e6 / Lifecycles;

    public double CpuUs => ClientCpuUs + PostgresCpuUs;

    public double PostgresCpuUs => PostgresCpuSeconds * 1e6 / Lifecycles;
}

/// <summary>Quantiles of what was sorted or not.</summary>
internal static class Statistics
{
    public static double Quantile(IReadOnlyCollection<double> values, double part)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
