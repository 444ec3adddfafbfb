using P2P.Server.Core;

namespace P2P.Server.Deals.Reviews;

/// <summary>Sweeps every five seconds; of several nodes one does the work.</summary>
internal sealed class ReputationTimer(ReputationFlow reputations, ILogger<ReputationTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, reputations.Sweep, log, stoppingToken);
}
