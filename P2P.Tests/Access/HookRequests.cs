using P2P.Contracts.Accounts;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>Requests on webhooks and browsers that are right in every member.</summary>
internal static class HookRequests
{
    /// <summary>Null for a call on anything else.</summary>
    public static object? Of(string method, Guid id, Guid webhook, Guid browser) => method switch
    {
        nameof(ITradeHub.CreateWebhook) => new CreateWebhookRequest
        {
            RequestId = id,
            Url = HookSettings.NowhereUrl,
            Audience = WebhookAudience.Trade,
            Types = ["OrderChanged"],
        },
        nameof(ITradeHub.PauseWebhook) or nameof(ITradeHub.DeleteWebhook) or nameof(ITradeHub.TestWebhook) =>
            new WebhookRequest { RequestId = id, WebhookId = webhook },
        nameof(ITradeHub.ResumeWebhook) => new ResumeWebhookRequest { RequestId = id, WebhookId = webhook },
        nameof(ITradeHub.RotateWebhookSecret) => new RotateWebhookSecretRequest { RequestId = id, WebhookId = webhook, OverlapHours = 1 },
        nameof(ITradeHub.ListWebhookDeliveries) => new ListWebhookDeliveriesRequest { WebhookId = webhook },
        nameof(ITradeHub.RegisterWebPush) => new RegisterWebPushRequest
        {
            RequestId = id,
            Endpoint = HookSettings.NowhereUrl + "2",
            P256dh = HookSettings.P256dh,
            Auth = HookSettings.Auth,
        },
        nameof(ITradeHub.RemoveWebPush) => new RemoveWebPushRequest { RequestId = id, SubscriptionId = browser },
        _ => null,
    };
}
