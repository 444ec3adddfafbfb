using P2P.Client.Sdk.Generated;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>What the house tells everybody.</summary>
public sealed class AnnouncementsClient
{
    private readonly IDealHubProxy _hub;

    internal AnnouncementsClient(IDealHubProxy hub) => _hub = hub;

    /// <summary>
    /// There are other announcements than before: all that are shown now. Raised on the connection's thread: return soon. It may be lost,
    /// so read the list after each connection.
    /// </summary>
    public event EventHandler<AnnouncementsChanged>? Changed;

    /// <inheritdoc cref="IAnnouncementCalls.ListAnnouncements"/>
    public Task<IReadOnlyList<AnnouncementView>> ListAsync(CancellationToken cancellationToken = default) =>
        _hub.ListAnnouncements(cancellationToken);

    internal void Hear(AnnouncementsChanged change) => Changed?.Invoke(this, change);
}
