using P2P.Server.Realtime.Backplane;

namespace P2P.Tests.Support;

/// <summary>Two nodes that reach each other by a Redis of their own.</summary>
public abstract class BackplaneFixture : MarketFixture
{
    protected static bool IsNightly => Environment.GetEnvironmentVariable("P2P_NIGHTLY") == "1";

    protected TestRedis Redis { get; private set; } = null!; // Set before the first test.

    protected override int Nodes => 2;

    protected virtual bool RedisIsThere => true;

    [OneTimeSetUp]
    public Task Nodes_hear_each_other() => RedisIsThere ? NodesAreUp() : Task.CompletedTask;

    [OneTimeTearDown]
    public ValueTask End_Redis() => Redis.DisposeAsync();

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        Redis = await TestRedis.Create(RedisIsThere);
        return Redis.Settings;
    }

    protected ClusterBus Bus(int node) => Market.Service<ClusterBus>(node);

    protected Task<TimeSpan> NodesAreUp() => AllAre(BackplaneState.Up);

    protected Task<TimeSpan> NodesAreDegraded() => AllAre(BackplaneState.Degraded);

    private Task<TimeSpan> AllAre(BackplaneState state) =>
        Eventually(() => Enumerable.Range(0, Nodes).All(node => Bus(node).State == state));

    protected static void Tell(string line) => TestContext.Progress.WriteLine(line);

    /// <summary>The value below which this part of all lies.</summary>
    protected static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
    }
}
