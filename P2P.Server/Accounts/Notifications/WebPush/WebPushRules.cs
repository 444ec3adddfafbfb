using System.Buffers.Text;
using System.Net;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core.Outside;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>What a subscription may say, what a push says, and what its answer means.</summary>
internal static class WebPushRules
{
    private const int NotFound = 404;
    private const int RequestTimeout = 408;
    private const int Gone = 410;
    private const int TooManyRequests = 429;

    /// <summary>Reads and checks the keys.</summary>
    public static (byte[] P256dh, byte[] Auth) Check(RegisterWebPushRequest request, IReadOnlyList<IPNetwork> allowed)
    {
        if (OutsideRules.WhyNot(request.Endpoint, Limits.WebPushEndpointCharsMax, allowed) is { } why)
        {
            throw NotificationRules.Bad(why, "endpoint");
        }

        var point = Decoded(request.P256dh);
        if (point is null || !WebPushEncryption.IsPoint(point))
        {
            throw NotificationRules.Bad("This is no point of P-256 in base64url.", "p256dh");
        }

        var auth = Decoded(request.Auth);
        return auth is { Length: WebPushEncryption.AuthBytes }
            ? (point, auth)
            : throw NotificationRules.Bad($"This is no secret of {WebPushEncryption.AuthBytes} bytes in base64url.", "auth");
    }

    /// <summary>What is pushed of a notification: no amount, no name, no text.</summary>
    public static WebPushMessage MessageOf(Guid id, Notice notice, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = notice.Kind,
        OrderId = notice.Args.GetValueOrDefault("orderId"),
        At = at,
    };

    /// <summary>What somebody waits for wakes a device up; the rest may wait until it wakes by itself.</summary>
    public static string UrgencyOf(NotificationKind kind) => kind is NotificationKind.OrderPlaced or NotificationKind.PaymentConfirmed
        or NotificationKind.CancelRequested or NotificationKind.MessageReceived or NotificationKind.DisputeOpened
        or NotificationKind.DisputeChanged or NotificationKind.OrderOverdue or NotificationKind.SecurityNotice
        or NotificationKind.GoodsRequested or NotificationKind.GoodsAccepted or NotificationKind.GoodsPaid or NotificationKind.GoodsCancelRequested
        or NotificationKind.GoodsOverdue
        ? "high" : "normal";

    /// <summary>The push service no longer knows the subscription.</summary>
    public static bool IsGone(int? status) => status is NotFound or Gone;

    /// <summary>Another attempt would be answered in the same way.</summary>
    public static bool IsFinal(int? status) =>
        status is >= 400 and < 500 and not (RequestTimeout or TooManyRequests or 401 or 403);

    private static byte[]? Decoded(string text)
    {
        var bare = text.TrimEnd('=');
        return bare.Length is > 0 and <= 100 && Base64Url.IsValid(bare) ? Base64Url.DecodeFromChars(bare) : null;
    }
}
