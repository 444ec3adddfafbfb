using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Tests.Support;

namespace P2P.Tests.Notifications;

/// <summary>The encryption of web pushes against the example of RFC 8291, appendix A, byte for byte.</summary>
public sealed class WebPushEncryptionTests
{
    private const string SenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string SenderPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6"
        + "cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Test]
    public void The_example_of_the_RFC_comes_out_byte_for_byte()
    {
        using var sender = Key(SenderPrivate);
        Base64Url.EncodeToString(WebPushEncryption.PointOf(sender.ExportParameters(false))).ShouldBe(SenderPublic);
        var body = WebPushEncryption.Encrypt(
            "When I grow up, I want to be a watermelon"u8,
            0,
            Base64Url.DecodeFromChars(HookSettings.P256dh),
            Base64Url.DecodeFromChars(HookSettings.Auth),
            sender,
            Base64Url.DecodeFromChars(Salt));
        Base64Url.EncodeToString(body).ShouldBe(Expected);
    }

    [Test]
    public void Every_message_has_keys_of_its_own_and_one_length()
    {
        var (point, auth) = (Base64Url.DecodeFromChars(HookSettings.P256dh), Base64Url.DecodeFromChars(HookSettings.Auth));
        var one = WebPushEncryption.Encrypt("a"u8, 99, point, auth);
        var other = WebPushEncryption.Encrypt("aaaa"u8, 96, point, auth);
        one.Length.ShouldBe(other.Length);
        one[..16].ShouldNotBe(other[..16]);
        one[21..86].ShouldNotBe(other[21..86]);
        Should.Throw<ArgumentException>(() => WebPushEncryption.Encrypt(new byte[4_080], 0, point, auth));
    }

    [Test]
    public void Only_points_of_the_curve_are_points()
    {
        var point = Base64Url.DecodeFromChars(HookSettings.P256dh);
        WebPushEncryption.IsPoint(point).ShouldBeTrue();
        WebPushEncryption.IsPoint([.. point, 0]).ShouldBeFalse();
        WebPushEncryption.IsPoint(point[..64]).ShouldBeFalse();
        WebPushEncryption.IsPoint(new byte[65]).ShouldBeFalse();
        byte[] beside = [.. point[..64], (byte)(point[64] ^ 1)];
        WebPushEncryption.IsPoint(beside).ShouldBeFalse();
        byte[] compressed = [2, .. point[1..]];
        WebPushEncryption.IsPoint(compressed).ShouldBeFalse();
    }

    [Test]
    public void What_a_status_means()
    {
        for (var status = 200; status < 600; status++)
        {
            WebPushRules.IsGone(status).ShouldBe(status is 404 or 410, $"{status}");
            WebPushRules.IsFinal(status).ShouldBe(status is >= 400 and < 500 and not (401 or 403 or 408 or 429), $"{status}");
        }

        (WebPushRules.IsGone(null), WebPushRules.IsFinal(null)).ShouldBe((false, false));
    }

    [Test]
    public void Nothing_but_ids_is_pushed([Values] NotificationKind kind)
    {
        var message = WebPushRules.MessageOf(
            Guid.CreateVersion7(),
            new Server.Accounts.Notifications.Notice(
                kind, new Dictionary<string, string> { ["orderId"] = "id", ["fiatAmount"] = "1", ["text"] = "secret", ["what"] = "secret" }),
            DateTimeOffset.UnixEpoch);
        (message.Kind, message.OrderId).ShouldBe((kind, "id"));
        typeof(WebPushMessage).GetProperties().Length.ShouldBe(4);
        WebPushRules.UrgencyOf(kind).ShouldBeOneOf("high", "normal");
    }

    /// <summary>A device is woken up when it is its user's turn.</summary>
    [TestCase(NotificationKind.OrderPlaced, "high")]
    [TestCase(NotificationKind.GoodsRequested, "high")]
    [TestCase(NotificationKind.GoodsAccepted, "high")]
    [TestCase(NotificationKind.GoodsPaid, "high")]
    [TestCase(NotificationKind.GoodsCancelRequested, "high")]
    [TestCase(NotificationKind.GoodsOverdue, "high")]
    [TestCase(NotificationKind.GoodsSent, "normal")]
    [TestCase(NotificationKind.GoodsReceived, "normal")]
    [TestCase(NotificationKind.GoodsDeclined, "normal")]
    public void Whose_turn_it_is_is_urgent(NotificationKind kind, string urgency) => WebPushRules.UrgencyOf(kind).ShouldBe(urgency);

    private static ECDiffieHellman Key(string secret) =>
        ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(secret) });
}
