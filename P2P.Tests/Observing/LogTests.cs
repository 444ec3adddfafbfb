using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using P2P.Contracts.Trading;
using P2P.Server.Trading;
using P2P.Tests.Notifications;
using P2P.Tests.Support;

namespace P2P.Tests.Observing;

/// <summary>
/// What is logged and traced of a session that uses every kind of secret: all of it is looked at, down to the lowest level, and none of the
/// secrets is in it (S02); each record is one line of JSON, whatever was sent (S37).
/// </summary>
[NonParallelizable] // It hears the spans of the whole process.
public sealed partial class LogTests : MarketFixture
{
    private const string Nasty = "a\r\nb\u001b[31mc\u0000\u2028";

    private readonly LogLines _lines = new();
    private readonly SmtpListener _smtp = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly List<(string What, string Value)> _canaries = [];
    private ActivityListener _listener = null!; // Set before the first test.

    protected override ILoggerProvider[] Loggers => [_lines];

    protected override Dictionary<string, string?> Settings => new(HookSettings.All)
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Metrics:Enabled"] = "true",
        ["Metrics:Token"] = "canary-of-the-metrics-token",
        ["SecondFactor:Keys:first"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Notifications:Smtp:Host"] = "127.0.0.1",
        ["Notifications:Smtp:Port"] = $"{_smtp.Port}",
        ["Notifications:Smtp:Tls"] = "false",
        ["Notifications:Smtp:From"] = "p2p@example.org",
    };

    [OneTimeSetUp]
    public void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "P2P.Server" or "P2P.Client" or "Npgsql"
                || source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [OneTimeTearDown]
    public async Task Listen_no_more()
    {
        _listener.Dispose();
        await _smtp.DisposeAsync();
    }

    [Test]
    public async Task No_token_ticket_code_secret_or_payment_detail_is_in_any_record_or_span()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Rest(buyer);
        await Urls(buyer);
        await Payments(seller, buyer);
        await Email(seller);
        var secretLink = await seller.Client.Ads.CreateAsync(
            AdSide.Sell, "BTC", "KES", 1, TestMarket.Terms() with { Visibility = AdVisibility.Link }, Bounded);
        var link = Plant("the secret of a link", secretLink.LinkSecret ?? "");
        await buyer.Client.Ads.GetAsync(secretLink.AdId, link, Bounded);
        var wrong = Plant("a wrong secret of a link", "canary-wrong-link-secret-0123");
        await Refused(() => buyer.Client.Ads.GetAsync(secretLink.AdId, wrong, Bounded));
        await Hook(seller);
        await Factor(seller);
        using (var http = new HttpClient { BaseAddress = Market.AddressOf() })
        {
            http.DefaultRequestHeaders.Authorization = Bearer(Plant("the metrics' token", "canary-of-the-metrics-token"));
            (await http.GetAsync("/metrics", Bounded)).EnsureSuccessStatusCode();
        }

        await Task.Delay(500);

        _canaries.Count.ShouldBeGreaterThan(20);
        _canaries.ShouldAllBe(canary => canary.Value.Length >= 6);
        _lines.Records.Count.ShouldBeGreaterThan(100);
        _spans.Count.ShouldBeGreaterThan(100);
        var own = _lines.Records.Where(record => record.Category.StartsWith("P2P.", StringComparison.Ordinal)).ToList();
        own.ShouldNotBeEmpty();
        _lines.Records.ShouldContain(record => record.Text.Contains("\"LogLevel\":\"Trace\"", StringComparison.Ordinal));
        var found = new List<string>();
        foreach (var (what, value) in _canaries.Distinct())
        {
            found.AddRange(_lines.Records.Select(record => record.Text).Where(text => Holds(text, value)).Select(text => $"{what} in the log: {Head(text)}"));
            found.AddRange(_spans.SelectMany(TextsOf).Where(text => Holds(text, value)).Select(text => $"{what} in a span: {Head(text)}"));
        }

        found.Distinct().Take(20).ShouldBeEmpty();
    }

    [Test]
    public async Task Whatever_is_sent_each_record_is_one_line_of_json()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var order = await Place(buyer, await TestMarket.Ad(seller));
        foreach (var text in new[] { Nasty, new string('x', 30_000) + Nasty, "{\"a\":\"\\u0000", "%0d%0a%1b", "{0} {What}" })
        {
            await Ignored(() => buyer.Client.Orders.ConfirmPaymentAsync(order, text, cancellationToken: Bounded));
            await Ignored(() => buyer.Client.Chat.SendAsync(order, text, cancellationToken: Bounded));
            await Ignored(() => buyer.Client.Ads.GetAsync(Guid.CreateVersion7(), text, Bounded));
            await using (var raw = await Raw(buyer.Name))
            {
                await Ignored(() => raw.Call(text[..Math.Min(90, text.Length)], text));
            }

            using var http = Market.Http(buyer.Name);
            await Ignored(() => http.PostAsJsonAsync("/api/p2p/profile/create", new { username = text, has_consent = true }));
            await Ignored(() => http.GetAsync($"/api/p2p/{Uri.EscapeDataString(text[..Math.Min(2_000, text.Length)])}", Bounded));
            http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", text.ReplaceLineEndings(""));
            await Ignored(() => http.GetAsync("/api/p2p/profile", Bounded));
        }

        // And what the server itself says of such a thing, at any length.
        var log = _lines.CreateLogger("P2P.Test");
        var before = _lines.Records.Count;
        foreach (var text in new[] { Nasty, new string('y', 1_000_000) + Nasty })
        {
            Failed(log, text, text, new InvalidOperationException(text));
            using (log.BeginScope(new Dictionary<string, object> { ["Where"] = text }))
            {
                Within(log);
            }
        }

        _lines.Records.Count.ShouldBeGreaterThanOrEqualTo(before + 4);
        foreach (var (_, text) in _lines.Records)
        {
            text.ShouldEndWith("\n");
            var line = text[..^1];
            line.Any(char.IsControl).ShouldBeFalse(line[..Math.Min(200, line.Length)]);
            JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString().ShouldNotBeNullOrEmpty();
        }

        _lines.Records.ShouldContain(record => record.Text.Length > 1_000_000);
    }

    private async Task Rest(Trader trader)
    {
        Plant("a token", Market.Token(trader.Name));
        using var http = new HttpClient { BaseAddress = Market.AddressOf() };
        http.DefaultRequestHeaders.Authorization = Bearer(Plant("a token in a header", Market.Token(trader.Name)));
        await http.GetAsync("/api/p2p/profile", Bounded);
        http.DefaultRequestHeaders.Authorization = Bearer(Plant("a bad token in a header", "canary.bad.token-in-a-header"));
        await http.GetAsync("/api/p2p/profile", Bounded);
        http.DefaultRequestHeaders.Authorization = null;
        var inAddress = Plant("a token in a REST address", "canary.token.in-a-rest-address");
        await http.GetAsync($"/api/p2p/profile?access_token={inAddress}", Bounded);
    }

    private async Task Urls(Trader trader)
    {
        using var http = Market.Http(trader.Name);
        using var issued = await http.PostAsync("/api/p2p/ticket", null, Bounded);
        var ticket = Plant("a ticket", JsonDocument.Parse(await issued.Content.ReadAsStringAsync()).RootElement
            .GetProperty("data").GetProperty("ticket").GetString() ?? "");
        http.DefaultRequestHeaders.Authorization = null;
        var (bad, signed) = (Plant("a bad ticket", "canaryOfAWrongTicket0123456789"), Plant("a token in an address", Market.Token(trader.Name)));
        foreach (var token in new[] { ticket, ticket, bad, signed })
        {
            var address = new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = TradeHub.Path, Query = $"access_token={token}" }.Uri;
            using var socket = new System.Net.WebSockets.ClientWebSocket();
            await Ignored(() => socket.ConnectAsync(address, Bounded));
            await http.PostAsync($"{TradeHub.Path}/negotiate?negotiateVersion=1&access_token={token}", null, Bounded);
        }
    }

    private async Task Payments(Trader seller, Trader buyer)
    {
        await buyer.Client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya,
            new Dictionary<string, string>
            {
                ["holder"] = Plant("a holder", "Canary Holder Of Account"),
                ["phone"] = Plant("a phone number", "+254798765432"),
            },
            cancellationToken: Bounded);
        await Ignored(() => buyer.Client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya,
            new Dictionary<string, string> { ["holder"] = "x", ["phone"] = Plant("a wrong phone number", "+2547canary99") },
            cancellationToken: Bounded));
        var order = await Place(buyer, await TestMarket.Ad(seller));
        await buyer.Client.Chat.SendAsync(order, Plant("a message", "canary of a chat message"), cancellationToken: Bounded);
        var (reference, late) = (Plant("a payment's reference", "CANARY-REFERENCE-77"), Plant("a late reference", "CANARY-REFERENCE-78"));
        await buyer.Client.Orders.ConfirmPaymentAsync(order, reference, cancellationToken: Bounded);
        await Ignored(() => buyer.Client.Orders.ConfirmPaymentAsync(order, late, cancellationToken: Bounded));
        await seller.Client.Orders.GetAsync(order, Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        var destination = Plant("a destination", "bc1qcanarydestination0000000000");
        await Ignored(() => seller.Client.Wallet.RequestWithdrawalAsync("BTC", 0.1m, destination, cancellationToken: Bounded));
    }

    private async Task Email(Trader seller)
    {
        var address = Plant("an e-mail address", $"canary.{seller.Name}@example.org");
        // In two pieces: this statement is the test's own, and in a span as well.
        await Sql($"update profiles set email = '{address[..10]}' || '{address[10..]}' where user_id = {Id(seller)}");
        await seller.Client.Notifications.SendEmailCodeAsync(Bounded);
        await Eventually(() => _smtp.Mails.Any(mail => mail.Contains(address, StringComparison.Ordinal)), TimeSpan.FromSeconds(30));
        var mail = _smtp.Mails.First(one => one.Contains(address, StringComparison.Ordinal));
        var code = Plant("an e-mail's code", SixDigits().Match(Plain(mail)).Value);
        await seller.Client.Notifications.ConfirmEmailAsync(code, Bounded);
    }

    private async Task Hook(Trader seller)
    {
        var url = new Uri($"{HookSettings.NowhereUrl}/{Plant("a webhook's path", "canary-of-a-hooks-path")}");
        var hook = await seller.Client.Webhooks.CreateAsync(url, cancellationToken: Bounded);
        Plant("a webhook's secret", hook.Secret);
        var rotated = await seller.Client.Webhooks.RotateSecretAsync(hook.Webhook.Id, cancellationToken: Bounded);
        Plant("a webhook's next secret", rotated.Secret);
        await seller.Client.Webhooks.TestAsync(hook.Webhook.Id, Bounded);
        await Eventually(
            async () => (await seller.Client.Webhooks.ListDeliveriesAsync(hook.Webhook.Id, cancellationToken: Bounded)).Items.Count > 0,
            TimeSpan.FromSeconds(30));
    }

    private async Task Factor(Trader seller)
    {
        var setup = await seller.Client.SecondFactor.BeginAsync(Bounded);
        Plant("a second factor's secret", setup.Secret);
        await Ignored(() => seller.Client.SecondFactor.ConfirmAsync(Plant("a wrong code", "918273"), Bounded));
        var code = P2P.Tests.Accounts.SecondFactorTests.Code(P2P.Tests.Accounts.SecondFactorTests.Decode(setup.Secret));
        foreach (var one in (await seller.Client.SecondFactor.ConfirmAsync(Plant("a second factor's code", code), Bounded)).Codes)
        {
            Plant("a recovery code", one);
        }
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static string Head(string text) => text[..Math.Min(300, text.Length)];

    private string Plant(string what, string value)
    {
        _canaries.Add((what, value));
        return value;
    }

    /// <summary>Digits count where they stand alone: an id may hold any six of them.</summary>
    private static bool Holds(string text, string canary) => canary.All(char.IsAsciiDigit)
        ? Regex.IsMatch(text, $@"(?<![0-9A-Za-z.\-]){canary}(?![0-9A-Za-z.\-])")
        : text.Contains(canary, StringComparison.OrdinalIgnoreCase)
            || text.Contains(Uri.EscapeDataString(canary), StringComparison.OrdinalIgnoreCase)
            || text.Contains(JsonEncodedText.Encode(canary).ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>All that a span carries to a collector.</summary>
    private static IEnumerable<string> TextsOf(Activity span) =>
    [
        span.OperationName, span.DisplayName, span.StatusDescription ?? "",
        .. span.TagObjects.Select(tag => $"{span.Source.Name} {span.OperationName} {tag.Key}={tag.Value}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
        .. span.Events.SelectMany(one => one.Tags.Select(tag => $"{span.OperationName} {one.Name} {tag.Key}={tag.Value}")),
    ];

    private static string Plain(string mail)
    {
        var at = mail.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = at >= 0 ? mail[at..] : mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..];
        return mail.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings("").Trim()))
            : body;
    }

    private static async Task Ignored(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            // Whether it is taken is not the question here.
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{What} failed with {Cause}")]
    private static partial void Failed(ILogger log, string what, string cause, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Within")]
    private static partial void Within(ILogger log);

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
