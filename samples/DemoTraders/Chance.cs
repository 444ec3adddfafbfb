namespace DemoTraders;

/// <summary>What people leave to chance.</summary>
internal static class Chance
{
    public static bool Of(double probability) => Random.Shared.NextDouble() < probability;

    public static decimal Between(decimal from, decimal to) => from + ((decimal)Random.Shared.NextDouble() * (to - from));

    /// <summary>A pause at a human pace.</summary>
    public static TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (Random.Shared.NextDouble() * (to - from)));
}
