using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Webhooks;
using P2P.Server.Core;
using P2P.Server.Core.Outside;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>The browsers that are told of a user's notifications.</summary>
public sealed class WebPushFlow(Database database, RequestLog requests, Vapid vapid, OutsideAllowance allowance, HookLimits limits)
{
    public Task<WebPushKey> Key() => Task.FromResult(new WebPushKey { PublicKey = vapid.PublicKey });

    public Task<WebPushSubscription> Register(Caller caller, RegisterWebPushRequest request, CancellationToken cancellation)
    {
        var (point, auth) = WebPushRules.Check(request, allowance.Networks);
        return requests.Once(
            caller,
            nameof(IWebPushCalls.RegisterWebPush),
            request,
            change => Register(change, caller, request.Endpoint, point, auth),
            cancellation);
    }

    public async Task<IReadOnlyList<WebPushSubscription>> List(Caller caller, CancellationToken cancellation) =>
        [.. (await database.Read(tx => WebPushSql.OfUser(tx, caller.UserId), cancellation)).Select(View)];

    public Task<WebPushReply> Remove(Caller caller, RemoveWebPushRequest request, CancellationToken cancellation) =>
        requests.Once(
            caller,
            nameof(IWebPushCalls.RemoveWebPush),
            request,
            async change => await WebPushSql.Remove(change.Tx, caller.UserId, request.SubscriptionId) > 0
                ? new WebPushReply { SubscriptionId = request.SubscriptionId }
                : throw new Refused(ErrorCodes.NotFound, "There is no such subscription."),
            cancellation);

    private async Task<WebPushSubscription> Register(Change change, Caller caller, string endpoint, byte[] point, byte[] auth)
    {
        if (vapid.PublicKey is null)
        {
            throw new Refused(ErrorCodes.WebPushNotOffered, "This server sends no web pushes.");
        }

        _ = await ContactSql.LockOwner(change.Tx, caller.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
        if (await WebPushSql.CountOthers(change.Tx, caller.UserId, endpoint) >= limits.WebPushPerUser)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"At most {limits.WebPushPerUser} browsers are told: remove one first.",
                ("quota", "webPush"),
                ("limit", limits.WebPushPerUser.ToString(CultureInfo.InvariantCulture)));
        }

        var row = await WebPushSql.Save(change.Tx, Ids.New(), caller.UserId, endpoint, point, auth, await change.Now());
        return View(row ?? throw new InvalidOperationException("What was saved is not there."));
    }

    private static WebPushSubscription View(WebPushRow row) => new()
    {
        Id = row.Id,
        Service = new Uri(row.Endpoint).IdnHost,
        CreatedAt = row.CreatedAt,
        SentAt = row.SentAt,
    };
}
