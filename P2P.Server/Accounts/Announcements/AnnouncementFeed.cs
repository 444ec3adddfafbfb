using P2P.Contracts.Accounts;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts.Announcements;

/// <summary>
/// Looks every two seconds, on every node, what is announced now: when it is something else than before, everybody who is connected here
/// hears it.
/// </summary>
public sealed class AnnouncementFeed(AnnouncementFlow announcements, HubLinks links, ILogger<AnnouncementFeed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly LossyBroadcast<AnnouncementsChanged> _broadcast = new(nameof(IAccountClient.AnnouncementsChanged));
    private Guid[]? _told;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Look, log, stoppingToken);

    private async Task Look(CancellationToken cancellation)
    {
        var shown = await announcements.Shown(cancellation);
        Guid[] ids = [.. shown.Select(one => one.Id)];
        if (_told is not null && !_told.SequenceEqual(ids))
        {
            _broadcast.Tell(links.All, new AnnouncementsChanged { Items = shown });
        }

        _told = ids;
    }
}
