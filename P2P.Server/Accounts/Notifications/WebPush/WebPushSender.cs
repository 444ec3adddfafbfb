using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Core.Outside;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>Encrypts a push to its browser and hands it to the browser's push service.</summary>
internal sealed class WebPushSender(Database database, OutsideHttp http, Vapid vapid, TimeProvider time)
{
    /// <summary>Later than this nobody is told by a push; the notification still stands in the list.</summary>
    public const int LifetimeHours = 24;

    // All messages have one length, so that it tells the push service nothing of their kind.
    private const int MessageBytes = 256;

    public async Task<Attempt> Send(DueRow row, CancellationToken cancellation)
    {
        var push = row.Read<OutgoingPush>();
        if (await database.Read(tx => WebPushSql.Target(tx, row.UserId, push.SubscriptionId), cancellation) is not { } target)
        {
            return new Attempt("The subscription was removed.", Final: true);
        }

        var message = JsonSerializer.SerializeToUtf8Bytes(push.Message, WireJson.Client);
        var body = WebPushEncryption.Encrypt(message, Math.Max(0, MessageBytes - message.Length), target.P256dh, target.Auth);
        var answer = await http.Post(
            target.Endpoint,
            body,
            [
                ("Authorization", vapid.Authorization(new Uri(target.Endpoint), time.GetUtcNow())),
                ("TTL", (LifetimeHours * 3_600).ToString(CultureInfo.InvariantCulture)),
                ("Urgency", WebPushRules.UrgencyOf(push.Message.Kind)),
                ("Content-Encoding", "aes128gcm"),
                ("Content-Type", "application/octet-stream"),
            ],
            cancellation);
        if (answer.Error is null)
        {
            await database.Write(tx => WebPushSql.Sent(tx, row.UserId, push.SubscriptionId), cancellation);
            return Attempt.Done;
        }

        if (WebPushRules.IsGone(answer.Status))
        {
            await database.Write(tx => WebPushSql.RemoveGone(tx, row.UserId, push.SubscriptionId, target.P256dh), cancellation);
            return new Attempt("The push service no longer knows the subscription.", Final: true);
        }

        return new Attempt(answer.Error, WebPushRules.IsFinal(answer.Status));
    }
}
