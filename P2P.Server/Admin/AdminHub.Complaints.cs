using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

/// <summary>Complaints about orders that have ended.</summary>
public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<StaffComplaintRow>> ListComplaintQueue(ListComplaintQueueRequest request) =>
        admin.Complaints.List(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<StaffComplaintView> GetComplaintForStaff(GetStaffComplaintRequest request) => admin.Complaints.Get(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffComplaintReply> AssignComplaint(AssignComplaintRequest request) => admin.Complaints.Assign(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator)]
    public Task<StaffComplaintReply> DecideComplaint(DecideComplaintRequest request) => admin.Complaints.Decide(Staff, request, Aborted);
}
