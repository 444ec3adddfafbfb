using System.Net;
using P2P.Tests.Accounts.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Accounts;

/// <summary>What a request for a hub meets before anybody is authenticated.</summary>
public sealed class HubGateTests
{
    [Test]
    public async Task An_address_begins_so_many_connections_and_no_more_signed_in_or_not()
    {
        await using var server = await AccountsServer.Start(
            ("Limits:ConnectsPerAddress:PerSecond", "0.01"), ("Limits:ConnectsPerAddress:Burst", "2"));
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
        for (var i = 0; i < 2; i++)
        {
            (await http.GetAsync(Hub("ticket"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var refused = await http.GetAsync(Hub("ticket"));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.Content.ReadAsStringAsync()).ShouldContain("RATE_LIMITED");
    }

    [Test]
    public async Task A_user_begins_so_many_connections_and_no_more()
    {
        await using var server = await AccountsServer.Start(
            ("Limits:ConnectsPerUser:PerSecond", "0.01"), ("Limits:ConnectsPerUser:Burst", "2"));
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.Token("hasty"));
        for (var i = 0; i < 2; i++)
        {
            (await http.GetAsync(Hub(null))).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        }

        (await http.GetAsync(Hub(null))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task Without_a_database_tokens_and_tickets_are_answered_503_and_no_fault_is_logged()
    {
        await using var server = await AccountsServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(20) };
        var name = server.Database.Name;
        var superuser = (await TestPostgres.Server).SuperuserOf("postgres");
        await TestPostgres.Execute(superuser, $"alter database {name} connection limit 0");
        await TestPostgres.Execute(superuser, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        var before = server.Logged.Count;
        using var byToken = new HttpRequestMessage(HttpMethod.Get, Hub(null));
        byToken.Headers.Authorization = new("Bearer", server.Token("nobody"));
        var ticket = new string('t', 43);
        foreach (var answer in new[] { await http.SendAsync(byToken), await http.GetAsync(Hub(ticket)) })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await answer.Content.ReadAsStringAsync()).ShouldContain("UNAVAILABLE");
        }

        server.Logged.Skip(before).ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string Hub(string? ticket) => AccountTestHub.Path + (ticket is null ? "" : $"?access_token={ticket}");
}
