using System.Text;
using System.Text.RegularExpressions;
using P2P.Contracts;
using P2P.Tests.Support;

namespace P2P.Tests.Notifications;

/// <summary>E-mails through a server that speaks SMTP: first a code, and what happened only after it was given.</summary>
public sealed partial class EmailTests : MarketFixture
{
    private readonly SmtpListener _smtp = new();

    protected override Dictionary<string, string?>? Settings => new()
    {
        ["Notifications:Smtp:Host"] = "127.0.0.1",
        ["Notifications:Smtp:Port"] = $"{_smtp.Port}",
        ["Notifications:Smtp:Tls"] = "false",
        ["Notifications:Smtp:From"] = "p2p@example.org",
    };

    [OneTimeTearDown]
    public ValueTask Stop_the_mail_server() => _smtp.DisposeAsync();

    [Test]
    public async Task An_address_hears_nothing_but_its_code_until_it_is_confirmed_and_nothing_is_lost_while_the_server_is_busy()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var address = $"{seller.Name}@example.org";
        await Sql($"update profiles set email = '{address}' where user_id = {Id(seller)}");
        var ad = await TestMarket.Ad(seller);
        await Place(buyer, ad, 0.1m);
        await NotificationsAreMade();

        await seller.Client.Notifications.SendEmailCodeAsync(Bounded);
        await Eventually(() => To(address).Count == 1, TimeSpan.FromSeconds(20));
        var code = Code().Match(To(address)[0]).Value;
        code.Length.ShouldBe(6);
        (await Refused(() => seller.Client.Notifications.ConfirmEmailAsync(code == "000000" ? "000001" : "000000", Bounded)))
            .ShouldBe(ErrorCodes.CodeWrong);
        await seller.Client.Notifications.ConfirmEmailAsync(code, Bounded);

        _smtp.IsBusy = true;
        await Place(buyer, ad, 0.2m);
        await Eventually(() => _smtp.Refused > 0, TimeSpan.FromSeconds(20));
        To(address).Count.ShouldBe(1);
        _smtp.IsBusy = false;
        await Sql("update outbox set next_at = clock_timestamp() where sent_at is null and failed_at is null");
        await Eventually(() => To(address).Count == 2, TimeSpan.FromSeconds(30));
        (await Sql<long>($"select count(*) from outbox where user_id = {Id(seller)} and sent_at is null")).ShouldBe(0);
    }

    private List<string> To(string address) =>
        [.. _smtp.Mails.Where(mail => mail.Contains(address, StringComparison.Ordinal)).Select(Plain)];

    /// <summary>The text, whether it was encoded or not.</summary>
    private static string Plain(string mail)
    {
        var body = mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var at && at >= 0 ? at : mail.IndexOf("\n\n", StringComparison.Ordinal))..];
        return mail.Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings("").Trim()))
            : body;
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
