using P2P.Server.Core;

namespace P2P.Server.Accounts.Merchants;

/// <summary>Looks through the merchants every five minutes; of several nodes one does the work.</summary>
internal sealed class MerchantTimer(MerchantFlow merchants, ILogger<MerchantTimer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, merchants.Sweep, log, stoppingToken);
}
