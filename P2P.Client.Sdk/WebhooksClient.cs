using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// The user's webhooks: addresses that are told the user's events, signed, in order and at least once. What arrives there is read with
/// <see cref="WebhookSignature"/>. What changes something does so once, because every repeat carries the same request id.
/// </summary>
public sealed class WebhooksClient
{
    private readonly IDealHubProxy _hub;

    internal WebhooksClient(IDealHubProxy hub) => _hub = hub;

    /// <summary>Registers a webhook.</summary>
    /// <param name="url">Where deliveries go: a public https address.</param>
    /// <param name="types">Names of events that are told; all when left out.</param>
    /// <param name="afterSeq">The number of the last event that the receiver already has; the stream's newest when left out.</param>
    /// <param name="audience">Whose events.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    /// <returns>The webhook with its secret, which no other call tells: keep it.</returns>
    public Task<WebhookSecretReply> CreateAsync(
        Uri url,
        IReadOnlyList<string>? types = null,
        long? afterSeq = null,
        WebhookAudience audience = WebhookAudience.Trade,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        return CreateAsync(
            new CreateWebhookRequest
            {
                RequestId = Guid.CreateVersion7(),
                Url = url.OriginalString,
                Audience = audience,
                Types = types,
                AfterSeq = afterSeq,
            },
            cancellationToken);
    }

    /// <inheritdoc cref="IWebhookCalls.CreateWebhook"/>
    public Task<WebhookSecretReply> CreateAsync(CreateWebhookRequest request, CancellationToken cancellationToken = default) =>
        _hub.CreateWebhook(request, cancellationToken);

    /// <inheritdoc cref="IWebhookCalls.ListWebhooks"/>
    public Task<IReadOnlyList<WebhookView>> ListAsync(CancellationToken cancellationToken = default) => _hub.ListWebhooks(cancellationToken);

    /// <summary>Stops deliveries; nothing is lost, <see cref="ResumeAsync"/> goes on from there.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebhookView> PauseAsync(Guid webhookId, CancellationToken cancellationToken = default) =>
        _hub.PauseWebhook(For(webhookId), cancellationToken);

    /// <summary>Goes on from where deliveries stopped.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="skipMissed">Go on from the newest event instead.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebhookView> ResumeAsync(Guid webhookId, bool skipMissed = false, CancellationToken cancellationToken = default) =>
        _hub.ResumeWebhook(
            new ResumeWebhookRequest { RequestId = Guid.CreateVersion7(), WebhookId = webhookId, SkipMissed = skipMissed ? true : null },
            cancellationToken);

    /// <summary>Deletes a webhook with its log.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebhookReply> DeleteAsync(Guid webhookId, CancellationToken cancellationToken = default) =>
        _hub.DeleteWebhook(For(webhookId), cancellationToken);

    /// <summary>Makes a new secret; for a while deliveries carry signatures by both.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="overlapHours">For how long, 0 to 72 hours; 24 when left out. 0 after a secret became known to others.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WebhookSecretReply> RotateSecretAsync(
        Guid webhookId, int? overlapHours = null, CancellationToken cancellationToken = default) =>
        _hub.RotateWebhookSecret(
            new RotateWebhookSecretRequest { RequestId = Guid.CreateVersion7(), WebhookId = webhookId, OverlapHours = overlapHours },
            cancellationToken);

    /// <summary>Sends a delivery without events; <see cref="ListDeliveriesAsync"/> tells what became of it.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether it is sent is then unknown.</param>
    public Task<WebhookTestReply> TestAsync(Guid webhookId, CancellationToken cancellationToken = default) =>
        _hub.TestWebhook(For(webhookId), cancellationToken);

    /// <summary>What was delivered and what was not, newest first.</summary>
    /// <param name="webhookId">Which.</param>
    /// <param name="failedOnly">Those that failed.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<WebhookDeliveryView>> ListDeliveriesAsync(
        Guid webhookId,
        bool? failedOnly = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListWebhookDeliveries(
            new ListWebhookDeliveriesRequest { WebhookId = webhookId, FailedOnly = failedOnly, Limit = limit, Cursor = cursor },
            cancellationToken);

    private static WebhookRequest For(Guid webhookId) => new() { RequestId = Guid.CreateVersion7(), WebhookId = webhookId };
}
