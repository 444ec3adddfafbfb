using System.Collections.Concurrent;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;
using P2P.Server.Realtime.Requests;

namespace P2P.Tests.Realtime.Support;

public sealed record NoteRequest : IChange
{
    public required Guid RequestId { get; init; }

    public required string Text { get; init; }

    public int DelayMs { get; init; }

    /// <summary>A code to refuse with, after the effects.</summary>
    public string? Refuse { get; init; }
}

public sealed record NoteReply
{
    public required int Count { get; init; }
}

public sealed record Question
{
    public required string Text { get; init; }

    public decimal? Amount { get; init; }
}

public sealed record Tick
{
    public required int From { get; init; }

    public required int To { get; init; }
}

/// <summary>What the hub did, for tests to look at.</summary>
public sealed class Notes
{
    private int _runs;

    public ConcurrentQueue<string> Order { get; } = [];

    public ConcurrentDictionary<long, HubLink> Links { get; } = [];

    public int Runs => _runs;

    public int Run() => Interlocked.Increment(ref _runs);
}

/// <summary>A hub with one call of each kind.</summary>
public sealed class TestHub(AccountDesk desk, Notes notes, RequestLog requests, Database database) : AccountHub<IAccountClient>(desk)
{
    public const string Path = "/hubs/test";

    protected override string Audience => P2P.Server.Realtime.Events.Audience.Trade;

    public Task<string> Ask(Question question) => Task.FromResult(question.Text).WaitAsync(Aborted);

    public Task<string> Who() => Task.FromResult(Context.ConnectionId).WaitAsync(Aborted);

    public Task<string> SearchNothing(string text) => Task.FromResult(text).WaitAsync(Aborted);

    public async Task<string> Sleep(int ms)
    {
        await Task.Delay(ms, Aborted);
        return "awake";
    }

    public Task SleepInDatabase() => database.Write(tx => TestSql.Sleep(tx, Caller.UserId), Aborted);

    public Task Fail() => Task.FromException(new InvalidOperationException("a secret of the server")).WaitAsync(Aborted);

    public async Task Note(NoteRequest request)
    {
        await Task.Delay(request.DelayMs, Aborted);
        notes.Order.Enqueue(request.Text);
    }

    public Task<bool> OpenTicks()
    {
        notes.Links[Caller.UserId] = Link;
        return Task.FromResult(true);
    }

    /// <summary>Has an effect that the database refuses to see twice.</summary>
    public Task<NoteReply> Once(NoteRequest request) =>
        requests.Once(
            Caller,
            nameof(Once),
            request,
            async change =>
            {
                var count = notes.Run();
                await TestSql.AddConsent(change.Tx, Caller.UserId, await change.Now());
                await Task.Delay(request.DelayMs, Aborted);
                if (request.Refuse is { } code)
                {
                    throw new Refused(code, "No.", ("why", "asked for"));
                }

                change.Tell(PendingEvent.For(Caller.UserId, Audience, "Noted", new { request.Text }));
                return new NoteReply { Count = count };
            },
            Aborted);
}
