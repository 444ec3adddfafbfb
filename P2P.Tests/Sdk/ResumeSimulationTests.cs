using System.Globalization;

namespace P2P.Tests.Sdk;

/// <summary>
/// The resume protocol under every kind of misfortune. Replay one life with P2P_SEED=n; P2P_SEEDS=n lives through more of them.
/// </summary>
[TestFixture]
internal sealed class ResumeSimulationTests
{
    private const int SeedsDefault = 100_000;

    [Test]
    [CancelAfter(300_000)]
    public void Events_come_once_and_in_order_and_the_client_catches_up(CancellationToken cancellationToken)
    {
        var one = Number("P2P_SEED");
        var from = one ?? Environment.TickCount & 0x3FFF_FFFF;
        var count = one is null ? Number("P2P_SEEDS") ?? SeedsDefault : 1;
        var (handled, resyncs, repeats) = (0L, 0L, 0L);
        Parallel.For(from, from + count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, seed =>
        {
            var life = new ResumeSimulation(seed);
            try
            {
                life.Run();
            }
            catch (Exception e)
            {
                throw new AssertionException($"Seed {seed}: {e.Message}. Replay with P2P_SEED={seed}.", e);
            }

            Interlocked.Add(ref handled, life.Handled);
            Interlocked.Add(ref resyncs, life.Resyncs);
            Interlocked.Add(ref repeats, life.Repeats);
        });
        TestContext.Out.WriteLine($"{count} seeds from {from}: {handled} events, {resyncs} resyncs, {repeats} repeats after a crash.");
        handled.ShouldBeGreaterThan(0);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
