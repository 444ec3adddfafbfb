using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Tests.Support;

namespace P2P.Tests.Webhooks;

/// <summary>Webhooks over HTTPS against two nodes: in order, once each by number, whatever the receiver does.</summary>
public sealed class WebhookTests : MarketFixture
{
    private static readonly string[] Orders = ["OrderChanged"];
    private HookReceiver _receiver = null!; // Set before the market opens.

    protected override int Nodes => 2;

    protected override Dictionary<string, string?>? Settings
    {
        get
        {
            _receiver = HookReceiver.Start().GetAwaiter().GetResult();
            var all = HookSettings.All;
            all["Outside:TrustedCertificates"] = _receiver.CertificateFile;
            return all;
        }
    }

    [OneTimeTearDown]
    public ValueTask Stop_the_receiver() => _receiver.DisposeAsync();

    [Test]
    public async Task A_receiver_that_was_down_hears_everything_in_order_and_once()
    {
        var (seller, buyer) = (await Seller(), await Buyer(node: 1));
        var ad = await TestMarket.Ad(seller);
        var (webhook, secret) = await Create(seller, "down", Orders);
        await Place(buyer, ad, 0.01m);
        await Eventually(() => _receiver.At("down").Count == 1);

        await _receiver.Down();
        for (var i = 0; i < 7; i++)
        {
            await Place(buyer, ad, 0.01m);
        }

        await Eventually(async () => (await Deliveries(seller, webhook, failedOnly: true)).Count >= 2);
        (await View(seller, webhook)).FailingSince.ShouldNotBeNull();
        await _receiver.Up();
        var expected = await Sql<long[]>(
            $"select array_agg(seq order by seq) from events where user_id = {Id(seller)} and audience = 'trade' and type = 'OrderChanged'");
        expected.Length.ShouldBe(8);
        await Eventually(() => Seqs("down", secret).Count >= 8);
        await Eventually(async () => (await View(seller, webhook)) is { FailingSince: null } view && view.Seq == view.HeadSeq);

        Seqs("down", secret).ShouldBe(expected);
        var all = _receiver.At("down").Select(one => Read(one, secret)).ToList();
        all.ShouldAllBe(one => one.WebhookId == webhook && one.Events.Count <= 3 && one.Audience == WebhookAudience.Trade);
        all.Skip(1).Select(one => one.PreviousSeq).ShouldBe(all.SkipLast(1).Select(one => one.Events[^1].Head.Seq));

        // The very bytes of the stream, and the same as the client hears.
        var stored = await Sql<string>($"select body from events where user_id = {Id(seller)} and audience = 'trade' and seq = {expected[0]}");
        all[0].Events[0].Body.GetRawText().ShouldBe(stored);
        all[0].Events[0].Type.ShouldBe("OrderChanged");
        var log = await Deliveries(seller, webhook, failedOnly: false);
        log.Where(one => one.Succeeded).Sum(one => one.Events).ShouldBe(8);
        log.ShouldAllBe(one => one.Succeeded == (one.HttpStatus == 200) && one.LatencyMs >= 0);
    }

    [Test]
    public async Task Two_nodes_deliver_nothing_twice_and_later_webhooks_can_begin_earlier()
    {
        var (seller, buyer) = (await Seller(), await Buyer(node: 1));
        var ad = await TestMarket.Ad(seller);
        var (webhook, secret) = await Create(seller, "twice", Orders);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Place(buyer, ad, 0.01m)));
        await Eventually(() => Seqs("twice", secret).Count >= 12);
        await Eventually(async () => (await View(seller, webhook)) is var view && view.Seq == view.HeadSeq);
        Seqs("twice", secret).Count.ShouldBe(12);
        Seqs("twice", secret).ShouldBeInOrder();

        // All types, from the beginning.
        var reply = await seller.Client.Webhooks.CreateAsync(new Uri(_receiver.Url("whole")), afterSeq: 0, cancellationToken: Bounded);
        await Eventually(async () => (await View(seller, reply.Webhook.Id)) is var view && view.Seq == view.HeadSeq);
        var seqs = Seqs("whole", reply.Secret);
        seqs.ShouldBe(Enumerable.Range(1, seqs.Count).Select(seq => (long)seq));
        seqs.Count.ShouldBeGreaterThan(12);
    }

    [Test]
    public async Task Slow_receivers_hold_nobody_up()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var (_, secret) = await Create(seller, "quick", Orders);
        await Place(buyer, ad, 0.01m);
        await Eventually(() => Seqs("quick", secret).Count == 1);

        // As many as there is room for, and more.
        var lame = await Seller();
        var lameAd = await TestMarket.Ad(lame);
        for (var i = 0; i < 5; i++)
        {
            _receiver.Answers[$"slow{i}"] = context => Task.Delay(2_500, context.RequestAborted);
            await Create(lame, $"slow{i}", Orders);
        }

        await Place(buyer, lameAd, 0.01m);
        await Eventually(() => _receiver.At("slow0").Count + _receiver.At("slow3").Count > 0);
        var since = Stopwatch.GetTimestamp();
        await Place(buyer, ad, 0.01m);
        await Eventually(() => Seqs("quick", secret).Count == 2);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 5; i++)
        {
            _receiver.Answers.TryRemove($"slow{i}", out _);
        }
    }

    [Test]
    public async Task A_new_secret_overlaps_the_former_one_as_long_as_was_asked()
    {
        var seller = await Seller();
        var (webhook, first) = await Create(seller, "rotated", Orders);
        var second = (await seller.Client.Webhooks.RotateSecretAsync(webhook, cancellationToken: Bounded)).Secret;
        second.ShouldNotBe(first);
        var both = await Test(seller, webhook, "rotated", 1);
        (Verify(both, first), Verify(both, second)).ShouldBe((true, true));

        var third = await seller.Client.Webhooks.RotateSecretAsync(webhook, overlapHours: 0, cancellationToken: Bounded);
        third.Webhook.FormerSecretEndsAt.ShouldBeNull();
        var one = await Test(seller, webhook, "rotated", 2);
        (Verify(one, second), Verify(one, third.Secret)).ShouldBe((false, true));
        Read(one, third.Secret).Test.ShouldBe(true);
        (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .Count(item => item.Kind == NotificationKind.SecurityNotice).ShouldBe(3);

        // At rest nothing can sign: neither the row nor the stored answer holds a secret.
        (await Sql<bool>(
            $"""
            select exists (select 1 from requests where reply like '%{third.Secret[6..]}%')
                or exists (select 1 from webhook_endpoints where encode(secret, 'base64') like '%{third.Secret[6..20]}%')
            """)).ShouldBeFalse();
    }

    [Test]
    public async Task A_webhook_is_paused_resumed_and_deleted_and_is_its_owners_alone()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var (webhook, secret) = await Create(seller, "paused", Orders);
        (await seller.Client.Webhooks.PauseAsync(webhook, Bounded)).Status.ShouldBe(WebhookStatus.Paused);
        await Place(buyer, ad, 0.01m);
        (await seller.Client.Webhooks.ResumeAsync(webhook, skipMissed: true, Bounded)).Status.ShouldBe(WebhookStatus.Active);
        await seller.Client.Webhooks.PauseAsync(webhook, Bounded);
        await Place(buyer, ad, 0.01m);
        await seller.Client.Webhooks.ResumeAsync(webhook, cancellationToken: Bounded);
        await Eventually(() => _receiver.At("paused").Count == 1);
        Seqs("paused", secret).Count.ShouldBe(1);

        (await Refused(() => buyer.Client.Webhooks.PauseAsync(webhook, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await buyer.Client.Webhooks.ListAsync(Bounded)).ShouldBeEmpty();
        for (var i = 0; i < 4; i++)
        {
            await Create(seller, "paused", Orders);
        }

        (await Refused(() => Create(seller, "paused", Orders))).ShouldBe(ErrorCodes.QuotaExceeded);
        await seller.Client.Webhooks.DeleteAsync(webhook, Bounded);
        (await seller.Client.Webhooks.ListAsync(Bounded)).Count.ShouldBe(4);
        (await Refused(() => seller.Client.Webhooks.ListDeliveriesAsync(webhook, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task A_webhook_that_failed_for_days_is_stopped_and_its_owner_told_and_nothing_is_lost()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        _receiver.Answers["broken"] = Status(500);
        var (webhook, secret) = await Create(seller, "broken", Orders);
        await Place(buyer, ad, 0.01m);
        await Eventually(async () => (await View(seller, webhook)).FailingSince is not null);
        await Sql($"update webhook_endpoints set failing_since = clock_timestamp() - interval '8 days' where id = '{webhook}'");
        await Eventually(async () => (await View(seller, webhook)).Status == WebhookStatus.Failed);
        var notice = (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items[0];
        (notice.Kind, notice.Args["webhookId"]).ShouldBe((NotificationKind.WebhookStopped, $"{webhook}"));

        _receiver.Answers.TryRemove("broken", out _);
        var before = _receiver.At("broken").Count;
        await seller.Client.Webhooks.ResumeAsync(webhook, cancellationToken: Bounded);
        await Eventually(() => _receiver.At("broken").Count > before);
        var last = Read(_receiver.At("broken")[^1], secret);
        last.Events.Count.ShouldBe(1);
        last.PreviousSeq.ShouldBe(0);
    }

    [Test]
    public async Task No_way_leads_into_the_operators_network()
    {
        var seller = await Seller();
        foreach (var url in new[]
        {
            "https://127.0.0.1:8443/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "http://example.org/",
            "https://2130706433/", "https://[::ffff:10.0.0.1]/", "https://u:p@example.org/", "https://example.org:22/",
        })
        {
            var refusal = await Refusal(() => seller.Client.Webhooks.CreateAsync(new Uri(url), cancellationToken: Bounded));
            (refusal.Code, Detail(refusal, "path")).ShouldBe((ErrorCodes.BadInput, "url"), url);
        }

        // A name that leads to an address of this machine, which is not the allowed one; and a redirect to where all is allowed.
        var (named, _) = await Create(seller, "named", null, "localhost");
        await seller.Client.Webhooks.TestAsync(named, Bounded);
        (await Logged(seller, named)).Error.ShouldBe("The address is not public.");
        _receiver.At("named").ShouldBeEmpty();

        _receiver.Answers["moved"] = context =>
        {
            context.Response.Redirect(_receiver.Url("target"));
            return Task.CompletedTask;
        };
        var (moved, _) = await Create(seller, "moved", Orders);
        await seller.Client.Webhooks.TestAsync(moved, Bounded);
        var answer = await Logged(seller, moved);
        (answer.HttpStatus, answer.Succeeded, answer.Kind).ShouldBe((302, false, WebhookDeliveryKind.Test));
        _receiver.At("target").ShouldBeEmpty();
    }

    [Test]
    public async Task While_its_owner_is_suspended_a_webhook_hears_nothing()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var order = await Place(buyer, ad, 0.01m);
        var (webhook, secret) = await Create(seller, "suspended", Orders);
        await Suspend(seller);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);

        // Another's webhook that began later has heard its event: so there was time.
        var (other, otherSecret) = await Create(buyer, "meanwhile", null, afterSeq: 0);
        await Eventually(async () => (await View(buyer, other)) is var view && view.Seq == view.HeadSeq);
        Seqs("meanwhile", otherSecret).ShouldNotBeEmpty();
        _receiver.At("suspended").ShouldBeEmpty();
        await Lift(seller);
        await Eventually(() => Seqs("suspended", secret).Count > 0);
        webhook.ShouldNotBe(other);
    }

    private static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private async Task<(Guid Id, string Secret)> Create(
        Trader owner, string path, string[]? types, string host = HookSettings.Address, long? afterSeq = null)
    {
        var reply = await owner.Client.Webhooks.CreateAsync(new Uri(_receiver.Url(path, host)), types, afterSeq, cancellationToken: Bounded);
        reply.Secret.ShouldStartWith("whsec_");
        return (reply.Webhook.Id, reply.Secret);
    }

    private static async Task<WebhookView> View(Trader owner, Guid webhook) =>
        (await owner.Client.Webhooks.ListAsync(Bounded)).Single(one => one.Id == webhook);

    private static async Task<IReadOnlyList<WebhookDeliveryView>> Deliveries(Trader owner, Guid webhook, bool failedOnly)
    {
        // In pages of one: no row twice and none left out.
        var all = new List<WebhookDeliveryView>();
        for (string? cursor = null; ;)
        {
            var page = await owner.Client.Webhooks.ListDeliveriesAsync(webhook, failedOnly, 3, cursor, Bounded);
            all.AddRange(page.Items);
            if (page.NextCursor is null)
            {
                all.Select(one => one.Id).ShouldBeUnique();
                return all;
            }

            cursor = page.NextCursor;
        }
    }

    private static async Task<WebhookDeliveryView> Logged(Trader owner, Guid webhook)
    {
        await Eventually(async () => (await Deliveries(owner, webhook, failedOnly: false)).Count > 0);
        return (await Deliveries(owner, webhook, failedOnly: false))[0];
    }

    private async Task<Received> Test(Trader owner, Guid webhook, string path, int count)
    {
        await Sql($"update webhook_endpoints set tested_at = null where id = '{webhook}'");
        var reply = await owner.Client.Webhooks.TestAsync(webhook, Bounded);
        await Eventually(async () => (await Deliveries(owner, webhook, failedOnly: false)).Any(one => one.Id == reply.DeliveryId));
        return _receiver.At(path)[count - 1];
    }

    private static bool Verify(Received one, string secret) => WebhookSignature.Verify(
        secret, one.Header(WebhookSignature.IdHeader), one.Header(WebhookSignature.TimestampHeader), one.Header(WebhookSignature.SignatureHeader), one.Body);

    private static WebhookDelivery Read(Received one, string secret) => WebhookSignature.Read(
        secret, one.Header(WebhookSignature.IdHeader), one.Header(WebhookSignature.TimestampHeader), one.Header(WebhookSignature.SignatureHeader), one.Body)
        .ShouldNotBeNull();

    private List<long> Seqs(string path, string secret) =>
        [.. _receiver.At(path).SelectMany(one => Read(one, secret).Events).Select(stored => stored.Head.Seq)];
}
