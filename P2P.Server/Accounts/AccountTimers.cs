using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;

namespace P2P.Server.Accounts;

/// <summary>What accounts repeat on every node; several nodes at once do no harm.</summary>
internal sealed class AccountTimers(
    Revocations revocations, UserDirectory users, SuspensionEnds suspensions, TicketFlow tickets, ILogger<AccountTimers> log) : BackgroundService
{
    private static readonly TimeSpan EverySecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EveryMinute = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Periodic.Run(EverySecond, Refresh, log, stoppingToken),
        Periodic.Run(EverySecond, suspensions.Round, log, stoppingToken),
        Periodic.Run(EveryMinute, tickets.Sweep, log, stoppingToken));

    /// <summary>A deletion revokes the subject's tokens and gives the subject up.</summary>
    private async Task Refresh(CancellationToken cancellation)
    {
        foreach (var revocation in await revocations.Refresh(cancellation))
        {
            users.Forget(revocation.Sub);
        }
    }
}
