using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffAnnouncement> Announce(AnnounceRequest request) => admin.Announcements.Announce(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffAnnouncement> EndAnnouncement(EndAnnouncementRequest request) => admin.Announcements.End(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<StaffAnnouncement>> ListAllAnnouncements(ListAllAnnouncementsRequest request) =>
        admin.Announcements.List(request, Aborted);
}
