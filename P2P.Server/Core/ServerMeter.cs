using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace P2P.Server.Core;

/// <summary>The one meter of this server. Features add their instruments to it; their names begin with <c>p2p.</c>.</summary>
public static class ServerMeter
{
    public const string Name = "P2P.Server";

    private static readonly InstrumentAdvice<double> SecondsAdvice = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<int> CountAdvice = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    public static Meter Meter { get; } = new(Name);

    /// <summary>Spans that the frameworks below do not make themselves.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>A histogram of times in seconds, with buckets from half a millisecond on.</summary>
    public static Histogram<double> Seconds(string name, string description, Meter? meter = null) =>
        (meter ?? Meter).CreateHistogram(name, "s", description, advice: SecondsAdvice);

    /// <summary>A histogram of how many, with buckets that double.</summary>
    public static Histogram<int> Counts(string name, string unit, string description, Meter? meter = null) =>
        (meter ?? Meter).CreateHistogram(name, unit, description, advice: CountAdvice);
}
