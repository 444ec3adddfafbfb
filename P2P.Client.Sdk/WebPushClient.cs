using P2P.Client.Sdk.Generated;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// Browsers that are told of the user's notifications by Web Push, also while no page is open. Which kinds are pushed is chosen in
/// <see cref="NotificationsClient.SetPreferencesAsync(SetNotificationPreferencesRequest, CancellationToken)"/>.
/// </summary>
public sealed class WebPushClient
{
    private readonly IDealHubProxy _hub;

    internal WebPushClient(IDealHubProxy hub) => _hub = hub;

    /// <summary>The server's public key: <c>applicationServerKey</c> of the browser's subscription. Null when it sends no web pushes.</summary>
    public async Task<string?> GetKeyAsync(CancellationToken cancellationToken = default) =>
        (await _hub.GetWebPushKey(cancellationToken).ConfigureAwait(false)).PublicKey;

    /// <summary>Registers a browser; the same endpoint again replaces its keys.</summary>
    /// <param name="endpoint">The subscription's endpoint.</param>
    /// <param name="p256dh">Its key <c>p256dh</c>, in base64url.</param>
    /// <param name="auth">Its key <c>auth</c>, in base64url.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebPushSubscription> RegisterAsync(Uri endpoint, string p256dh, string auth, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return RegisterAsync(
            new RegisterWebPushRequest
            {
                RequestId = Guid.CreateVersion7(),
                Endpoint = endpoint.OriginalString,
                P256dh = p256dh,
                Auth = auth,
            },
            cancellationToken);
    }

    /// <inheritdoc cref="IWebPushCalls.RegisterWebPush"/>
    public Task<WebPushSubscription> RegisterAsync(RegisterWebPushRequest request, CancellationToken cancellationToken = default) =>
        _hub.RegisterWebPush(request, cancellationToken);

    /// <inheritdoc cref="IWebPushCalls.ListWebPushSubscriptions"/>
    public Task<IReadOnlyList<WebPushSubscription>> ListAsync(CancellationToken cancellationToken = default) =>
        _hub.ListWebPushSubscriptions(cancellationToken);

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscriptionId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebPushReply> RemoveAsync(Guid subscriptionId, CancellationToken cancellationToken = default) =>
        _hub.RemoveWebPush(new RemoveWebPushRequest { RequestId = Guid.CreateVersion7(), SubscriptionId = subscriptionId }, cancellationToken);
}
