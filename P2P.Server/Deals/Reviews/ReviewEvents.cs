using P2P.Contracts.Deals;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Reviews;

/// <summary>What the parties of an order hear of its reviews, on the hub of the order's kind.</summary>
internal static class ReviewEvents
{
    public static PendingEvent Received(Review review) => PendingEvent.For(
        review.SubjectId,
        AudienceOf(review.Kind),
        nameof(IReviewClient.ReviewReceived),
        new ReviewReceived { ReviewId = review.Id, OrderId = review.OrderId, AuthorId = review.AuthorId, Stars = review.Stars });

    public static IEnumerable<PendingEvent> Changed(Review review, ReviewChange change, params IReadOnlyList<long> userIds) =>
        PendingEvent.ForAll(
            userIds,
            AudienceOf(review.Kind),
            nameof(IReviewClient.ReviewChanged),
            new ReviewChanged
            {
                ReviewId = review.Id,
                OrderId = review.OrderId,
                Change = change,
                Stars = review.Stars,
                Version = review.Version,
            });

    private static string AudienceOf(OrderKind kind) => kind == OrderKind.Crypto ? Audience.Trade : Audience.Dealer;
}
