using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<HouseStatus> GetHouse() => admin.House.Get(Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<HouseStatus> PauseTrading(SwitchRequest request) =>
        admin.House.Move(Staff, nameof(PauseTrading), request, HouseSwitch.Trading, true, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<HouseStatus> ResumeTrading(SwitchRequest request) =>
        admin.House.Move(Staff, nameof(ResumeTrading), request, HouseSwitch.Trading, false, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<HouseStatus> PauseReleases(SwitchRequest request) =>
        admin.House.Move(Staff, nameof(PauseReleases), request, HouseSwitch.Releases, true, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<HouseStatus> ResumeReleases(SwitchRequest request) =>
        admin.House.Move(Staff, nameof(ResumeReleases), request, HouseSwitch.Releases, false, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.ReadOnly)]
    public Task<Page<AuditEntry>> ListAudit(ListAuditRequest request) => admin.Audit.List(request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.ReadOnly)]
    public Task<AuditVerification> VerifyAudit(VerifyAuditRequest request) => admin.Audit.Verify(request, Aborted);
}
