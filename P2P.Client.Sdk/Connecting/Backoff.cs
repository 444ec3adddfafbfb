namespace P2P.Client.Sdk.Connecting;

/// <summary>Pauses between attempts: they double, have a limit, and differ from one client to the next.</summary>
internal static class Backoff
{
    /// <summary>The pause after so many failures in a row, 0 being the first: between half and all of the doubled minimum.</summary>
    public static TimeSpan After(int failures, TimeSpan min, TimeSpan max)
    {
        var full = Math.Min(min.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)), max.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * Jitter(0.5, 1));
    }

    /// <summary>Somewhat more than the server asked for, so that those it turned away together do not come back together.</summary>
    public static TimeSpan AtLeast(TimeSpan asked) => asked * Jitter(1, 1.25);

#pragma warning disable CA5394 // Jitter guards nothing.
    private static double Jitter(double from, double to) => from + ((to - from) * Random.Shared.NextDouble());
#pragma warning restore CA5394
}
