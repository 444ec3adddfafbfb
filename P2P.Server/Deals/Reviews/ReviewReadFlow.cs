using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Replica;

namespace P2P.Server.Deals.Reviews;

/// <summary>Shows reviews.</summary>
public sealed class ReviewReadFlow(Database database, ReplicaReads reads, ReviewLimits limits)
{
    private const int CountMax = 10_000;

    public async Task<ReviewPage> List(Caller caller, ListReviewsRequest request, CancellationToken cancellation)
    {
        if (request.Stars is { } stars)
        {
            ReviewRules.CheckStars(stars);
        }

        var subjectId = request.ProfileId ?? caller.UserId;
        var limit = ListPage.Size(request.Limit);
        var before = ReviewRules.Before(subjectId, request.Stars, request.Cursor);
        return await reads.Snapshot(caller, Rows, cancellation);

        async Task<ReviewPage> Rows(Tx tx)
        {
            var rating = await ReviewSql.Rating(tx, subjectId) ?? throw new Refused(ErrorCodes.NotFound, "There is no such profile.");
            var rows = (await ReviewSql.List(tx, subjectId, request.Stars, before, limit + 1)).ToList();
            return new ReviewPage
            {
                Reviews = [.. rows.Take(limit).Select(row => ReviewViews.Of(row, caller.UserId, limits))],
                Total = request.Stars is { } wanted ? await ReviewSql.Count(tx, subjectId, wanted, CountMax) : rating.TotalReviews,
                Average = rating.AvgRating,
                NextCursor = rows.Count > limit ? ReviewRules.Cursor(subjectId, request.Stars, rows[limit - 1].Id) : null,
            };
        }
    }

    public async Task<ReviewView> Get(Caller caller, Guid reviewId, CancellationToken cancellation) =>
        await database.Read(tx => ReviewSql.Find(tx, reviewId), cancellation) is { } review && ReviewRules.CanSee(review, caller.UserId)
            ? ReviewViews.Of(review, caller.UserId, limits)
            : throw new Refused(ErrorCodes.NotFound, "There is no such review.");

    public async Task<OrderReviews> OfOrder(Caller caller, Guid orderId, CancellationToken cancellation)
    {
        var (order, reviews) = await database.Snapshot(
            async tx => (await ReviewSql.Order(tx, caller.UserId, orderId), (await ReviewSql.OfOrder(tx, orderId)).ToList()), cancellation);
        if (order is null)
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such order.");
        }

        var (given, received) = (reviews.Find(one => one.AuthorId == caller.UserId), reviews.Find(one => one.SubjectId == caller.UserId));
        return new OrderReviews
        {
            Given = given is null ? null : ReviewViews.Of(given, caller.UserId, limits),
            Received = received is null ? null : ReviewViews.Of(received, caller.UserId, limits),
            CanReview = ReviewRules.CannotReview(order, given is not null) is null,
        };
    }
}
