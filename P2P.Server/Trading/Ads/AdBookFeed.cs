using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>
/// Keeps the watched books true: hints of this node, and of others by the backplane, ten times a second, what no hint told of each second,
/// everything each five seconds.
/// </summary>
public sealed class AdBookFeed(AdBooks books, ILogger<AdBookFeed> log) : BackgroundService
{
    private const int OverlapSeconds = 5;
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAllEvery = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Periodic.Run(TickEvery, books.Tick, log, stoppingToken),
        Periodic.Run(PollEvery, cancellation => books.Poll(OverlapSeconds, cancellation), log, stoppingToken),
        Periodic.Run(ReadAllEvery, books.ReadAll, log, stoppingToken));
}
