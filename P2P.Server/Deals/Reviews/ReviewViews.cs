using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Reviews;

/// <summary>What is told of a review, and to whom.</summary>
public static class ReviewViews
{
    /// <summary>The review as this user may read it.</summary>
    public static ReviewView Of(Review review, long readerId, ReviewLimits limits) => new()
    {
        Id = review.Id,
        OrderId = ReviewRules.IsParty(review, readerId) ? review.OrderId : null,
        AuthorId = review.AuthorId,
        AuthorName = review.AuthorName,
        WrittenBy = review.WrittenBy,
        SubjectId = review.SubjectId,
        Stars = review.Stars,
        Tags = [.. review.Tags.Select(Enum.Parse<ReviewTag>)],
        Text = review.Body,
        Version = review.Version,
        Reply = review.Reply,
        RepliedAt = review.RepliedAt,
        CreatedAt = review.CreatedAt,
        EditedAt = review.EditedAt,
        EditableUntil = readerId == review.AuthorId ? ReviewRules.EditableUntil(review.CreatedAt, limits) : null,
        HiddenBecause = review.HiddenReason,
    };

    public static ReviewReply ReplyOf(Review review, ReviewLimits limits) => new()
    {
        ReviewId = review.Id,
        Version = review.Version,
        EditableUntil = ReviewRules.EditableUntil(review.CreatedAt, limits),
    };
}
