using System.Collections.Frozen;
using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;
using P2P.Server.Core.Outside;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>A user's own webhooks.</summary>
public sealed class WebhookFlow(
    Database database,
    RequestLog requests,
    WebhookSecrets secrets,
    OutsideAllowance allowance,
    HookLimits limits,
    Notifier notifier,
    WebhookHints hints)
{
    private const int OverlapHoursDefault = 24;

    public async Task<WebhookSecretReply> Create(Caller caller, CreateWebhookRequest request, CancellationToken cancellation)
    {
        WebhookRules.Check(request, allowance.Networks);
        var stored = await requests.Once(
            caller, nameof(IWebhookCalls.CreateWebhook), request, change => Create(change, caller, request), cancellation);
        hints.Add(caller.UserId);
        return Told(stored);
    }

    public async Task<IReadOnlyList<WebhookView>> List(Caller caller, CancellationToken cancellation) =>
        [.. (await database.Read(tx => WebhookSql.OfUser(tx, caller.UserId), cancellation)).Select(View)];

    public Task<WebhookView> Pause(Caller caller, WebhookRequest request, CancellationToken cancellation) =>
        requests.Once(
            caller,
            nameof(IWebhookCalls.PauseWebhook),
            request,
            async change =>
            {
                await Locked(change.Tx, caller, request.WebhookId);
                await WebhookSql.Pause(change.Tx, request.WebhookId, await change.Now());
                return await View(change.Tx, caller, request.WebhookId);
            },
            cancellation);

    public async Task<WebhookView> Resume(Caller caller, ResumeWebhookRequest request, CancellationToken cancellation)
    {
        var view = await requests.Once(
            caller,
            nameof(IWebhookCalls.ResumeWebhook),
            request,
            async change =>
            {
                var webhook = await Locked(change.Tx, caller, request.WebhookId);
                var seq = request.SkipMissed is true ? webhook.LastSeq : (long?)null;
                await WebhookSql.Resume(change.Tx, request.WebhookId, seq, await change.Now());
                return await View(change.Tx, caller, request.WebhookId);
            },
            cancellation);
        hints.Add(caller.UserId);
        return view;
    }

    public Task<WebhookReply> Delete(Caller caller, WebhookRequest request, CancellationToken cancellation) =>
        requests.Once(
            caller,
            nameof(IWebhookCalls.DeleteWebhook),
            request,
            async change =>
            {
                await Locked(change.Tx, caller, request.WebhookId);
                await WebhookSql.Delete(change.Tx, request.WebhookId);
                return new WebhookReply { WebhookId = request.WebhookId };
            },
            cancellation);

    public async Task<WebhookSecretReply> Rotate(Caller caller, RotateWebhookSecretRequest request, CancellationToken cancellation)
    {
        WebhookRules.Check(request);
        return Told(await requests.Once(
            caller, nameof(IWebhookCalls.RotateWebhookSecret), request, change => Rotate(change, caller, request), cancellation));
    }

    public async Task<WebhookTestReply> Test(Caller caller, WebhookRequest request, CancellationToken cancellation)
    {
        var reply = await requests.Once(
            caller,
            nameof(IWebhookCalls.TestWebhook),
            request,
            async change =>
            {
                EnsureOffered();
                var webhook = await Locked(change.Tx, caller, request.WebhookId);
                var now = await change.Now();
                if (webhook.TestedAt is { } last && last.AddSeconds(Limits.WebhookTestSeconds) - now is { Ticks: > 0 } wait)
                {
                    throw Refused.Transient(
                        ErrorCodes.RateLimited, $"A webhook is tested once in {Limits.WebhookTestSeconds} seconds.", (int)wait.TotalMilliseconds + 1);
                }

                var id = Ids.New();
                await WebhookSql.AskTest(change.Tx, request.WebhookId, id, now);
                return new WebhookTestReply { DeliveryId = id };
            },
            cancellation);
        hints.Add(caller.UserId);
        return reply;
    }

    public async Task<Page<WebhookDeliveryView>> Deliveries(Caller caller, ListWebhookDeliveriesRequest request, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var before = WebhookRules.Before(request);
        var rows = await database.Read(
            async tx =>
            {
                _ = await WebhookSql.Find(tx, caller.UserId, request.WebhookId) ?? throw Missing();
                return (await WebhookSql.Deliveries(tx, request.WebhookId, request.FailedOnly is true, before, limit + 1)).ToList();
            },
            cancellation);
        return new Page<WebhookDeliveryView>
        {
            Items = [.. rows.Take(limit).Select(View)],
            NextCursor = rows.Count > limit ? WebhookRules.Cursor(request, rows[limit - 1].Id) : null,
        };
    }

    private async Task<StoredReply> Create(Change change, Caller caller, CreateWebhookRequest request)
    {
        EnsureOffered();
        _ = await ContactSql.LockOwner(change.Tx, caller.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
        if (await WebhookSql.Count(change.Tx, caller.UserId) >= limits.WebhooksPerUser)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"A user has at most {limits.WebhooksPerUser} webhooks: delete one first.",
                ("quota", "webhooks"),
                ("limit", limits.WebhooksPerUser.ToString(CultureInfo.InvariantCulture)));
        }

        var id = Ids.New();
        var seq = await Begin(change.Tx, caller, request);
        var secret = secrets.Make(id);
        var at = await change.Now();
        await WebhookSql.Insert(change.Tx, new NewWebhook
        {
            Id = id,
            UserId = caller.UserId,
            Audience = WebhookRules.StreamOf(request.Audience),
            Url = request.Url,
            Types = request.Types?.ToArray(),
            Secret = secret,
            Seq = seq,
            At = at,
        });
        await Warn(change, caller, id, request.Url, at);
        return new StoredReply { Webhook = await View(change.Tx, caller, id), Sealed = secret };
    }

    /// <summary>The number after which the webhook begins.</summary>
    private static async Task<long> Begin(Tx tx, Caller caller, CreateWebhookRequest request)
    {
        var stream = await WebhookSql.Stream(tx, caller.UserId, WebhookRules.StreamOf(request.Audience))
            ?? throw new Refused(ErrorCodes.NotFound, "You have no events of this audience.");
        return request.AfterSeq is not { } after ? stream.LastSeq
            : after > stream.LastSeq ? throw new Refused(ErrorCodes.BadInput, "The stream does not reach so far yet.", ("path", "afterSeq"))
            : after >= stream.FirstSeq - 1 ? after
            : throw new Refused(
                ErrorCodes.Resync,
                "Events after this number are no longer kept.",
                ("headSeq", stream.LastSeq.ToString(CultureInfo.InvariantCulture)),
                ("firstSeq", stream.FirstSeq.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task<StoredReply> Rotate(Change change, Caller caller, RotateWebhookSecretRequest request)
    {
        EnsureOffered();
        var webhook = await Locked(change.Tx, caller, request.WebhookId);
        var secret = secrets.Make(webhook.Id);
        await WebhookSql.Rotate(change.Tx, webhook.Id, secret, request.OverlapHours ?? OverlapHoursDefault);
        await Warn(change, caller, Ids.New(), webhook.Url, await change.Now());
        return new StoredReply { Webhook = await View(change.Tx, caller, webhook.Id), Sealed = secret };
    }

    /// <summary>Whoever got into an account must not listen to it unseen.</summary>
    private Task Warn(Change change, Caller caller, Guid eventId, string url, DateTimeOffset at) => notifier.Add(
        change,
        [
            new NewNotification(
                caller.UserId,
                eventId,
                new Notice(
                    NotificationKind.SecurityNotice,
                    new Dictionary<string, string> { ["what"] = $"webhook {HostOf(url)}" }.ToFrozenDictionary(StringComparer.Ordinal)),
                at),
        ]);

    internal static string HostOf(string url) => new Uri(url).IdnHost;

    private void EnsureOffered()
    {
        if (!secrets.IsOn)
        {
            throw new Refused(ErrorCodes.WebhooksNotOffered, "This server sends no webhooks.");
        }
    }

    private static async Task<WebhookRow> Locked(Tx tx, Caller caller, Guid id)
    {
        _ = await WebhookSql.Lock(tx, caller.UserId, id) ?? throw Missing();
        return await WebhookSql.Find(tx, caller.UserId, id) ?? throw Missing();
    }

    private static async Task<WebhookView> View(Tx tx, Caller caller, Guid id) =>
        View(await WebhookSql.Find(tx, caller.UserId, id) ?? throw Missing());

    private static Refused Missing() => new(ErrorCodes.NotFound, "There is no such webhook.");

    private static WebhookView View(WebhookRow row) => new()
    {
        Id = row.Id,
        Url = row.Url,
        Audience = WebhookRules.AudienceOf(row.Audience),
        Types = row.Types,
        Status = row.Status,
        StatusSince = row.StatusAt,
        Seq = row.Seq,
        HeadSeq = row.LastSeq,
        FailingSince = row.FailingSince,
        FormerSecretEndsAt = row.FormerEndsAt,
        CreatedAt = row.CreatedAt,
    };

    private static WebhookDeliveryView View(WebhookDeliveryRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        FirstSeq = row.FirstSeq,
        LastSeq = row.LastSeq,
        Events = row.Events,
        Attempt = row.Attempt,
        Succeeded = row.Error is null,
        HttpStatus = row.HttpStatus,
        LatencyMs = row.LatencyMs,
        Error = row.Error,
        At = row.At,
    };

    /// <summary>The request log keeps the secret sealed, and so every repeat can be told it.</summary>
    private WebhookSecretReply Told(StoredReply stored) => new()
    {
        Webhook = stored.Webhook,
        Secret = WebhookSecrets.Spell(secrets.Open(stored.Sealed, stored.Webhook.Id)
            ?? throw new Refused(ErrorCodes.WebhooksNotOffered, "The secret can no longer be read: make a new one.")),
    };

    private sealed record StoredReply
    {
        public required WebhookView Webhook { get; init; }
        public required byte[] Sealed { get; init; }
    }
}
