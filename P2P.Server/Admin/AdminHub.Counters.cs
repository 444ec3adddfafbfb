using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<HouseCounters> GetCounters() => admin.Counters.Get(Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.ReadOnly)]
    public Task<AnalyticsView> GetAnalytics(GetAnalyticsRequest request) => admin.Analytics.Get(request, Aborted);
}
