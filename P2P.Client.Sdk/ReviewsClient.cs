using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// What parties say of each other after an order. Calls are repeated until the server has decided or
/// <see cref="P2PClientOptions.CallTimeout"/> is over; what changes something does so once, because every repeat carries the same request
/// id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice.
/// </remarks>
public sealed class ReviewsClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal ReviewsClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>Reviews the other party of a finished order, once an order.</summary>
    /// <param name="orderId">One of one's own orders.</param>
    /// <param name="stars">1 (bad) to 5 (good).</param>
    /// <param name="text">At most 1,000 characters; everyone can read it.</param>
    /// <param name="tags">At most 5.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ReviewReply> CreateAsync(
        Guid orderId,
        int stars,
        string? text = null,
        IReadOnlyList<ReviewTag>? tags = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateReviewRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Stars = stars, Text = text, Tags = tags },
            cancellationToken);

    /// <inheritdoc cref="IReviewCalls.CreateReview"/>
    public Task<ReviewReply> CreateAsync(CreateReviewRequest request, CancellationToken cancellationToken = default) =>
        _hub.CreateReview(request, cancellationToken);

    /// <summary>Replaces what one's own review says, within the time that the operator gives.</summary>
    /// <param name="reviewId">One of one's own reviews.</param>
    /// <param name="stars">1 (bad) to 5 (good).</param>
    /// <param name="text">At most 1,000 characters; null for none.</param>
    /// <param name="tags">At most 5; null for none.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the review has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ReviewReply> EditAsync(
        Guid reviewId,
        int stars,
        string? text = null,
        IReadOnlyList<ReviewTag>? tags = null,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        EditAsync(
            new EditReviewRequest
            {
                RequestId = Guid.CreateVersion7(),
                ReviewId = reviewId,
                ExpectedVersion = expectedVersion,
                Stars = stars,
                Text = text,
                Tags = tags,
            },
            cancellationToken);

    /// <inheritdoc cref="IReviewCalls.EditReview"/>
    public Task<ReviewReply> EditAsync(EditReviewRequest request, CancellationToken cancellationToken = default) =>
        _hub.EditReview(request, cancellationToken);

    /// <summary>Answers a review of oneself, once.</summary>
    /// <param name="reviewId">A review of oneself.</param>
    /// <param name="text">1 to 1,000 characters; everyone can read it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ReviewReply> ReplyAsync(Guid reviewId, string text, CancellationToken cancellationToken = default) =>
        ReplyAsync(new ReplyToReviewRequest { RequestId = Guid.CreateVersion7(), ReviewId = reviewId, Text = text }, cancellationToken);

    /// <inheritdoc cref="IReviewCalls.ReplyToReview"/>
    public Task<ReviewReply> ReplyAsync(ReplyToReviewRequest request, CancellationToken cancellationToken = default) =>
        _hub.ReplyToReview(request, cancellationToken);

    /// <summary>Reviews of a user, newest first.</summary>
    /// <param name="profileId">Whose; one's own when left out.</param>
    /// <param name="stars">Only those with so many stars.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="ReviewPage.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ReviewPage> ListAsync(
        long? profileId = null,
        int? stars = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListReviews(
            new ListReviewsRequest { ProfileId = profileId, Stars = stars, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IReviewCalls.GetReview"/>
    public Task<ReviewView> GetAsync(Guid reviewId, CancellationToken cancellationToken = default) =>
        _hub.GetReview(reviewId, cancellationToken);

    /// <inheritdoc cref="IReviewCalls.GetOrderReviews"/>
    public Task<OrderReviews> GetOfOrderAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetOrderReviews(orderId, cancellationToken);

    /// <summary>
    /// Each review that the user receives, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<ReviewReceived>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<ReviewReceived>(_events, filter: null, cancellationToken);
}
