using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>What staff tell everybody.</summary>
public sealed class AdminAnnouncementsClient
{
    private readonly AdminHubProxy _hub;

    internal AdminAnnouncementsClient(AdminHubProxy hub) => _hub = hub;

    /// <summary>
    /// There are other announcements than before: all that are shown now. Raised on the connection's thread: return soon. It may be lost.
    /// </summary>
    public event EventHandler<AnnouncementsChanged>? Changed;

    /// <inheritdoc cref="IStaffAnnouncementCalls.Announce"/>
    public Task<StaffAnnouncement> AnnounceAsync(AnnounceRequest request, CancellationToken cancellationToken = default) =>
        _hub.Announce(request, cancellationToken);

    /// <summary>Tells everybody something from now on.</summary>
    /// <param name="severity">How much it matters.</param>
    /// <param name="texts">What it says, once in each language; English among them.</param>
    /// <param name="until">Until when it is shown.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffAnnouncement> AnnounceAsync(
        AnnouncementSeverity severity,
        IReadOnlyList<AnnouncementText> texts,
        DateTimeOffset until,
        string reason,
        CancellationToken cancellationToken = default) =>
        AnnounceAsync(
            new AnnounceRequest { RequestId = Guid.CreateVersion7(), Severity = severity, Texts = texts, Until = until, Reason = reason },
            cancellationToken);

    /// <summary>Takes an announcement back before its time.</summary>
    /// <param name="announcementId">Which.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffAnnouncement> EndAsync(Guid announcementId, string reason, CancellationToken cancellationToken = default) =>
        _hub.EndAnnouncement(
            new EndAnnouncementRequest { RequestId = Guid.CreateVersion7(), AnnouncementId = announcementId, Reason = reason },
            cancellationToken);

    /// <summary>All announcements that ever were, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<StaffAnnouncement>> ListAsync(
        int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListAllAnnouncements(new ListAllAnnouncementsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    internal void Hear(AnnouncementsChanged change) => Changed?.Invoke(this, change);
}
