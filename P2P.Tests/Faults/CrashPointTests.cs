using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Tests.Access;
using P2P.Tests.Encryption;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T8: every changing call, broken off at every one of its statements: before the statement, and after the round trip whose answer is lost (the commit's
/// as well). Whatever is not committed leaves no trace, whatever is committed is whole, and the repeat under the same id gives the one answer.
/// </summary>
[Category("Reliability")]
[TestFixtureSource(nameof(Calls))]
public sealed class CrashPointTests(string call) : AccessFixture
{
    /// <summary>In every run; at night each call of the contract.</summary>
    private static readonly string[] InEveryRun = [nameof(ITradeHub.ReleaseCrypto), nameof(ITradeHub.UpdateAd)];

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

    private readonly StatementProxy _proxy = new();
    private TestDatabase _database = null!; // Set before the first test.
    private string _allRows = "";

    protected override TestDatabase Database => _database;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _database = await TestDatabase.Create();
        return new Dictionary<string, string?>(Settings ?? []) { ["Db:App"] = _proxy.Through(_database.App) };
    }

    [OneTimeSetUp]
    public async Task Know_what_the_server_does_of_its_own_accord()
    {
        _allRows = string.Join(" union all ", (await Tables()).Except(MadeLater).Select(table =>
            // When somebody was last seen is written from time to time, whoever calls what.
            $"select '{table}' as name, count(*) as rows, md5(coalesce(string_agg(t.row, '|' order by t.row), '')) as hash "
            + $"from (select (to_jsonb(x) - 'last_active_at')::text as row from {table} x) t"));
        if (_idle is null)
        {
            _proxy.Look();
            await Task.Delay(IdleTime);
            _idle = _proxy.Texts();
        }

        _proxy.Ignore(_idle);
    }

    [OneTimeTearDown]
    public ValueTask End_the_proxy() => _proxy.DisposeAsync();

    private static string[] Calls() => Tier.Pick(InEveryRun, [.. Methods().Select(method => method.Name)]);

    [Test]
    public async Task What_breaks_off_happens_once_or_not_at_all()
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
            var ready = await Task.WhenAll(some.Select(_ => Ready()));
            await NotificationsAreMade();
            foreach (var (point, start) in some.Zip(ready))
            {
                var (hit, committed) = await Broken(point, start, expected);
                counts.Points += hit ? 1 : 0;
                counts.Committed += committed ? 1 : 0;
                counts.Unmet += hit ? 0 : 1;
            }
        }

        await Invariants.Check(_database.Superuser);
        counts.Points.ShouldBeGreaterThan(Math.Min(points.Length, PointsMax) / 2, "most points were never come to");
        Tell(counts);
    }

    /// <summary>
    /// T18: the same wish under two ids, the second while the first has done all its work and not yet committed. What one transaction read may not be
    /// what the other one changes: both answers and the effect are those of one after the other.
    /// </summary>
    [Test]
    public async Task Two_at_once_end_as_one_after_the_other()
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
        var (caller, arguments, _) = await Ready();
        var others = JsonNode.Parse(arguments)!.AsArray(); // It was an array.
        others[0]!["requestId"] = Guid.CreateVersion7(); // It has a request.
        await using var one = await Raw(caller.Name);
        await using var two = await Raw(caller.Name);
        await Task.WhenAll(one.Hears("Connected"), two.Hears("Connected"));
        await NotificationsAreMade();
        var before = await Rows();
        Task<JsonElement> second;
        Answer first;
        if (atOnce)
        {
            var hold = _proxy.HoldCommit();
            var running = one.CallRaw(call, arguments);
            await Task.WhenAny(hold.Held, running);
            second = two.CallRaw(call, others.ToJsonString());
            await Task.WhenAny(second, Task.Delay(HoldTime));
            hold.LetGo();
            first = Answer.Of(await running);
            _proxy.Look();
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

        await NotificationsAreMade();
        // Whichever of the two came first.
        return $"{string.Join(", ", new[] { first.Code ?? "done", then.Code ?? "done" }.Order(StringComparer.Ordinal))}; {Grown(before, await Rows())}";
    }

    /// <summary>One run whose connection breaks at a point.</summary>
    private async Task<(bool Hit, bool Committed)> Broken(BreakPoint point, (Trader Caller, string Arguments, Guid RequestId) start, Try expected)
    {
        var (caller, arguments, requestId) = start;
        await using var client = await Raw(caller.Name);
        await client.Hears("Connected");
        await NotificationsAreMade();
        var before = await Rows();
        _proxy.Break(point);
        var answer = Answer.Of(await client.CallRaw(call, arguments));
        var hit = _proxy.IsHit;
        _proxy.Look();

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
        await NotificationsAreMade();
        var after = await Rows();
        Grown(before, after).ShouldBe(expected.Grown, $"another effect than without a fault: {where}");
        (await Repeat(client, arguments)).Text.ShouldBe(repeated.Text, where);
        Changed(after, await Rows()).ShouldBeEmpty($"the repeat changed something: {where}");
        return (hit, committed);
    }

    /// <summary>One run without faults.</summary>
    private async Task<Try> Tried()
    {
        var (caller, arguments, _) = await Ready();
        await using var client = await Raw(caller.Name);
        await client.Hears("Connected");
        await NotificationsAreMade();
        var before = await Rows();
        _proxy.Look();
        var answer = Answer.Of(await client.CallRaw(call, arguments));
        var points = _proxy.Points();
        await NotificationsAreMade();
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

    /// <summary>A world of its own in the state in which the call succeeds, where that takes one step more.</summary>
    private async Task<(Trader Caller, string Arguments, Guid RequestId)> Ready()
    {
        var world = await MakeWorld();
        switch (call)
        {
            case nameof(ITradeHub.AcceptCancel) or nameof(ITradeHub.DeclineCancel):
                await world.Seller.Client.Orders.RequestCancelAsync(world.Confirmed, cancellationToken: Bounded);
                break;
            case nameof(ITradeHub.ResumeAd):
                await world.Seller.Client.Ads.PauseAsync(world.Ad, cancellationToken: Bounded);
                break;
            case nameof(ITradeHub.UnblockUser):
                await world.Buyer.Client.Contacts.BlockAsync(Id(world.Seller), Bounded);
                break;
            case nameof(ITradeHub.UnfavouriteUser):
                await world.Buyer.Client.Contacts.FavouriteAsync(Id(world.Seller), Bounded);
                break;
            default:
                break;
        }

        await NotificationsAreMade();
        var (caller, request) = TradeRequests.Of(call, world);
        if (call == nameof(ITradeHub.RegisterDevice))
        {
            // A device belongs to one person for good.
            request["statement"] = SealedThings.NewDevice(Id(caller));
        }

        return (caller, new JsonArray(request).ToJsonString(), Guid.Parse(request["requestId"]!.GetValue<string>())); // A changing call has one.
    }

    private async Task<bool> IsStored(Guid requestId) => await Sql<bool>($"select exists (select 1 from requests where request_id = '{requestId}')");

    /// <summary>The tables' rows: how many, and what they are.</summary>
    private async Task<Dictionary<string, (long Rows, string Hash)>> Rows()
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        return (await connection.QueryAsync<(string Name, long Rows, string Hash)>(_allRows)).ToDictionary(row => row.Name, row => (row.Rows, row.Hash));
    }

    private async Task<IEnumerable<string>> Tables()
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
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

    private static IEnumerable<MethodInfo> Methods() => new[] { typeof(ITradeHub) }.Concat(typeof(ITradeHub).GetInterfaces())
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters() is [{ ParameterType: { } type }] && type.IsAssignableTo(typeof(IChange)))
        .OrderBy(method => method.Name, StringComparer.Ordinal);

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
