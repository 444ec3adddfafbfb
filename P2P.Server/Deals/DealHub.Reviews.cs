using P2P.Contracts.Deals;

namespace P2P.Server.Deals;

/// <summary>What parties say of each other.</summary>
public abstract partial class DealHub<TClient>
{
    public Task<ReviewReply> CreateReview(CreateReviewRequest request) => deals.Reviews.Flow.Create(Caller, request, Aborted);

    public Task<ReviewReply> EditReview(EditReviewRequest request) => deals.Reviews.Flow.Edit(Caller, request, Aborted);

    public Task<ReviewReply> ReplyToReview(ReplyToReviewRequest request) => deals.Reviews.Flow.Reply(Caller, request, Aborted);

    public Task<ReviewPage> ListReviews(ListReviewsRequest request) => deals.Reviews.Reads.List(Caller, request, Aborted);

    public Task<ReviewView> GetReview(Guid reviewId) => deals.Reviews.Reads.Get(Caller, reviewId, Aborted);

    public Task<OrderReviews> GetOrderReviews(Guid orderId) => deals.Reviews.Reads.OfOrder(Caller, orderId, Aborted);
}
