using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<Page<StaffMerchantApplication>> ListMerchantApplications(ListMerchantApplicationsRequest request) =>
        admin.Merchants.Applications(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<MerchantDecisionReply> DecideMerchantApplication(DecideMerchantApplicationRequest request) =>
        admin.Merchants.Decide(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<Page<MerchantReview>> ListMerchantReviews(ListMerchantReviewsRequest request) => admin.Merchants.Reviews(request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffUserReply> KeepMerchant(StaffUserRequest request) => admin.Merchants.Keep(Staff, request, Aborted);
}
