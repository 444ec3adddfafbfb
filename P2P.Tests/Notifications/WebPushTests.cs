using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Tests.Support;
using P2P.Tests.Webhooks;

namespace P2P.Tests.Notifications;

/// <summary>Pushes as a browser and its push service get them: readable by the browser alone, and only what was wished for.</summary>
public sealed class WebPushTests : MarketFixture
{
    private HookReceiver _service = null!; // Set before the market opens.

    protected override Dictionary<string, string?>? Settings
    {
        get
        {
            _service = HookReceiver.Start().GetAwaiter().GetResult();
            var all = HookSettings.All;
            all["Outside:TrustedCertificates"] = _service.CertificateFile;
            return all;
        }
    }

    [OneTimeTearDown]
    public ValueTask Stop_the_push_service() => _service.DisposeAsync();

    [Test]
    public async Task A_browser_is_told_what_to_ask_for_and_the_push_service_nothing()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        using var browser = new Browser();
        await Register(seller, browser, "told");
        var order = await Place(buyer, await TestMarket.Ad(seller));
        await Eventually(() => _service.At("told").Count == 1);

        var got = _service.At("told")[0];
        var message = browser.Read(got.Body);
        (message.Kind, message.OrderId).ShouldBe((NotificationKind.OrderPlaced, $"{order}"));
        var listed = (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items[0];
        message.Id.ShouldBe(listed.Id);
        browser.Text.ShouldNotContain("amount", Case.Insensitive);
        (got.Header("content-encoding"), got.Header("urgency"), got.Header("ttl")).ShouldBe(("aes128gcm", "high", "86400"));

        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await Eventually(() => _service.At("told").Count == 2);
        _service.At("told")[1].Body.Length.ShouldBe(got.Body.Length); // Lengths tell nothing.
        _service.At("told")[1].Body.ShouldNotBe(got.Body);
        await Eventually(async () => (await seller.Client.WebPush.ListAsync(Bounded))[0].SentAt is not null);
    }

    [Test]
    public async Task The_push_service_can_check_who_sends()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        using var browser = new Browser();
        await Register(seller, browser, "checked");
        await Place(buyer, await TestMarket.Ad(seller));
        await Eventually(() => _service.At("checked").Count == 1);
        var header = _service.At("checked")[0].Header("authorization").ShouldNotBeNull();
        var key = await seller.Client.WebPush.GetKeyAsync(Bounded);
        header.ShouldStartWith("vapid t=");
        header.ShouldEndWith($", k={key}");

        var parts = header["vapid t=".Length..header.IndexOf(", k=", StringComparison.Ordinal)].Split('.');
        var point = Base64Url.DecodeFromChars(key);
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
        });
        verifier.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).ShouldBe("""{"typ":"JWT","alg":"ES256"}""");
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        claims.GetProperty("aud").GetString().ShouldBe(_service.Url("")[..^1]);
        claims.GetProperty("sub").GetString().ShouldBe("mailto:operator@example.org");
        var left = claims.GetProperty("exp").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        left.ShouldBeInRange(11 * 3_600, 24 * 3_600);
    }

    [Test]
    public async Task Preferences_and_quiet_hours_hold_and_a_subscription_that_is_gone_is_removed()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        using var browser = new Browser();
        await Register(seller, browser, "chosen");
        var preferences = await seller.Client.Notifications.GetPreferencesAsync(Bounded);
        preferences.PushOffered.ShouldBe(true);
        preferences.Kinds.Single(kind => kind.Kind == NotificationKind.OrderPlaced).Push.ShouldBe(true);
        preferences.Kinds.Single(kind => kind.Kind == NotificationKind.ReviewReceived).Push.ShouldBe(false);

        // Off for placed orders, and quiet at this time of day: nothing goes out, and the payment waits.
        var minute = (int)DateTimeOffset.UtcNow.TimeOfDay.TotalMinutes;
        await seller.Client.Notifications.SetPreferencesAsync(
            NotificationLanguage.English,
            quietHours: new QuietHours { FromMinute = (minute + 1_430) % 1_440, ToMinute = (minute + 60) % 1_440, UtcOffsetMinutes = 0 },
            kinds: [new KindPreference { Kind = NotificationKind.OrderPlaced, InApp = true, Email = false, Push = false }],
            cancellationToken: Bounded);
        var order = await Place(buyer, ad);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await NotificationsAreMade();
        (await Sql<string[]>(
            $"""
            select array_agg(payload -> 'message' ->> 'kind')
              from outbox
             where user_id = {Id(seller)}
               and channel = 'WebPush'
               and next_at > clock_timestamp() + interval '30 minutes'
            """)).ShouldBe(["paymentConfirmed"]);
        _service.At("chosen").ShouldBeEmpty();

        _service.Answers["chosen"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return Task.CompletedTask;
        };
        await Sql($"update outbox set next_at = clock_timestamp() where user_id = {Id(seller)}");
        await Eventually(async () => (await seller.Client.WebPush.ListAsync(Bounded)).Count == 0);
        await Eventually(() => Sql<bool>($"select bool_and(failed_at is not null) from outbox where user_id = {Id(seller)}"));
    }

    [Test]
    public async Task A_push_service_that_was_down_gets_it_later()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        using var browser = new Browser();
        await Register(seller, browser, "later");
        _service.Answers["later"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await Place(buyer, await TestMarket.Ad(seller));
        await Eventually(() => Sql<bool>($"select exists (select 1 from outbox where user_id = {Id(seller)} and last_error is not null)"));
        _service.Answers.TryRemove("later", out _);
        await Sql($"update outbox set next_at = clock_timestamp() where user_id = {Id(seller)} and sent_at is null");
        await Eventually(() => Sql<bool>($"select bool_and(sent_at is not null) from outbox where user_id = {Id(seller)}"));
        browser.Read(_service.At("later")[^1].Body).Kind.ShouldBe(NotificationKind.OrderPlaced);
    }

    [Test]
    public async Task A_browser_belongs_to_who_uses_it_now()
    {
        var (one, other) = (await Seller(), await Seller());
        using var browser = new Browser();
        var id = await Register(one, browser, "shared");
        (await Register(one, browser, "shared")).ShouldBe(id);
        await Register(other, browser, "shared");
        (await one.Client.WebPush.ListAsync(Bounded)).ShouldBeEmpty();
        (await Refused(() => one.Client.WebPush.RemoveAsync(id, Bounded))).ShouldBe(ErrorCodes.NotFound);
        var listed = (await other.Client.WebPush.ListAsync(Bounded)).Single();
        listed.Service.ShouldBe(HookSettings.Address);
        await other.Client.WebPush.RemoveAsync(listed.Id, Bounded);
        (await other.Client.WebPush.ListAsync(Bounded)).ShouldBeEmpty();
        for (var i = 0; i < 10; i++)
        {
            await Register(one, browser, $"many{i}");
        }

        (await Refused(() => Register(one, browser, "many"))).ShouldBe(ErrorCodes.QuotaExceeded);
        var beside = browser.P256dh[..20] + (browser.P256dh[20] == 'A' ? 'B' : 'A') + browser.P256dh[21..];
        foreach (var (point, auth, path) in new[]
        {
            (browser.P256dh[..^2], browser.Auth, "p256dh"), (beside, browser.Auth, "p256dh"), (browser.P256dh, "AAAA", "auth"),
        })
        {
            var refusal = await Refusal(() => one.Client.WebPush.RegisterAsync(new Uri(_service.Url("bad")), point, auth, Bounded));
            (refusal.Code, Detail(refusal, "path")).ShouldBe((ErrorCodes.BadInput, path));
        }
    }

    private async Task<Guid> Register(Trader trader, Browser browser, string path) =>
        (await trader.Client.WebPush.RegisterAsync(new Uri(_service.Url(path)), browser.P256dh, browser.Auth, Bounded)).Id;

    /// <summary>The side of the browser: its keys, and how it reads.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

        private byte[] Point => WebPushEncryption.PointOf(_key.ExportParameters(false));

        public string P256dh => Base64Url.EncodeToString(Point);

        public string Auth => Base64Url.EncodeToString(_auth);

        /// <summary>What was read last.</summary>
        public string Text { get; private set; } = "";

        public WebPushMessage Read(byte[] body)
        {
            var sender = body[21..86];
            var (key, nonce) = WebPushEncryption.Keys(_key, sender, sender, Point, _auth, body[..16]);
            var plain = new byte[body.Length - 86 - 16];
            using var aes = new AesGcm(key, 16);
            aes.Decrypt(nonce, body.AsSpan(86, plain.Length), body.AsSpan(86 + plain.Length), plain);
            var end = Array.FindLastIndex(plain, one => one != 0);
            plain[end].ShouldBe((byte)2);
            Text = Encoding.UTF8.GetString(plain[..end]);
            return JsonSerializer.Deserialize<WebPushMessage>(Text, WireJson.Client).ShouldNotBeNull();
        }

        public void Dispose() => _key.Dispose();
    }
}
