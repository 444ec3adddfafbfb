using System.Diagnostics;
using Dapper;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// Any two commands on one order or ad at once, over two engines: the outcome is that of one after the other, in either order. The two serial
/// orders are played on stages of their own, not computed.
/// </summary>
public sealed class PairRaceTests
{
    private const int StagesInARow = 25;
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

    [Test]
    [CancelAfter(300_000)]
    public async Task Any_two_commands_at_once_end_as_one_after_the_other()
    {
        var rounds = Properties.IsNightly ? 2_000 : 50;
        var random = Properties.Randomness("pair races");
        var clock = Stopwatch.StartNew();
        await using var market = await EngineMarket.Create(engines: 2);
        var names = Acts.Keys.ToArray();
        var (pairs, races, exclusive, splits) = (0, 0, 0, 0);
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = i; j < names.Length; j++)
            {
                var starts = Starts(names[i], names[j]);
                foreach (var start in starts)
                {
                    var (first, second) = (names[i], names[j]);
                    var serial = await Serial(market, start, first, second);
                    var seen = new HashSet<string>();
                    for (var done = 0; done < rounds / starts.Length; done += StagesInARow)
                    {
                        var stages = await Stages(market, start, Math.Min(StagesInARow, (rounds / starts.Length) - done));
                        var outcomes = await MarketSeed.All(stages, stage => Race(market, stage, first, second, random.Next(), random.Next(1_000)));
                        foreach (var outcome in outcomes)
                        {
                            serial.ShouldContain(outcome, $"{first} x {second} from {start}; the serial orders end in {string.Join("; ", serial)}");
                            if (Ends.Contains(first) && Ends.Contains(second))
                            {
                                outcome.Split(' ').Take(2).Count(code => code == "yes").ShouldBeLessThanOrEqualTo(1, $"{first} x {second}");
                                exclusive++;
                            }
                        }

                        seen.UnionWith(outcomes);
                        races += outcomes.Length;
                    }

                    splits += seen.Count > 1 ? 1 : 0;
                }

                pairs++;
            }
        }

        TestContext.Out.WriteLine(
            $"{pairs} pairs, {races} races in {clock.Elapsed.TotalSeconds:0.0} s; {exclusive} with one winner at most; {splits} starts ended both ways.");
        pairs.ShouldBe(names.Length * (names.Length + 1) / 2);
        races.ShouldBeGreaterThanOrEqualTo(pairs * (rounds - 2));
        splits.ShouldBeGreaterThan(0);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        await EngineInvariants.Check(market);
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
        async Task<string> Runner(string act, int node, double jitterMs)
        {
            await barrier.Task;
            var since = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(since).TotalMilliseconds < jitterMs)
            {
                await Task.Yield();
            }

            return await Send(market, stage, act, node);
        }

        var (one, two) = (Runner(first, engine, random.NextDouble() * 3), Runner(second, engine + 1, random.NextDouble() * 3));
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

    private sealed record Stage(long Seller, long Buyer, long[] Others, Guid Ad, Guid Order)
    {
        public int Turn { get; set; }
    }
}
