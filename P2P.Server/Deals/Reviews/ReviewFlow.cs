using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Reviews;

/// <summary>Parties of finished orders review each other. The reviewed profile's lock lets one change of its figures run at a time.</summary>
public sealed class ReviewFlow(RequestLog requests, ReviewLimits limits)
{
    public Task<ReviewReply> Create(Caller caller, CreateReviewRequest request, CancellationToken cancellation)
    {
        var words = ReviewRules.Words(request.Stars, request.Tags, request.Text);
        return requests.Once(
            caller, nameof(IReviewCalls.CreateReview), request, change => Create(change, caller, request.OrderId, words), cancellation);
    }

    public Task<ReviewReply> Edit(Caller caller, EditReviewRequest request, CancellationToken cancellation)
    {
        var words = ReviewRules.Words(request.Stars, request.Tags, request.Text);
        return requests.Once(
            caller, nameof(IReviewCalls.EditReview), request, change => Edit(change, caller, request, words), cancellation);
    }

    public Task<ReviewReply> Reply(Caller caller, ReplyToReviewRequest request, CancellationToken cancellation)
    {
        var text = ReviewRules.Reply(request.Text);
        return requests.Once(
            caller, nameof(IReviewCalls.ReplyToReview), request, change => Reply(change, caller, request.ReviewId, text), cancellation);
    }

    /// <summary>The review under the lock of the profile that it is about; null when there is none.</summary>
    internal static async Task<Review?> Locked(Tx tx, Guid reviewId)
    {
        if (await ReviewSql.Find(tx, reviewId) is not { } found)
        {
            return null;
        }

        await ReviewSql.LockSubject(tx, found.SubjectId);
        return await ReviewSql.Find(tx, reviewId);
    }

    private async Task<ReviewReply> Create(Change change, Caller caller, Guid orderId, ReviewWords words)
    {
        var tx = change.Tx;
        var order = await ReviewSql.Order(tx, caller.UserId, orderId)
            ?? throw new Refused(ErrorCodes.NotFound, "There is no such order.");
        var (writtenBy, subjectId) = order.From(caller.UserId);
        await ReviewSql.LockSubject(tx, subjectId);
        if (ReviewRules.CannotReview(order, await ReviewSql.Exists(tx, orderId, caller.UserId)) is { } reason)
        {
            throw new Refused(reason);
        }

        var at = await change.Now();
        var review = new Review
        {
            Id = Ids.New(),
            OrderId = orderId,
            Kind = order.Kind,
            AuthorId = caller.UserId,
            SubjectId = subjectId,
            WrittenBy = writtenBy,
            Stars = words.Stars,
            Tags = words.Tags,
            Body = words.Body,
            Version = 1,
            CreatedAt = at,
        };
        await ReviewSql.Insert(tx, review);
        await ReviewSql.AddRating(tx, subjectId, reviews: 1, words.Stars);
        await ReputationSql.MarkStale(tx, subjectId, at);
        change.Tell(ReviewEvents.Received(review));
        return ReviewViews.ReplyOf(review, limits);
    }

    private async Task<ReviewReply> Edit(Change change, Caller caller, EditReviewRequest request, ReviewWords words)
    {
        var tx = change.Tx;
        var review = await Locked(tx, request.ReviewId);
        if (review?.AuthorId != caller.UserId)
        {
            throw NotFound();
        }

        var at = await change.Now();
        if (ReviewRules.CannotEdit(review, request.ExpectedVersion, at, limits) is { } reason)
        {
            throw new Refused(reason);
        }

        var edited = review with { Stars = words.Stars, Version = review.Version + 1 };
        await ReviewSql.SaveWords(tx, review.Id, words, edited.Version, at);
        await ReviewSql.AddRating(tx, review.SubjectId, reviews: 0, words.Stars - review.Stars);
        await ReputationSql.MarkStale(tx, review.SubjectId, at);
        change.Tell(ReviewEvents.Changed(edited, ReviewChange.Edited, review.SubjectId));
        return ReviewViews.ReplyOf(edited, limits);
    }

    private async Task<ReviewReply> Reply(Change change, Caller caller, Guid reviewId, string text)
    {
        var tx = change.Tx;
        var review = await Locked(tx, reviewId);
        if (review is null || !ReviewRules.IsParty(review, caller.UserId))
        {
            throw NotFound();
        }

        if (ReviewRules.CannotReply(review, caller.UserId) is { } reason)
        {
            throw new Refused(reason);
        }

        var answered = review with { Version = review.Version + 1 };
        await ReviewSql.SaveReply(tx, reviewId, text, answered.Version, await change.Now());
        change.Tell(ReviewEvents.Changed(answered, ReviewChange.Replied, review.AuthorId));
        return ReviewViews.ReplyOf(answered, limits);
    }

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such review.");
}
