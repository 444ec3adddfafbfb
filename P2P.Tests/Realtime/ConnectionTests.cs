using System.Net;
using System.Net.WebSockets;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime;

/// <summary>Who gets a connection, what it hears first, and how it ends. (S01)</summary>
public sealed class ConnectionTests
{
    private RealtimeServer _server = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() => _server = await RealtimeServer.Start(
        ("Limits:ConnectionsPerAddress", "12"), ("Limits:ConnectsPerUser:PerSecond", "100"), ("Limits:ConnectsPerUser:Burst", "100"));

    [OneTimeTearDown]
    public async Task Stop()
    {
        var errors = _server.Errors.Lines;
        await _server.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Connected_is_heard_first_while_events_keep_coming()
    {
        var userId = await _server.NewUser();
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await _server.Tell(userId, 1);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await using var client = await RawClient.Connect(_server.HubAddress, RealtimeServer.SignedIn(userId));
            await client.Hears("Noted");
            var first = client.Heard[0];
            first.GetProperty("target").GetString().ShouldBe(nameof(IConnectionClient.Connected));
            var head = first.GetProperty("arguments")[0].GetProperty("headSeq").GetInt64();
            client.Arguments("Noted")[0][0].GetProperty("seq").GetInt64().ShouldBe(head + 1);
        }

        await end.CancelAsync();
        await writing;
    }

    [Test]
    public async Task A_refused_connection_always_hears_why()
    {
        var userId = await _server.NewUser();
        _server.Refused[userId] = Refused.Because(ErrorCodes.ConsentRequired, "Consent first.");
        for (var i = 0; i < 50; i++)
        {
            await using var client = await RawClient.Connect(_server.HubAddress, RealtimeServer.SignedIn(userId));
            (await client.Hears(nameof(IConnectionClient.ConnectionRefused)))[0][0].GetString().ShouldBe(ErrorCodes.ConsentRequired);
            await client.Closed;
            client.Heard.Count.ShouldBe(1);
        }
    }

    [Test]
    public async Task A_version_that_is_too_old_is_refused()
    {
        var address = new UriBuilder(_server.HubAddress) { Query = "v=0" }.Uri;
        await using var client = await RawClient.Connect(address, RealtimeServer.SignedIn(await _server.NewUser()));
        (await client.Hears(nameof(IConnectionClient.ConnectionRefused)))[0][0].GetString().ShouldBe(ErrorCodes.ClientTooOld);
        await client.Closed;
    }

    [Test]
    public async Task Nobody_connects_without_signing_in() =>
        (await Status(authorization: "Nobody")).ShouldBe(HttpStatusCode.Unauthorized);

    [TestCase("https://evil.example")]
    [TestCase("https://trade.example.evil.example")]
    [TestCase("http://trade.example")]
    [TestCase("https://trade.example:8443")]
    [TestCase("null")]
    public async Task A_foreign_page_is_refused_before_anybody_is_authenticated(string origin) =>
        (await Status(authorization: "Nobody", origin)).ShouldBe(HttpStatusCode.Forbidden);

    [Test]
    public async Task A_page_on_the_list_connects()
    {
        await using var client = await RawClient.Connect(
            _server.HubAddress, RealtimeServer.SignedIn(await _server.NewUser()), origin: RealtimeServer.Origin);
        await client.Hears(nameof(IConnectionClient.Connected));
    }

    [Test]
    public async Task A_user_has_8_connections_and_an_address_as_many_as_allowed()
    {
        var userId = await _server.NewUser();
        var clients = new List<RawClient>();
        for (var i = 0; i < 8; i++)
        {
            clients.Add(await _server.Connect(userId));
        }

        (await Status(RealtimeServer.SignedIn(userId))).ShouldBe(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 4; i++)
        {
            clients.Add((await _server.ConnectNew()).Client);
        }

        (await Status(RealtimeServer.SignedIn(await _server.NewUser()))).ShouldBe(HttpStatusCode.TooManyRequests);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Eventually(async () => await Status(RealtimeServer.SignedIn(userId)) == HttpStatusCode.SwitchingProtocols);
    }

    [TestCase("signed_out", ErrorCodes.SignedOut)]
    [TestCase("role_changed", ErrorCodes.RoleChanged)]
    [TestCase("revoked", ErrorCodes.SignedOut)]
    [TestCase("suspended", ErrorCodes.Suspended)]
    public async Task A_revocation_closes_the_connection_within_2_seconds(string reason, string code)
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        var (other, _) = await _server.ConnectNew();
        await using var alsoDisposed = other;
        await _server.Database.Write(tx => TestSql.Revoke(tx, userId, reason));
        (await client.Hears(nameof(IConnectionClient.ConnectionClosing), within: TimeSpan.FromSeconds(2)))[0][0].GetString().ShouldBe(code);
        await client.Closed;
        (await other.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
    }

    [Test]
    public async Task A_revocation_of_a_time_without_a_database_closes_the_connection_afterwards()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await TestPostgres.Execute(_server.TestDatabase.Owner, "revoke select on revocations from p2p_app");
        await Task.Delay(3_000);

        // As old as if more than ten seconds had passed since it came.
        await TestPostgres.Execute(
            _server.TestDatabase.Owner,
            $"""
            insert into revocations (sub, not_before, reason, at)
            values ('sub-{userId}', clock_timestamp(), 'signed_out', clock_timestamp() - interval '10.5 seconds');
            grant select on revocations to p2p_app;
            """);
        (await client.Hears(nameof(IConnectionClient.ConnectionClosing)))[0][0].GetString().ShouldBe(ErrorCodes.SignedOut);
        await client.Closed;
    }

    [Test]
    public async Task A_token_issued_after_the_revocation_keeps_its_connection()
    {
        var userId = await _server.NewUser();
        await _server.Database.Write(tx => TestSql.Revoke(tx, userId, "signed_out"));
        var header = TestScheme.Header(userId, DateTimeOffset.UtcNow.AddSeconds(2), DateTimeOffset.UtcNow.AddHours(1));
        await using var client = await RawClient.Connect(_server.HubAddress, header);
        await client.Hears(nameof(IConnectionClient.Connected));
        await Task.Delay(1_500);
        client.Heard.Count.ShouldBe(1);
    }

    [Test]
    public async Task The_end_of_a_token_is_told()
    {
        var header = RealtimeServer.SignedIn(await _server.NewUser(), lifetimeSeconds: 3);
        await using var client = await RawClient.Connect(_server.HubAddress, header);
        (await client.Hears(nameof(IConnectionClient.ConnectionClosing)))[0][0].GetString().ShouldBe(ErrorCodes.TokenExpired);
        await client.Closed;
    }

    [Test]
    public async Task A_user_can_be_closed_on_all_connections()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await using var second = await _server.Connect(userId);
        _server.Push.CloseUser(userId, ErrorCodes.SignedOut, "Bye.");
        await client.Hears(nameof(IConnectionClient.ConnectionClosing));
        await second.Hears(nameof(IConnectionClient.ConnectionClosing));
        await client.Closed;
        await second.Closed;
    }

    private async Task<HttpStatusCode> Status(string authorization, string? origin = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", authorization);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await socket.ConnectAsync(_server.HubAddress, patience.Token);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It never came to hold.");
    }
}
