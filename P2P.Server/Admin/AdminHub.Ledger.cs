using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<LedgerWatchView> GetLedgerWatch() => admin.Ledger.Findings.Watch(Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<LedgerFinding>> ListFindings(ListFindingsRequest request) => admin.Ledger.Findings.List(request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<LedgerFinding> AcknowledgeFinding(AcknowledgeFindingRequest request) =>
        admin.Ledger.Findings.Acknowledge(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<LedgerVerification> VerifyLedger(VerifyLedgerRequest request) =>
        admin.Ledger.Verifications.Begin(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<LedgerVerification> GetVerification(Guid verificationId) => admin.Ledger.Verifications.Get(verificationId, Aborted);
}
