using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>
/// What staff take out of sight: reviews, ads, profile pictures. Calls are repeated until the server has decided; what changes something does
/// so once, is told to whom it concerns, and stands in the audit log with its reason.
/// </summary>
public sealed class AdminModerationClient
{
    private readonly AdminHubProxy _hub;

    internal AdminModerationClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IModerationCalls.SearchReviews"/>
    public Task<Page<StaffReviewRow>> SearchReviewsAsync(SearchStaffReviewsRequest request, CancellationToken cancellationToken = default) =>
        _hub.SearchReviews(request, cancellationToken);

    /// <summary>Hides a review: it counts in no figure, and only its two parties see it.</summary>
    /// <param name="reviewId">The review.</param>
    /// <param name="reason">Why; both parties read it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ModerateReviewReply> HideReviewAsync(Guid reviewId, string reason, CancellationToken cancellationToken = default) =>
        _hub.HideReview(Review(reviewId, reason), cancellationToken);

    /// <summary>Shows a hidden review again.</summary>
    /// <param name="reviewId">The review.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ModerateReviewReply> RestoreReviewAsync(Guid reviewId, string reason, CancellationToken cancellationToken = default) =>
        _hub.RestoreReview(Review(reviewId, reason), cancellationToken);

    /// <inheritdoc cref="IModerationCalls.SearchAds"/>
    public Task<Page<StaffAdRow>> SearchAdsAsync(SearchStaffAdsRequest request, CancellationToken cancellationToken = default) =>
        _hub.SearchAds(request, cancellationToken);

    /// <summary>Hides an ad until it is restored; its open orders go on.</summary>
    /// <param name="adId">The ad.</param>
    /// <param name="reason">Why; the owner reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ModerateAdReply> HideAdAsync(Guid adId, string reason, CancellationToken cancellationToken = default) =>
        _hub.HideAd(Ad(adId, reason), cancellationToken);

    /// <summary>Lets the owner show a hidden ad again.</summary>
    /// <param name="adId">The ad.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ModerateAdReply> RestoreAdAsync(Guid adId, string reason, CancellationToken cancellationToken = default) =>
        _hub.RestoreAd(Ad(adId, reason), cancellationToken);

    /// <summary>Closes an ad for good; its open orders go on.</summary>
    /// <param name="adId">The ad.</param>
    /// <param name="reason">Why; the owner reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ModerateAdReply> CloseAdAsync(Guid adId, string reason, CancellationToken cancellationToken = default) =>
        _hub.CloseAd(Ad(adId, reason), cancellationToken);

    /// <summary>Takes a user's profile picture away; harmless when there is none.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffUserReply> RemovePictureAsync(long userId, string reason, CancellationToken cancellationToken = default) =>
        _hub.RemoveUserPicture(
            new StaffUserRequest { RequestId = Guid.CreateVersion7(), UserId = userId, Reason = reason }, cancellationToken);

    private static ModerateReviewRequest Review(Guid reviewId, string reason) =>
        new() { RequestId = Guid.CreateVersion7(), ReviewId = reviewId, Reason = reason };

    private static ModerateAdRequest Ad(Guid adId, string reason) =>
        new() { RequestId = Guid.CreateVersion7(), AdId = adId, Reason = reason };
}
