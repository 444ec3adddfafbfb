using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications;

namespace P2P.Server.Deals.Reviews;

/// <summary>What the parties of a review are told beside the stream: that staff hid it.</summary>
internal static class ReviewNotices
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<ReviewChanged>(nameof(IReviewClient.ReviewChanged), (_, change) => Of(change));

    private static Notice? Of(ReviewChanged change) => change.Change == ReviewChange.Hidden
        ? new Notice(NotificationKind.ReviewHidden, new Dictionary<string, string> { ["orderId"] = change.OrderId.ToString() })
        : null;
}
