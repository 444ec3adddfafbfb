using P2P.Server.Core;

namespace P2P.Server.Admin.Analytics;

/// <summary>Looks every minute whether a day is over.</summary>
internal sealed class AnalyticsTimer(AnalyticsRollup rollup, ILogger<AnalyticsTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, rollup.Run, log, stoppingToken);
}
