using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<WebPushKey> GetWebPushKey() => desk.Flows.Notifications.WebPush.Key();

    public Task<WebPushSubscription> RegisterWebPush(RegisterWebPushRequest request) =>
        desk.Flows.Notifications.WebPush.Register(Caller, request, Aborted);

    public Task<IReadOnlyList<WebPushSubscription>> ListWebPushSubscriptions() => desk.Flows.Notifications.WebPush.List(Caller, Aborted);

    public Task<WebPushReply> RemoveWebPush(RemoveWebPushRequest request) => desk.Flows.Notifications.WebPush.Remove(Caller, request, Aborted);
}
