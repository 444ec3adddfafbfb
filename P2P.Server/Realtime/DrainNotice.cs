using P2P.Contracts;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime;

/// <summary>Tells every connection that the server is about to stop, before the connections are closed.</summary>
public sealed class DrainNotice(IHostApplicationLifetime lifetime, HubLinks links) : IHostedService
{
    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Registered after SignalR's own, and so called before it.
        _registration = lifetime.ApplicationStopping.Register(() =>
        {
            foreach (var link in links.All)
            {
                link.Close(ErrorCodes.Draining, "The server is about to stop. Connect again.");
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration.Dispose();
        return Task.CompletedTask;
    }
}
