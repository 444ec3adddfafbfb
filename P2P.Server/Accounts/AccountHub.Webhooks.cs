using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<WebhookSecretReply> CreateWebhook(CreateWebhookRequest request) => desk.Flows.Webhooks.Create(Caller, request, Aborted);

    public Task<IReadOnlyList<WebhookView>> ListWebhooks() => desk.Flows.Webhooks.List(Caller, Aborted);

    public Task<WebhookView> PauseWebhook(WebhookRequest request) => desk.Flows.Webhooks.Pause(Caller, request, Aborted);

    public Task<WebhookView> ResumeWebhook(ResumeWebhookRequest request) => desk.Flows.Webhooks.Resume(Caller, request, Aborted);

    public Task<WebhookReply> DeleteWebhook(WebhookRequest request) => desk.Flows.Webhooks.Delete(Caller, request, Aborted);

    public Task<WebhookSecretReply> RotateWebhookSecret(RotateWebhookSecretRequest request) => desk.Flows.Webhooks.Rotate(Caller, request, Aborted);

    public Task<WebhookTestReply> TestWebhook(WebhookRequest request) => desk.Flows.Webhooks.Test(Caller, request, Aborted);

    public Task<Page<WebhookDeliveryView>> ListWebhookDeliveries(ListWebhookDeliveriesRequest request) =>
        desk.Flows.Webhooks.Deliveries(Caller, request, Aborted);
}
