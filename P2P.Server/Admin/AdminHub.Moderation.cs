using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

/// <summary>What is taken out of sight.</summary>
public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<Page<StaffReviewRow>> SearchReviews(SearchStaffReviewsRequest request) => admin.Moderation.Reviews(request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<ModerateReviewReply> HideReview(ModerateReviewRequest request) => admin.Moderation.HideReview(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<ModerateReviewReply> RestoreReview(ModerateReviewRequest request) => admin.Moderation.RestoreReview(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support)]
    public Task<Page<StaffAdRow>> SearchAds(SearchStaffAdsRequest request) => admin.Moderation.Ads(request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<ModerateAdReply> HideAd(ModerateAdRequest request) => admin.Moderation.HideAd(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<ModerateAdReply> RestoreAd(ModerateAdRequest request) => admin.Moderation.RestoreAd(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<ModerateAdReply> CloseAd(ModerateAdRequest request) => admin.Moderation.CloseAd(Staff, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Support)]
    public Task<StaffUserReply> RemoveUserPicture(StaffUserRequest request) => admin.UserActs.RemovePicture(Staff, request, Aborted);
}
