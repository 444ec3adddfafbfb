using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<StaffUserRow>> SearchUsers(SearchUsersRequest request) => admin.Users.Search(Caller, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<UserDossier> GetUser(GetUserRequest request) => admin.Users.Get(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffUserReply> SuspendUser(SuspendUserRequest request) => admin.UserActs.Suspend(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffUserReply> LiftSuspension(StaffUserRequest request) => admin.UserActs.Lift(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffUserReply> VerifyUser(StaffUserRequest request) => admin.UserActs.Verify(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffUserReply> SetMerchant(StaffUserRequest request) =>
        admin.UserActs.SetMerchant(Staff, nameof(SetMerchant), request, true, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffUserReply> RevokeMerchant(StaffUserRequest request) =>
        admin.UserActs.SetMerchant(Staff, nameof(RevokeMerchant), request, false, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffUserReply> RevokeTokens(StaffUserRequest request) => admin.UserActs.RevokeTokens(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffUserReply> ResetSecondFactor(StaffUserRequest request) => admin.UserActs.ResetSecondFactor(Staff, request, Aborted);
}
