using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using P2P.Server.Accounts.SignIn;
using P2P.Tests.Accounts.Support;

namespace P2P.Tests.Accounts;

/// <summary>Tokens, tickets and revocations: who gets in, and who no longer does (S03, S05, S06, S16). (S02)</summary>
public sealed class SignInTests
{
    private const string Page = "https://trade.example";
    private AccountsServer _server = null!; // Set before each test.

    [OneTimeSetUp]
    public async Task Start() => _server = await AccountsServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Without_a_good_token_everything_is_refused_in_the_envelope()
    {
        var foreign = new TokenSigner(AuthSettings.From(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Auth:Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).Build())).Sign("alice");
        var old = _server.Token("alice", TimeSpan.FromMinutes(1), new FixedTime(DateTimeOffset.UtcNow.AddMinutes(-2)));
        var fromTheFuture = _server.Token("alice", time: new FixedTime(DateTimeOffset.UtcNow.AddMinutes(10)));
        var system = _server.Token("system");
        foreach (var token in new[] { null, "", "x", "a.b.c", foreign, old, fromTheFuture, system })
        {
            var answer = await _server.User("alice").With(token).Get("profile/check");
            (answer.Status, answer.Code).ShouldBe((401, "UNAUTHENTICATED"), token);
            answer.Body.GetProperty("success").GetBoolean().ShouldBeFalse();
        }
    }

    [Test]
    public async Task A_token_in_the_url_counts_on_hubs_only()
    {
        var token = _server.Token("url-user");
        var rest = await _server.User("url-user").With(null).Get($"profile/check?access_token={token}");
        rest.Status.ShouldBe(401);
        (await Connect(token, Page)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await Connect(token, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Connect(null, null, token)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await Connect(null, Page)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_hub_wants_a_token_that_lasts_for_five_more_seconds()
    {
        (await Connect(null, null, _server.Token("brief", TimeSpan.FromSeconds(4)))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Connect(null, null, _server.Token("brief", TimeSpan.FromSeconds(60)))).ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    [TestCase("admin", 60, 101)]
    [TestCase("admin", 61, 401)]
    [TestCase("arbitrator", 61, 401)]
    [TestCase("support", 24 * 60, 401)]
    [TestCase("readonly", 61, 401)]
    [TestCase("custody", 24 * 60, 101)]
    public async Task A_token_of_staff_lasts_an_hour_and_no_longer(string role, int minutes, int expected)
    {
        // S07: also when the role stands among others, and for a ticket that such a token would buy.
        var token = _server.Token("ada", TimeSpan.FromMinutes(minutes), null, "trader", role);
        ((int)await Connect(null, null, token)).ShouldBe(expected);
        (await _server.User("ada").With(token).Post("ticket", new { })).Status.ShouldBe(expected == 401 ? 401 : 200);
    }

    [Test]
    public async Task A_ticket_works_once_from_its_own_origin()
    {
        var user = _server.User("ticket-user");
        var answer = await user.Post("ticket", null, ("Origin", Page));
        answer.Status.ShouldBe(200);
        var ticket = answer.Data.GetProperty("ticket").GetString();
        ticket.ShouldNotBeNull().Length.ShouldBe(43);
        (await Connect(ticket, Page)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await Connect(ticket, Page)).ShouldBe(HttpStatusCode.Unauthorized);

        (await Connect(await Ticket(user, Page), "https://evil.example")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Connect(await Ticket(user, Page), null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Connect(await Ticket(user, null), Page)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Connect(await Ticket(user, null), null)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await user.With(await Ticket(user, null)).Get("profile/check")).Status.ShouldBe(401);
    }

    [Test]
    public async Task Of_many_who_use_one_ticket_at_once_one_gets_in()
    {
        var ticket = await Ticket(_server.User("ticket-racer"), null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Connect(ticket, null)));
        answers.Count(status => status == HttpStatusCode.SwitchingProtocols).ShouldBe(1);
    }

    [Test]
    public async Task A_late_ticket_is_refused_and_none_is_stored_as_it_is()
    {
        var user = _server.User("late-user");
        var ticket = await Ticket(user, null);
        await _server.Sql($"update tickets set expires_at = clock_timestamp() where user_id = {(await user.Caller()).UserId}");
        (await Connect(ticket, null)).ShouldBe(HttpStatusCode.Unauthorized);
        var stored = await Ticket(user, null);
        (await _server.Sql<long>($"select count(*) from tickets t where t::text like '%{stored}%'")).ShouldBe(0);
    }

    [Test]
    public async Task Signing_out_ends_older_tokens_and_tickets_and_no_younger_ones()
    {
        var user = _server.User("leaver");
        var other = user.With(_server.Token("leaver"));
        var ticket = await Ticket(user, null);
        var bystander = _server.User("bystander");
        (await user.Post("sign-out")).Status.ShouldBe(200);
        (await user.Get("profile/check")).Status.ShouldBe(401);
        (await other.Get("profile/check")).Status.ShouldBe(401);
        (await Connect(ticket, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await bystander.Get("profile/check")).Status.ShouldBe(200);

        var nextSecond = _server.Token("leaver", time: new FixedTime(DateTimeOffset.UtcNow.AddSeconds(2)));
        (await user.With(nextSecond).Get("profile/check")).Status.ShouldBe(200);
        (await _server.Sql<string>("select reason from revocations where sub = 'leaver'")).ShouldBe("signed_out");
    }

    [Test]
    public async Task A_token_of_the_revocations_own_second_is_refused()
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await _server.Sql(
            "insert into revocations (sub, not_before, reason) "
            + $"values ('same-second', to_timestamp({second.ToUnixTimeSeconds()}.4), 'revoked')");
        var user = _server.User("same-second");
        (await user.With(_server.Token("same-second", time: new FixedTime(second))).Get("profile/check")).Status.ShouldBe(401);
        (await user.With(_server.Token("same-second", time: new FixedTime(second.AddSeconds(1)))).Get("profile/check"))
            .Status.ShouldBe(200);
    }

    [Test]
    public async Task Many_first_requests_at_once_make_one_user()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _server.User("first-seen").Get("profile/check")));
        answers.ShouldAllBe(answer => answer.Status == 200);
        (await _server.Sql<long>("select count(*) from users where sub = 'first-seen'")).ShouldBe(1);
    }

    [Test]
    public async Task No_log_line_holds_a_token_or_a_ticket()
    {
        var token = _server.Token("canary-user");
        var ticket = await Ticket(_server.User("canary-user"), Page);
        await Connect(token, Page);
        await Connect(ticket, Page);
        await Connect(ticket, Page);
        await Connect(token + "x", Page);
        _server.Logged.ShouldNotBeEmpty();
        _server.Logged.ShouldAllBe(
            line => !line.Contains(token, StringComparison.Ordinal) && !line.Contains(ticket, StringComparison.Ordinal));
    }

    private static async Task<string> Ticket(RestUser user, string? origin)
    {
        var answer = origin is null ? await user.Post("ticket") : await user.Post("ticket", null, ("Origin", origin));
        return answer.Data.GetProperty("ticket").GetString().ShouldNotBeNull();
    }

    private async Task<HttpStatusCode> Connect(string? inUrl, string? origin, string? inHeader = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        if (inHeader is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {inHeader}");
        }

        var query = inUrl is null ? "?v=1" : $"?v=1&access_token={inUrl}";
        var address = new UriBuilder(new Uri(_server.Address, AccountTestHub.Path)) { Scheme = "ws", Query = query }.Uri;
        try
        {
            await socket.ConnectAsync(address, patience.Token);
        }
        catch (WebSocketException)
        {
            // The status tells why.
        }

        return socket.HttpStatusCode;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
