namespace P2P.Tests.Faults;

/// <summary>
/// Processes die in mid load: no acknowledged command is lost, none is half done, and every event reaches its reader exactly once, in order. (S20)
/// </summary>
[NonParallelizable]
public sealed class CrashTests
{
    private const int Pairs = 16;
    private const int Kills = 3;

    [Test]
    public Task The_server_is_killed() => KillInMidLoad(async market => await market.KillServer());

    [Test]
    public Task PostgreSQL_is_killed() => KillInMidLoad(async market =>
    {
        var ready = await market.KillPostgres();
        TestContext.Out.WriteLine($"PostgreSQL was back after {ready.TotalSeconds:F2} s");
    });

    private static async Task KillInMidLoad(Func<CrashMarket, Task> kill)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_SEED={seed}");
        await using var market = await CrashMarket.Create(Pairs);
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token)))
            .ToArray();
        for (var i = 0; i < Kills; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_500 + new Random(seed + 1_000 + i).Next(1_000)));
            await kill(market);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        var verdict = await CrashVerdict.Of(market);
        verdict.Acknowledged.ShouldBeGreaterThan(200);
        verdict.Events.ShouldBeGreaterThan(400);
    }
}
