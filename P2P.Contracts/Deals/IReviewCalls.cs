namespace P2P.Contracts.Deals;

/// <summary>What parties say of each other after an order.</summary>
public interface IReviewCalls
{
    /// <summary>
    /// Reviews the other party of a finished order: one that was released, or one that ended by the decision of a dispute. Each party once an
    /// order.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS, ALREADY_DONE.
    /// </remarks>
    Task<ReviewReply> CreateReview(CreateReviewRequest request);

    /// <summary>Replaces what one's own review says, within the time that the operator gives (a day unless configured).</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, REVIEW_HIDDEN, DEADLINE_PASSED.
    /// </remarks>
    Task<ReviewReply> EditReview(EditReviewRequest request);

    /// <summary>The reviewed answers, once.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_PARTY (to the author), REVIEW_HIDDEN,
    /// ALREADY_DONE.
    /// </remarks>
    Task<ReviewReply> ReplyToReview(ReplyToReviewRequest request);

    /// <summary>Reviews of a user, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<ReviewPage> ListReviews(ListReviewsRequest request);

    /// <summary>One review. Hidden ones are there for their two parties only.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<ReviewView> GetReview(Guid reviewId);

    /// <summary>Both reviews of one of the caller's own orders.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<OrderReviews> GetOrderReviews(Guid orderId);
}
