using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

/// <summary>The dispute queue.</summary>
public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<StaffDisputeRow>> ListDisputeQueue(ListDisputeQueueRequest request) => admin.Disputes.Reads.List(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeView> GetDisputeForStaff(GetStaffDisputeRequest request) => admin.Disputes.Reads.Get(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<Page<StaffMemberView>> ListStaff(ListStaffRequest request) => admin.Disputes.Members.List(request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeReply> AssignDispute(AssignDisputeRequest request) => admin.Disputes.Acts.Assign(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeReply> RuleDispute(RuleDisputeRequest request) => admin.Disputes.Acts.Rule(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<RulingCheck> CheckRuling(CheckRulingRequest request) => admin.Disputes.Reads.Check(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeReply> ConfirmRuling(StaffDisputeRequest request) => admin.Disputes.Acts.Confirm(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeReply> AddDisputeHelper(DisputeHelperRequest request) =>
        admin.Disputes.Acts.Help(Staff, nameof(AddDisputeHelper), request, true, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffDisputeReply> RemoveDisputeHelper(DisputeHelperRequest request) =>
        admin.Disputes.Acts.Help(Staff, nameof(RemoveDisputeHelper), request, false, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<StaffDisputeReply> WatchDispute(WatchDisputeRequest request) => admin.Disputes.Acts.Watch(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<MessagePage> GetCaseMessages(GetCaseMessagesRequest request) => admin.Disputes.Rooms.Messages(Staff, request, Aborted);
}
