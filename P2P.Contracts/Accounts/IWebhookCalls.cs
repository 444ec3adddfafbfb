namespace P2P.Contracts.Accounts;

/// <summary>The caller's webhooks: addresses that are told the caller's events, signed, in order and at least once.</summary>
public interface IWebhookCalls
{
    /// <summary>Registers a webhook and tells its secret.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_JOINED_P2P, QUOTA_EXCEEDED, NOT_FOUND (the
    /// caller has no events of this audience), BAD_INPUT (<c>afterSeq</c> above the newest number), RESYNC (<c>afterSeq</c> before the oldest).
    /// </remarks>
    Task<WebhookSecretReply> CreateWebhook(CreateWebhookRequest request);

    /// <summary>The caller's webhooks, oldest first.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<IReadOnlyList<WebhookView>> ListWebhooks();

    /// <summary>Stops deliveries: after the answer at most the one that is on its way arrives. Paused already, nothing changes.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<WebhookView> PauseWebhook(WebhookRequest request);

    /// <summary>Goes on from the position at which deliveries stopped. Active already, it tries again at once.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<WebhookView> ResumeWebhook(ResumeWebhookRequest request);

    /// <summary>Deletes a webhook with its log.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<WebhookReply> DeleteWebhook(WebhookRequest request);

    /// <summary>Makes a new secret and tells it; for a while deliveries are signed by both.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_FOUND.</remarks>
    Task<WebhookSecretReply> RotateWebhookSecret(RotateWebhookSecretRequest request);

    /// <summary>Sends a delivery without events, also while the webhook is paused. It is tried once; the log says what became of it.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED (by rate, and within 10 seconds of the last test), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// WEBHOOKS_NOT_OFFERED, NOT_FOUND.
    /// </remarks>
    Task<WebhookTestReply> TestWebhook(WebhookRequest request);

    /// <summary>What was delivered and what was not, newest first; kept for 14 days by default.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<Page<WebhookDeliveryView>> ListWebhookDeliveries(ListWebhookDeliveriesRequest request);
}
