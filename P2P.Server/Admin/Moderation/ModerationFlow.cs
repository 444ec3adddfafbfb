using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Reviews;
using P2P.Server.Realtime.Requests;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Admin.Moderation;

/// <summary>What staff find of reviews and ads, and what they take out of sight.</summary>
public sealed class ModerationFlow(Database database, RequestLog requests, AdModerationFlow ads)
{
    public async Task<Page<StaffReviewRow>> Reviews(SearchStaffReviewsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await database.Read(tx => ModerationSql.Reviews(tx, request, before, size + 1), cancellation)).ToList();
        return new Page<StaffReviewRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].ReviewId) : null,
        };
    }

    public async Task<Page<StaffAdRow>> Ads(SearchStaffAdsRequest request, CancellationToken cancellation)
    {
        if (request.Status is AdStatus.Unknown)
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such status.", ("path", "status"));
        }

        var search = request with { Asset = AdminText.Key(request.Asset, "asset"), Fiat = AdminText.Key(request.Fiat, "fiat") };
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await database.Read(
            tx => ModerationSql.Ads(tx, search, request.Status?.ToString(), before, size + 1), cancellation)).ToList();
        return new Page<StaffAdRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].AdId) : null,
        };
    }

    public Task<ModerateReviewReply> HideReview(StaffCaller staff, ModerateReviewRequest request, CancellationToken cancellation) =>
        Moderate(staff, nameof(IModerationCalls.HideReview), request, true, cancellation);

    public Task<ModerateReviewReply> RestoreReview(StaffCaller staff, ModerateReviewRequest request, CancellationToken cancellation) =>
        Moderate(staff, nameof(IModerationCalls.RestoreReview), request, false, cancellation);

    public Task<ModerateAdReply> HideAd(StaffCaller staff, ModerateAdRequest request, CancellationToken cancellation) =>
        ads.Hide(staff.Caller, staff.Actor, request, cancellation);

    public Task<ModerateAdReply> RestoreAd(StaffCaller staff, ModerateAdRequest request, CancellationToken cancellation) =>
        ads.Restore(staff.Caller, staff.Actor, request, cancellation);

    public Task<ModerateAdReply> CloseAd(StaffCaller staff, ModerateAdRequest request, CancellationToken cancellation) =>
        ads.Close(staff.Caller, staff.Actor, request, cancellation);

    private Task<ModerateReviewReply> Moderate(
        StaffCaller staff, string call, ModerateReviewRequest request, bool hide, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        return requests.Once(
            staff.Caller,
            call,
            request,
            async change =>
            {
                // Parties of a review never change: no lock is needed to tell who they are.
                if (await ReviewSql.Find(change.Tx, request.ReviewId) is { } review && ReviewRules.IsParty(review, staff.Caller.UserId))
                {
                    throw new Refused(ErrorCodes.ConflictOfInterest, "Nobody moderates a review of their own, or of themselves.");
                }

                var version = hide
                    ? await ReviewModerationFlow.Hide(change, staff.Actor, request.ReviewId, why)
                    : await ReviewModerationFlow.Restore(change, staff.Actor, request.ReviewId, why);
                return new ModerateReviewReply { ReviewId = request.ReviewId, Hidden = hide, Version = version };
            },
            cancellation);
    }
}
