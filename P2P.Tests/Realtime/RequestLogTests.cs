using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Realtime;

/// <summary>A changing call happens once, however often it is sent.</summary>
public sealed class RequestLogTests
{
    private RealtimeServer _server = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() =>
        _server = await RealtimeServer.Start(("Limits:Changes:PerSecond", "1000"), ("Limits:Changes:Burst", "1000"));

    [OneTimeTearDown]
    public async Task Stop()
    {
        var errors = _server.Errors.Lines;
        await _server.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Eight_at_once_happen_once_and_hear_one_answer()
    {
        var userId = await _server.NewUser();
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.Connect(userId)));
        var request = Request(delayMs: 50);
        var answers = await Task.WhenAll(clients.Select(client => client.Call("Once", request)));
        answers.Select(answer => answer.GetProperty("result").GetProperty("count").GetInt32()).Distinct().Count().ShouldBe(1);
        (await _server.Database.Read(tx => TestSql.CountConsents(tx, userId))).ShouldBe(1);
        (await _server.Database.Read(tx => TestSql.Seqs(tx, userId))).ShouldBe([1]);
        foreach (var client in clients)
        {
            (await client.Hears("Noted")).ShouldHaveSingleItem()[0].GetProperty("seq").GetInt64().ShouldBe(1);
            await client.DisposeAsync();
        }
    }

    [Test]
    public async Task A_decided_refusal_is_stored_and_its_effects_are_not()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        var request = Request(refuse: ErrorCodes.QuotaExceeded);
        var runs = _server.Notes.Runs;
        for (var i = 0; i < 3; i++)
        {
            var (code, details) = await client.Refused("Once", request);
            code.ShouldBe(ErrorCodes.QuotaExceeded);
            details.GetProperty("why").GetString().ShouldBe("asked for");
        }

        _server.Notes.Runs.ShouldBe(runs + 1);
        (await _server.Database.Read(tx => TestSql.CountConsents(tx, userId))).ShouldBe(0);
        (await _server.Database.Read(tx => TestSql.Seqs(tx, userId))).ShouldBeEmpty();
    }

    [TestCase(ErrorCodes.BadInput)]
    [TestCase(ErrorCodes.Busy)]
    [TestCase(ErrorCodes.Forbidden)]
    public async Task A_refusal_at_the_door_or_for_the_moment_is_decided_anew(string code)
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        var request = Request(refuse: code);
        var runs = _server.Notes.Runs;
        (await client.Refused("Once", request)).Code.ShouldBe(code);
        (await client.Refused("Once", request)).Code.ShouldBe(code);
        _server.Notes.Runs.ShouldBe(runs + 2);
        (await _server.Database.Read(tx => TestSql.CountRequests(tx, userId))).ShouldBe(0);
    }

    [Test]
    public async Task An_id_serves_one_request_of_one_user()
    {
        var (client, _) = await _server.ConnectNew();
        var (other, _) = await _server.ConnectNew();
        await using var disposed = client;
        await using var alsoDisposed = other;
        var request = Request();
        (await client.Call("Once", request)).TryGetProperty("result", out _).ShouldBeTrue();
        (await client.Refused("Once", request with { Text = "another" })).Code.ShouldBe(ErrorCodes.RequestIdReused);
        (await other.Call("Once", request)).TryGetProperty("result", out _).ShouldBeTrue();
    }

    [TestCase(-24 * 60 - 1, ErrorCodes.RequestIdExpired)]
    [TestCase(-24 * 60 + 1, null)]
    [TestCase(9, null)]
    [TestCase(11, ErrorCodes.RequestIdExpired)]
    public async Task An_id_must_be_of_this_day(int minutes, string? code)
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(minutes));
        var completion = await client.Call("Once", Request() with { RequestId = id });
        (completion.TryGetProperty("error", out _) ? RawClient.Refusal(completion).Code : null).ShouldBe(code);
    }

    [Test]
    public async Task An_id_must_be_a_UUID_of_version_7()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var (code, details) = await client.Refused("Once", Request() with { RequestId = Guid.NewGuid() });
        code.ShouldBe(ErrorCodes.BadInput);
        details.GetProperty("path").GetString().ShouldBe("requestId");
    }

    [Test]
    public async Task Answers_live_for_30_days()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await client.Call("Once", Request());
        var cleanup = new RequestCleanup(_server.Database, Microsoft.Extensions.Logging.Abstractions.NullLogger<RequestCleanup>.Instance);
        await TestSql.AgeRequests(_server.TestDatabase, userId, 29);
        await cleanup.Clean(default);
        (await _server.Database.Read(tx => TestSql.CountRequests(tx, userId))).ShouldBe(1);
        await TestSql.AgeRequests(_server.TestDatabase, userId, 2);
        await cleanup.Clean(default);
        (await _server.Database.Read(tx => TestSql.CountRequests(tx, userId))).ShouldBe(0);
    }

    private static NoteRequest Request(int delayMs = 0, string? refuse = null) =>
        new() { RequestId = Ids.New(), Text = "a", DelayMs = delayMs, Refuse = refuse };
}
