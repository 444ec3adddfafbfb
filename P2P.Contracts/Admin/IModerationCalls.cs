namespace P2P.Contracts.Admin;

/// <summary>What staff take out of sight: reviews, ads, profile pictures. Whom it concerns is told; the audit log keeps the reason.</summary>
public interface IModerationCalls
{
    /// <summary>Reviews, hidden ones too, newest first. Roles: admin, arbitrator, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffReviewRow>> SearchReviews(SearchStaffReviewsRequest request);

    /// <summary>
    /// Hides a review: it counts in no figure, and only its two parties see it, with the reason. Hidden already, it stays so. Roles: admin,
    /// support.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, CONFLICT_OF_INTEREST.</remarks>
    Task<ModerateReviewReply> HideReview(ModerateReviewRequest request);

    /// <summary>Shows a hidden review again; one that is shown stays so. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, CONFLICT_OF_INTEREST.</remarks>
    Task<ModerateReviewReply> RestoreReview(ModerateReviewRequest request);

    /// <summary>Ads of whatever status and visibility, newest first. Roles: admin, arbitrator, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffAdRow>> SearchAds(SearchStaffAdsRequest request);

    /// <summary>
    /// Hides an ad: nobody can take it, and its owner cannot show it again before <see cref="RestoreAd"/>. Open orders go on. Hidden already,
    /// it takes the new reason. Roles: admin, support.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.</remarks>
    Task<ModerateAdReply> HideAd(ModerateAdRequest request);

    /// <summary>Lets the owner show a hidden ad again; it stays paused until then. One that is not hidden stays as it is. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.</remarks>
    Task<ModerateAdReply> RestoreAd(ModerateAdRequest request);

    /// <summary>Closes an ad for good. Open orders go on. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.</remarks>
    Task<ModerateAdReply> CloseAd(ModerateAdRequest request);

    /// <summary>Takes a user's profile picture away; harmless when there is none. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.</remarks>
    Task<StaffUserReply> RemoveUserPicture(StaffUserRequest request);
}
