namespace P2P.Tests.Support;

/// <summary>How much a test does: what fits into every run, or all of it when there is a night (<c>./test --nightly</c>).</summary>
internal static class Tier
{
    public static bool IsNightly { get; } = Environment.GetEnvironmentVariable("P2P_NIGHTLY") == "1";

    public static T Pick<T>(T everyRun, T nightly) => IsNightly ? nightly : everyRun;

    /// <summary>A seed that is told, and that <c>P2P_SEED</c> gives again.</summary>
    public static int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_SEED={seed}");
        return seed;
    }
}
