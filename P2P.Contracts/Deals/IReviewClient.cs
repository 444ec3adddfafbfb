namespace P2P.Contracts.Deals;

/// <summary>What a user hears of reviews.</summary>
public interface IReviewClient
{
    /// <summary>Durable: the other party of an order reviewed the user.</summary>
    Task ReviewReceived(EventHead head, ReviewReceived review);

    /// <summary>Durable: a review that the user wrote or received changed.</summary>
    Task ReviewChanged(EventHead head, ReviewChanged change);
}
