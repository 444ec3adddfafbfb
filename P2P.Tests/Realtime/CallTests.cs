using P2P.Contracts;
using P2P.Server.Core;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Realtime;

/// <summary>Calls keep their order, their rate and their time, and fail in one way. (S44)</summary>
public sealed class CallTests
{
    private RealtimeServer _server = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() => _server = await RealtimeServer.Start(("Limits:CallMs", "1000"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_caller_who_goes_in_the_middle_of_a_call_is_no_fault()
    {
        var (client, _) = await _server.ConnectNew();
        _ = client.Call("SleepInDatabase");
        await Task.Delay(300);
        await client.DisposeAsync();
        await Task.Delay(1_500);
        _server.Errors.Lines.ShouldNotContain(line => line.Contains("SleepInDatabase", StringComparison.Ordinal));
    }

    [Test]
    public async Task Changing_calls_keep_their_order_while_reads_overlap()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var mark = Guid.NewGuid().ToString();
        var changes = Enumerable.Range(0, 7).Select(i => client.Call("Note", Note($"{mark} {i}", delayMs: 70 - (10 * i)))).ToList();
        (await client.Call("Ask", new Question { Text = "x" })).GetProperty("result").GetString().ShouldBe("x");
        changes.ShouldContain(change => !change.IsCompleted);
        await Task.WhenAll(changes);
        _server.Notes.Order.Where(text => text.StartsWith(mark, StringComparison.Ordinal))
            .ShouldBe(Enumerable.Range(0, 7).Select(i => $"{mark} {i}"));
    }

    [Test]
    public async Task A_call_that_takes_too_long_ends_with_TIMEOUT()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var (code, details) = await client.Refused("Sleep", 5_000);
        code.ShouldBe(ErrorCodes.Timeout);
        details.GetProperty("retryAfterMs").GetInt32().ShouldBePositive();
        (await client.Call("Sleep", 1)).GetProperty("result").GetString().ShouldBe("awake");
    }

    [Test]
    public async Task A_call_that_takes_too_long_is_ended_in_the_database_and_rolled_back()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        (await client.Refused("SleepInDatabase")).Code.ShouldBe(ErrorCodes.Timeout);
        (await _server.Database.Read(TestSql.CountSleepers)).ShouldBe(0);
        (await _server.Database.Read(tx => TestSql.CountConsents(tx, userId))).ShouldBe(0);
    }

    [Test]
    public async Task Calls_wait_in_the_queue_without_using_up_their_time()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var calls = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => client.Call("Note", Note($"{i}", delayMs: 600))));
        calls.Count(call => call.TryGetProperty("error", out _)).ShouldBe(0);
    }

    [Test]
    public async Task A_fault_is_INTERNAL_and_logged_under_the_id_that_the_client_hears()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var completion = await client.Call("Fail");
        completion.ToString().ShouldNotContain("secret");
        var (code, details) = RawClient.Refusal(completion);
        code.ShouldBe(ErrorCodes.Internal);
        var id = details.GetProperty("correlationId").GetString() ?? "";
        _server.Errors.Lines.ShouldHaveSingleItem().ShouldContain(id);
    }

    [Test]
    public async Task Reads_beyond_the_rate_are_refused_with_a_time_to_wait()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await using var other = await _server.Connect(userId);
        var refused = new List<int>();
        for (var i = 0; i < 50; i++)
        {
            var completion = await (i % 2 == 0 ? client : other).Call("Ask", new Question { Text = "x" });
            if (completion.TryGetProperty("error", out _))
            {
                var (code, details) = RawClient.Refusal(completion);
                code.ShouldBe(ErrorCodes.RateLimited);
                refused.Add(details.GetProperty("retryAfterMs").GetInt32());
            }
        }

        refused.Count.ShouldBeInRange(1, 20);
        await Task.Delay(refused[^1] + 20);
        (await client.Call("Ask", new Question { Text = "y" })).GetProperty("result").GetString().ShouldBe("y");
    }

    [Test]
    public async Task Searches_and_changes_have_rates_of_their_own()
    {
        var (client, _) = await _server.ConnectNew();
        await using var disposed = client;
        var searches = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Call("SearchNothing", "x")));
        searches.Count(search => search.TryGetProperty("result", out _)).ShouldBeInRange(5, 6);
        var changes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.Call("Note", Note("x"))));
        changes.Count(change => !change.TryGetProperty("error", out _)).ShouldBeInRange(20, 22);
        (await client.Call("Ask", new Question { Text = "y" })).GetProperty("result").GetString().ShouldBe("y");
    }

    private static NoteRequest Note(string text, int delayMs = 0) =>
        new() { RequestId = Ids.New(), Text = text, DelayMs = delayMs };
}
