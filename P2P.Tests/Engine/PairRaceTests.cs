using System.Diagnostics;
using Dapper;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// Any two commands on one order or ad at once, over two engines: the outcome is that of one after the other, in either order. The two serial
/// orders are played on stages of their own, not computed. (S20, S26)
/// </summary>
public sealed class PairRaceTests
{
    private const int StagesInARow = 50;
    private const int MeetingsAtOnce = 4;
    private const decimal Total = 2;

    /// <summary>What is raced; each ends with nobody refused but for the other's sake.</summary>
    private static readonly Dictionary<string, Func<Stage, EngineCommand?>> Acts = new()
    {
        ["take"] = stage => EngineMarket.Place(stage.Others[stage.Turn++ % 2], stage.Ad, 1),
        ["cancel-buyer"] = stage => EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.Cancel),
        ["cancel-seller"] = stage => EngineMarket.Move(stage.Seller, stage.Order, OrderAction.Cancel),
        ["confirm"] = stage => EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.ConfirmPayment),
        ["expire"] = stage => EngineMarket.Move(0, stage.Order, OrderAction.Expire),
        ["release"] = stage => EngineMarket.Move(stage.Seller, stage.Order, OrderAction.Release),
        ["undo"] = stage => EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.UndoConfirmation),
        ["extend"] = stage => EngineMarket.Move(stage.Seller, stage.Order, OrderAction.ExtendPaymentWindow) with { Minutes = 15 },
        ["request-cancel"] = stage => EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.RequestCancel),
        ["accept-cancel"] = stage => EngineMarket.Move(stage.Seller, stage.Order, OrderAction.AcceptCancel),
        ["dispute-buyer"] = stage => Raise(stage.Buyer, stage.Order),
        ["dispute-seller"] = stage => Raise(stage.Seller, stage.Order),
        ["resolve-release"] = stage => Ruling(stage, RulingDecision.Release),
        ["resolve-refund"] = stage => Ruling(stage, RulingDecision.Refund),
        ["time-over"] = stage => MarketSeed.TimeOver(stage.Order),
        ["suspend"] = stage => MarketSeed.Suspend(stage.Buyer),
        ["ad-close"] = _ => null,
        ["change-total"] = stage => MarketSeed.ChangeTotal(stage.Seller, stage.Ad, Total - 1),
    };

    /// <summary>What both cannot succeed at, whatever they start from.</summary>
    private static readonly HashSet<string> Ends = ["cancel-buyer", "cancel-seller", "expire", "release", "accept-cancel", "resolve-release", "resolve-refund", "time-over"];

    private static readonly HashSet<string> Asks = ["undo", "extend", "request-cancel", "accept-cancel", "time-over", "change-total"];

    [Test]
    [CancelAfter(300_000)]
    public async Task Any_two_commands_at_once_end_as_one_after_the_other()
    {
        var rounds = Properties.IsNightly ? 2_000 : 50;
        var random = Properties.Randomness("pair races");
        var clock = Stopwatch.StartNew();
        await using var market = await EngineMarket.Create(engines: 2);
        var names = Acts.Keys.ToArray();
        var pairs = names.SelectMany((first, i) => names[i..].Select(second => (First: first, Second: second))).ToArray();
        var meetings = pairs.SelectMany(pair => Starts(pair.First, pair.Second).Select(start => new Meeting(
            pair.First, pair.Second, start, RoundsOf(pair, rounds) / Starts(pair.First, pair.Second).Length, random.Next()))).ToArray();
        var (races, exclusive, splits) = (0, 0, 0);
        await Parallel.ForEachAsync(meetings, new ParallelOptions { MaxDegreeOfParallelism = MeetingsAtOnce }, async (meeting, _) =>
        {
            var outcomes = await Play(market, meeting);
            Interlocked.Add(ref races, outcomes.Count);
            Interlocked.Add(ref exclusive, Ends.Contains(meeting.First) && Ends.Contains(meeting.Second) ? outcomes.Count : 0);
            Interlocked.Add(ref splits, outcomes.Distinct().Count() > 1 ? 1 : 0);
        });

        TestContext.Out.WriteLine(
            $"{pairs.Length} pairs, {races} races in {clock.Elapsed.TotalSeconds:0.0} s; {exclusive} with one winner at most; {splits} starts ended both ways.");
        pairs.Length.ShouldBe(names.Length * (names.Length + 1) / 2);
        races.ShouldBeGreaterThanOrEqualTo(pairs.Sum(pair => RoundsOf(pair, rounds) - 2));
        splits.ShouldBeGreaterThan(0);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        market.Warnings.ShouldBeEmpty();
        await EngineInvariants.Check(market);
    }

    /// <summary>Pairs in which a party only asks for something are raced less often.</summary>
    private static int RoundsOf((string First, string Second) pair, int rounds) =>
        Asks.Contains(pair.First) || Asks.Contains(pair.Second) ? rounds * 2 / 5 : rounds;

    /// <summary>Races one pair from one status, and holds each outcome against those of the two serial orders.</summary>
    private static async Task<List<string>> Play(EngineMarket market, Meeting meeting)
    {
        var (first, second, start, rounds, seed) = meeting;
        var random = new Random(seed);
        var serial = await Serial(market, start, first, second);
        List<string> outcomes = [];
        while (outcomes.Count < rounds)
        {
            var stages = await Stages(market, start, Math.Min(StagesInARow, rounds - outcomes.Count));
            outcomes.AddRange(await MarketSeed.All(stages, stage => Race(market, stage, first, second, random.Next(), random.Next(1_000))));
        }

        foreach (var outcome in outcomes)
        {
            serial.ShouldContain(outcome, $"{first} x {second} from {start}; the serial orders end in {string.Join("; ", serial)}");
            if (Ends.Contains(first) && Ends.Contains(second))
            {
                outcome.Split(' ').Take(2).Count(code => code == "yes").ShouldBeLessThanOrEqualTo(1, $"{first} x {second}");
            }
        }

        return outcomes;
    }

    /// <summary>From where a pair is raced: the status in which each of the two may happen.</summary>
    private static string[] Starts(string first, string second) => [.. new[] { StartOf(first), StartOf(second) }.Distinct()];

    private static string StartOf(string act) => act switch
    {
        "release" or "undo" or "request-cancel" or "dispute-buyer" or "dispute-seller" => "paid",
        "resolve-release" or "resolve-refund" => "appealed",
        "time-over" => "ruled",
        "accept-cancel" => "proposed",
        "expire" => "due",
        "cancel-seller" => "suspended",
        _ => "awaiting",
    };

    /// <summary>The outcomes of the two serial orders, each on a stage of its own.</summary>
    private static async Task<HashSet<string>> Serial(EngineMarket market, string start, string first, string second)
    {
        var stages = await Stages(market, start, 2);
        var a = await Send(market, stages[0], first, 0);
        var b = await Send(market, stages[0], second, 0);
        var there = await Outcome(market, stages[0], a, b);
        b = await Send(market, stages[1], second, 1);
        a = await Send(market, stages[1], first, 1);
        return [there, await Outcome(market, stages[1], a, b)];
    }

    private static async Task<string> Race(EngineMarket market, Stage stage, string first, string second, int seed, int engine)
    {
        var random = new Random(seed);
        var barrier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<string> Runner(string act, int node, int jitterMs)
        {
            await barrier.Task;
            if (jitterMs > 0)
            {
                await Task.Delay(jitterMs);
            }

            return await Send(market, stage, act, node);
        }

        var (one, two) = (Runner(first, engine, random.Next(4)), Runner(second, engine + 1, random.Next(4)));
        barrier.SetResult();
        return await Outcome(market, stage, await one, await two);
    }

    private static async Task<string> Send(EngineMarket market, Stage stage, string act, int engine)
    {
        if (act == "ad-close")
        {
            await market.SetOpen(stage.Ad, open: false);
            return "yes";
        }

        var command = Acts[act](stage) ?? throw new InvalidOperationException($"{act} is no command.");
        return await market.CodeOf(command, engine) ?? "yes";
    }

    private static async Task<string> Outcome(EngineMarket market, Stage stage, string first, string second)
    {
        await using var connection = await market.Open();
        var state = await connection.QuerySingleAsync<string>(
            """
            select concat_ws(' ', o.status, 'v' || o.version, o.duty, coalesce(o.cancel_requested_by, '-'), d.window_extended, d.confirmation_undone,
                             (select q.status || q.version from disputes q where q.order_id = o.id), o.deadline is null, f.remaining, f.total, f.open, 'v' || f.version, s.suspended, s.cancelled,
                             (select string_agg(a.balance::text, ',' order by array_position(array[@Buyer, @Seller], a.user_id))
                                from accounts a where a.kind = 'Available' and a.user_id in (@Buyer, @Seller)),
                             (select count(*) from orders x where x.offer_id = f.id and x.status = 'AwaitingPayment'))
              from orders o
              join crypto_orders d on d.order_id = o.id
              join offers f on f.id = o.offer_id
              join standings s on s.user_id = o.buyer_id
             where o.id = @Order
            """,
            new { stage.Order, stage.Buyer, stage.Seller });
        return $"{first} {second} {state}";
    }

    /// <summary>Fresh orders in one status, each of a seller, a buyer and an ad of their own.</summary>
    private static async Task<Stage[]> Stages(EngineMarket market, string start, int count)
    {
        var sellers = await market.Users(count, bitcoin: 5);
        var buyers = await market.Users(count * 3);
        var ads = await market.Ads(sellers, Total);
        var stages = await MarketSeed.All(Enumerable.Range(0, count), async i =>
        {
            var placed = await market.Run(EngineMarket.Place(buyers[i], ads[i], 1), engine: 0);
            return new Stage(sellers[i], buyers[i], [buyers[count + i], buyers[(2 * count) + i]], ads[i], placed.OrderId);
        });
        if (start is "paid" or "proposed" or "appealed" or "ruled")
        {
            await MarketSeed.All(stages, stage => market.RunRaw(EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.ConfirmPayment)));
        }

        if (start is "appealed" or "ruled")
        {
            await MarketSeed.Disputed(market, stages.Select(stage => (stage.Order, stage.Buyer)), appealed: start == "appealed");
        }

        if (start == "proposed")
        {
            await MarketSeed.All(stages, stage => market.RunRaw(EngineMarket.Move(stage.Buyer, stage.Order, OrderAction.RequestCancel)));
        }
        else if (start == "suspended")
        {
            await MarketSeed.All(stages, stage => market.RunRaw(MarketSeed.Suspend(stage.Buyer)));
        }
        else if (start == "due")
        {
            await market.AsSuperuser(
                "update orders set deadline = clock_timestamp() where id = any(@ids)", new { ids = stages.Select(stage => stage.Order).ToArray() });
        }

        return stages;
    }

    private static MoveOrder Raise(long user, Guid order) => EngineMarket.Move(user, order, OrderAction.Dispute) with
    {
        Dispute = new DisputeTerms(Guid.CreateVersion7(), DisputeReason.Other, "it went wrong"),
    };

    private static MoveDispute Ruling(Stage stage, RulingDecision decision) =>
        MarketSeed.Dispute(MarketSeed.Admin, stage.Order, DisputeAction.Rule, Party.Staff) with { Ruling = new RulingTerms(decision, null, "so be it") };

    /// <summary>Two acts that meet on orders in one status, so many times.</summary>
    private sealed record Meeting(string First, string Second, string Start, int Rounds, int Seed);

    private sealed record Stage(long Seller, long Buyer, long[] Others, Guid Ad, Guid Order)
    {
        public int Turn { get; set; }
    }
}
