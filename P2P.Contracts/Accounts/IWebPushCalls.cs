namespace P2P.Contracts.Accounts;

/// <summary>The browsers that are told of the caller's notifications by Web Push.</summary>
public interface IWebPushCalls
{
    /// <summary>The server's key for subscriptions.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<WebPushKey> GetWebPushKey();

    /// <summary>Registers a browser; one that somebody else registered is the caller's from now on.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEB_PUSH_NOT_OFFERED, NOT_JOINED_P2P, QUOTA_EXCEEDED.
    /// </remarks>
    Task<WebPushSubscription> RegisterWebPush(RegisterWebPushRequest request);

    /// <summary>The caller's subscriptions, oldest first.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<IReadOnlyList<WebPushSubscription>> ListWebPushSubscriptions();

    /// <summary>Ends a subscription.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<WebPushReply> RemoveWebPush(RemoveWebPushRequest request);
}
