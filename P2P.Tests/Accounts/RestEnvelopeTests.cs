using System.Text;
using P2P.Tests.Accounts.Support;

namespace P2P.Tests.Accounts;

/// <summary>What happens around the REST paths: the envelope of every refusal, headers, limits, proxies (S08, S10, S39, S40). (S09)</summary>
public sealed class RestEnvelopeTests
{
    private AccountsServer _server = null!; // Set before each test.

    [OneTimeSetUp]
    public async Task Start() => _server = await AccountsServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Wrong_paths_methods_and_bodies_are_refused_in_the_envelope()
    {
        var user = await _server.Joined("enveloped");
        var cases = new (int Status, HttpMethod Method, string Path, HttpContent? Body)[]
        {
            (404, HttpMethod.Get, "nothing/here", null),
            (405, HttpMethod.Get, "profile/create", null),
            (405, HttpMethod.Get, "sign-out", null),
            (405, HttpMethod.Delete, "profile", null),
            (415, HttpMethod.Put, "profile", new StringContent("username=x", Encoding.UTF8, "application/x-www-form-urlencoded")),
            (415, HttpMethod.Put, "profile", null),
            (413, HttpMethod.Put, "profile", RestUser.Json($$"""{"auto_reply_message":"{{new string('x', 40_000)}}"}""")),
            (400, HttpMethod.Put, "profile", RestUser.Json("""{"auto_reply_message":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}""")),
        };
        foreach (var (status, method, path, body) in cases)
        {
            var answer = await user.Send(method, path, body);
            answer.Status.ShouldBe(status, path);
            answer.Body.GetProperty("success").GetBoolean().ShouldBeFalse();
            answer.Error.ShouldNotBeNullOrEmpty();
            answer.Code.ShouldNotBeNullOrEmpty();
        }
    }

    [Test]
    public async Task A_fault_tells_an_id_and_nothing_else()
    {
        var answer = await _server.User("faulted").Get("/api/test/fault");
        (answer.Status, answer.Code).ShouldBe((500, "INTERNAL"));
        answer.Body.GetRawText().ShouldNotContain("planted");
        var id = answer.Error.ShouldNotBeNull().Split(' ')[^1];
        _server.Logged.ShouldContain(
            line => line.Contains(id, StringComparison.Ordinal) && line.Contains("planted", StringComparison.Ordinal));
    }

    [Test]
    public async Task Answers_are_not_kept_framed_or_sniffed()
    {
        var headers = (await _server.User("headers").Get("profile/check")).Headers;
        headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
    }

    [Test]
    public async Task A_user_beyond_the_rate_waits_and_others_do_not()
    {
        await using var server = await AccountsServer.Start(("Limits:RestPerUserPerMinute", "5"));
        var busy = server.User("busy");
        for (var i = 0; i < 5; i++)
        {
            (await busy.Get("profile/check")).Status.ShouldBe(200);
        }

        var refused = await busy.Get("profile/check");
        (refused.Status, refused.Code).ShouldBe((429, "RATE_LIMITED"));
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
        (await server.User("calm").Get("profile/check")).Status.ShouldBe(200);
    }

    [Test]
    public async Task An_address_beyond_the_rate_waits_whoever_asks()
    {
        await using var server = await AccountsServer.Start(("Limits:RestPerAddressPerMinute", "5"));
        for (var i = 0; i < 5; i++)
        {
            (await server.User("x").With("bad").Get("profile/check")).Status.ShouldBe(401);
        }

        (await server.User("y").Get("profile/check")).Status.ShouldBe(429);
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(server.Address, "/p2p/health"))).ShouldBe("P2P service is running");
    }

    [Test]
    public async Task Forwarded_addresses_count_from_configured_proxies_only()
    {
        (await AddressSeen(_server)).ShouldBe("127.0.0.1");
        await using var behindProxy = await AccountsServer.Start(("Proxies", "127.0.0.1, 10.0.0.0/8"));
        (await AddressSeen(behindProxy)).ShouldBe("203.0.113.9");
        await using var behindAnother = await AccountsServer.Start(("Proxies:0", "10.0.0.7"));
        (await AddressSeen(behindAnother)).ShouldBe("127.0.0.1");
    }

    private static async Task<string> AddressSeen(AccountsServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {server.Token("proxied")}");
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.9, 10.1.2.3");
        return await http.GetStringAsync(new Uri("/api/test/address", UriKind.Relative));
    }
}
