using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using P2P.Contracts;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>A call that is about to succeed.</summary>
/// <param name="Caller">By whom.</param>
/// <param name="Arguments">As JSON.</param>
/// <param name="RequestId">Under which id.</param>
internal sealed record CrashStart(string Caller, string Arguments, Guid RequestId);

/// <summary>Where calls are broken off.</summary>
internal sealed record CrashPlace
{
    /// <summary>Between server and database.</summary>
    public required StatementProxy Proxy { get; init; }

    public required TestDatabase Database { get; init; }

    /// <summary>A world of its own in the state in which the call succeeds.</summary>
    public required Func<Task<CrashStart>> Ready { get; init; }

    /// <summary>A connection of a user's that writes its frames itself.</summary>
    public required Func<string, Task<RawClient>> Connect { get; init; }

    public required Func<Task> NotificationsAreMade { get; init; }
}

/// <summary>
/// Breaks one changing call off at every one of its statements: before the statement, and after the round trip whose answer is lost (the commit's
/// as well). Whatever is not committed leaves no trace, whatever is committed is whole, and the repeat under the same id gives the one answer.
/// </summary>
internal sealed class CrashPoints(string call, CrashPlace place)
{
    /// <summary>Counted before it is looked at, in a transaction of its own: whoever breaks a guess off has guessed.</summary>
    private static readonly string[] CountedApart = ["invitation_tries"];

    /// <summary>What workers make of what was committed, whenever they come to it.</summary>
    private static readonly string[] MadeLater =
    [
        "reputations", "notifications", "notification_positions", "outbox", "webhook_deliveries", "webhook_endpoints", "web_push_subscriptions",
        "analytics_days", "analytics_release_times", "analytics_rolled", "trader_days", "prices", "price_quotes", "price_rates", "price_hours", "price_sources",
    ];

    /// <summary>What a server asks of its own accord, whatever its people do.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(6);

    private const int WorldsAtOnce = 8;
    private static readonly int PointsMax = Tier.Pick(everyRun: 8, nightly: int.MaxValue);

    /// <summary>Less than the server's patience with a lock.</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(250);

    private static readonly Lock Shared = new();
    private static readonly SortedDictionary<string, Counts> All = new(StringComparer.Ordinal);
    private static IReadOnlySet<string>? _idle;
    private static int _pairs;

    private string _allRows = "";

    /// <summary>Before the first call: what the server does of its own accord is left alone.</summary>
    public async Task Begin()
    {
        _allRows = string.Join(" union all ", (await Tables()).Except(MadeLater).Except(CountedApart).Select(table =>
            // When somebody was last seen is written from time to time, whoever calls what.
            $"select '{table}' as name, count(*) as rows, md5(coalesce(string_agg(t.row, '|' order by t.row), '')) as hash "
            + $"from (select (to_jsonb(x) - 'last_active_at')::text as row from {table} x) t"));
        if (_idle is null)
        {
            place.Proxy.Look();
            await Task.Delay(IdleTime);
            _idle = place.Proxy.Texts();
        }

        place.Proxy.Ignore(_idle);
    }

    /// <summary>T8: whatever is broken off happens once or not at all.</summary>
    public async Task BreakOff()
    {
        // Once without faults, so that what is kept in memory is there; then once more, and looked at.
        var first = await Tried();
        var expected = await Tried();
        expected.Answer.Code.ShouldBe(first.Answer.Code);
        var points = first.Points.Intersect(expected.Points).ToArray();
        points.Length.ShouldBeGreaterThan(2);

        var counts = new Counts(expected.Answer.Code);
        new Random(Tier.Seed()).Shuffle(points);
        foreach (var some in points.Take(PointsMax).Chunk(WorldsAtOnce))
        {
            var ready = await Task.WhenAll(some.Select(_ => place.Ready()));
            await place.NotificationsAreMade();
            foreach (var (point, start) in some.Zip(ready))
            {
                var (hit, committed) = await Broken(point, start, expected);
                counts.Points += hit ? 1 : 0;
                counts.Committed += committed ? 1 : 0;
                counts.Unmet += hit ? 0 : 1;
            }
        }

        await Invariants.Check(place.Database.Superuser);
        counts.Points.ShouldBeGreaterThan(Math.Min(points.Length, PointsMax) / 2, "most points were never come to");
        Tell(counts);
    }

    /// <summary>
    /// T18: the same wish under two ids, the second while the first has done all its work and not yet committed. What one transaction read may not be
    /// what the other one changes: both answers and the effect are those of one after the other.
    /// </summary>
    public async Task TwoAtOnce()
    {
        var serial = await Two(atOnce: false);
        (await Two(atOnce: true)).ShouldBe(serial);
        lock (Shared)
        {
            ReliabilityReport.Tell(
                "T18 the same call twice at once", $"{++_pairs} calls, the second while the first waits for its commit: answers and effects of one after the other");
        }
    }

    /// <summary>Both answers' codes, and the effect.</summary>
    private async Task<string> Two(bool atOnce)
    {
        var (caller, arguments, _) = await place.Ready();
        var others = JsonNode.Parse(arguments)!.AsArray(); // It was an array.
        others[0]!["requestId"] = Guid.CreateVersion7(); // It has a request.
        await using var one = await place.Connect(caller);
        await using var two = await place.Connect(caller);
        await Task.WhenAll(one.Hears("Connected"), two.Hears("Connected"));
        await place.NotificationsAreMade();
        var before = await Rows();
        Task<JsonElement> second;
        Answer first;
        if (atOnce)
        {
            var hold = place.Proxy.HoldCommit();
            var running = one.CallRaw(call, arguments);
            await Task.WhenAny(hold.Held, running);
            second = two.CallRaw(call, others.ToJsonString());
            await Task.WhenAny(second, Task.Delay(HoldTime));
            hold.LetGo();
            first = Answer.Of(await running);
            place.Proxy.Look();
        }
        else
        {
            first = Answer.Of(await one.CallRaw(call, arguments));
            second = two.CallRaw(call, others.ToJsonString());
        }

        var then = Answer.Of(await second);
        if (then.Code is ErrorCodes.Busy or ErrorCodes.Timeout)
        {
            then = await Repeat(two, others.ToJsonString());
        }

        await place.NotificationsAreMade();
        // Whichever of the two came first.
        return $"{string.Join(", ", new[] { first.Code ?? "done", then.Code ?? "done" }.Order(StringComparer.Ordinal))}; {Grown(before, await Rows())}";
    }

    /// <summary>One run whose connection breaks at a point.</summary>
    private async Task<(bool Hit, bool Committed)> Broken(BreakPoint point, CrashStart start, Try expected)
    {
        var (caller, arguments, requestId) = start;
        await using var client = await place.Connect(caller);
        await client.Hears("Connected");
        await place.NotificationsAreMade();
        var before = await Rows();
        place.Proxy.Break(point);
        var answer = Answer.Of(await client.CallRaw(call, arguments));
        var hit = place.Proxy.IsHit;
        place.Proxy.Look();

        var where = $"{(point.IsAnswerLost ? "answer lost of" : "before")} run {point.Turn} of: {point.Statement}";
        var committed = await IsStored(requestId);
        if (!committed)
        {
            // A refusal at the door is not stored, and may have been decided without what broke.
            answer.Code.ShouldBeOneOf(ErrorCodes.Unavailable, expected.Answer.Code ?? ErrorCodes.Unavailable);
            Changed(before, await Rows()).ShouldBeEmpty($"not committed, and yet there is a trace: {where}");
        }

        var repeated = await Repeat(client, arguments);
        repeated.Code.ShouldBe(expected.Answer.Code, where);
        await place.NotificationsAreMade();
        var after = await Rows();
        Grown(before, after).ShouldBe(expected.Grown, $"another effect than without a fault: {where}");
        (await Repeat(client, arguments)).Text.ShouldBe(repeated.Text, where);
        Changed(after, await Rows()).ShouldBeEmpty($"the repeat changed something: {where}");
        return (hit, committed);
    }

    /// <summary>One run without faults.</summary>
    private async Task<Try> Tried()
    {
        var (caller, arguments, _) = await place.Ready();
        await using var client = await place.Connect(caller);
        await client.Hears("Connected");
        await place.NotificationsAreMade();
        var before = await Rows();
        place.Proxy.Look();
        var answer = Answer.Of(await client.CallRaw(call, arguments));
        var points = place.Proxy.Points();
        await place.NotificationsAreMade();
        return new Try(answer, points, Grown(before, await Rows()));
    }

    /// <summary>The same call again, until the outcome is known.</summary>
    private async Task<Answer> Repeat(RawClient client, string arguments)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = Answer.Of(await client.CallRaw(call, arguments));
            if (answer.Code is not (ErrorCodes.Unavailable or ErrorCodes.Busy or ErrorCodes.Timeout))
            {
                return answer;
            }

            tries.ShouldBeLessThan(50, $"still {answer.Text}");
            await Task.Delay(100);
        }
    }

    private Task<bool> IsStored(Guid requestId) => TestPostgres.Scalar<bool>(
        place.Database.Superuser, $"select exists (select 1 from requests where request_id = '{requestId}')");

    /// <summary>The tables' rows: how many, and what they are.</summary>
    private async Task<Dictionary<string, (long Rows, string Hash)>> Rows()
    {
        await using var connection = new NpgsqlConnection(place.Database.Superuser);
        return (await connection.QueryAsync<(string Name, long Rows, string Hash)>(_allRows)).ToDictionary(row => row.Name, row => (row.Rows, row.Hash));
    }

    private async Task<IEnumerable<string>> Tables()
    {
        await using var connection = new NpgsqlConnection(place.Database.Superuser);
        return await connection.QueryAsync<string>(
            """
            select c.oid::regclass::text
              from pg_class c
             where c.relnamespace = 'public'::regnamespace
               and c.relkind in ('r', 'p')
               and not c.relispartition
             order by 1
            """);
    }

    /// <summary>How many rows each table has more, or fewer.</summary>
    private static string Grown(Dictionary<string, (long Rows, string Hash)> before, Dictionary<string, (long Rows, string Hash)> after) => string.Join(
        ", ",
        after.Where(table => table.Value.Rows != before[table.Key].Rows)
            .OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table => $"{table.Key} {table.Value.Rows - before[table.Key].Rows:+0;-0}"));

    /// <summary>The tables that hold something else.</summary>
    private static IEnumerable<string> Changed(Dictionary<string, (long Rows, string Hash)> before, Dictionary<string, (long Rows, string Hash)> after) =>
        after.Where(table => table.Value != before[table.Key]).Select(table => table.Key);

    private void Tell(Counts counts)
    {
        TestContext.Progress.WriteLine(
            $"{call}: {counts.Points} points, {counts.Committed} of them after the commit, {counts.Unmet} not come to; {counts.Code ?? "done"}");
        lock (Shared)
        {
            All[call] = counts;
            var all = All.Values;
            ReliabilityReport.Tell(
                "T8 broken off at every statement",
                $"{all.Count} calls, {all.Count(one => one.Code is null)} of which succeed and {all.Count(one => one.Code is not null)} are refused, broken "
                + $"off at {all.Sum(one => one.Points)} points: {all.Sum(one => one.Committed)} after the commit, 0 traces of the others, 0 done twice, "
                + "each answered the same at the repeat");
        }
    }

    private sealed record Try(Answer Answer, IReadOnlyList<BreakPoint> Points, string Grown);

    /// <param name="Code">Of a refusal; null for a success.</param>
    /// <param name="Text">All of it.</param>
    private sealed record Answer(string? Code, string Text)
    {
        public static Answer Of(JsonElement completion) => completion.TryGetProperty("error", out var error)
            ? new Answer(RefusalText.TryRead(error.GetString() ?? "", out var code, out _, out _) ? code : error.GetString(), error.GetRawText())
            : new Answer(null, completion.TryGetProperty("result", out var result) ? result.GetRawText() : "");
    }

    private sealed class Counts(string? code)
    {
        public string? Code { get; } = code;

        public int Points { get; set; }

        public int Committed { get; set; }

        public int Unmet { get; set; }
    }
}
