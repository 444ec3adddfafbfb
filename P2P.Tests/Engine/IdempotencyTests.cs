using System.Diagnostics;
using Dapper;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>A command happens once, however often, in whatever order and on whichever node it is sent.</summary>
public sealed class IdempotencyTests
{
    private const int CopiesMax = 5;

    [Test]
    [CancelAfter(300_000)]
    public async Task Commands_sent_up_to_five_times_over_two_engines_and_a_restart_act_once_with_one_answer()
    {
        var count = Properties.IsNightly ? 200_000 : 5_000;
        var random = Properties.Randomness("idempotency");
        var clock = Stopwatch.StartNew();
        await using var market = await EngineMarket.Create(engines: 2);
        var sellers = await market.Users(50, bitcoin: 1_000);
        var buyers = await market.Users(50);
        var ads = await market.Ads(sellers, total: 30);
        var places = Enumerable.Range(0, count / 2)
            .Select(_ => (EngineCommand)EngineMarket.Place(Pick(random, buyers), Pick(random, ads), 1))
            .ToList();
        var answers = new Dictionary<(long, Guid), List<string>>();
        var sent = await SendAll(market, random, places, answers);

        var orders = await Orders(market);
        var moves = Enumerable.Range(0, count - places.Count).Select(_ => (EngineCommand)AnyMove(random, Pick(random, orders))).ToList();
        sent += await SendAll(market, random, [.. moves[..(moves.Count / 2)]], answers);
        await market.Restart(0);
        sent += await SendAll(market, random, [.. moves[(moves.Count / 2)..]], answers);

        // And all of them once more, on the other node: nothing may happen now.
        var before = await Fingerprint(market);
        sent += await SendAll(market, random, [.. places.Concat(moves)], answers);
        (await Fingerprint(market)).ShouldBe(before);

        var different = answers.Where(answer => answer.Value.Distinct().Count() > 1).ToList();
        different.ShouldBeEmpty(string.Join('\n', different.Take(5).Select(answer => string.Join(" / ", answer.Value.Distinct()))));
        var reused = 0;
        foreach (var command in places.Concat(moves).Where(_ => random.Next(20) == 0))
        {
            (await market.CodeOf(command with { BodyHash = RequestHash.Of("another", new { command.RequestId }) }, random.Next(2)))
                .ShouldBe(ErrorCodes.RequestIdReused);
            reused++;
        }

        (await Fingerprint(market)).ShouldBe(before);
        var succeeded = answers.Count(answer => answer.Value[0].StartsWith('{'));
        TestContext.Out.WriteLine(
            $"{count} commands sent {sent} times in {clock.Elapsed.TotalSeconds:0.0} s: {succeeded} acted, {reused} other bodies refused.");
        answers.Count.ShouldBe(count);
        sent.ShouldBeGreaterThan(count * 3);
        succeeded.ShouldBeInRange(count / 10, count - 1);
        reused.ShouldBeGreaterThan(count / 40);
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<long>("select count(*) from order_history")).ShouldBe(succeeded);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        market.Warnings.ShouldBeEmpty();
        await EngineInvariants.Check(market);
    }

    private static async Task<int> SendAll(
        EngineMarket market, Random random, List<EngineCommand> commands, Dictionary<(long, Guid), List<string>> answers)
    {
        var copies = commands.SelectMany(command => Enumerable.Repeat(command, random.Next(1, CopiesMax + 1))).ToArray();
        random.Shuffle(copies);
        foreach (var wave in copies.Chunk(256))
        {
            var nodes = wave.Select(_ => random.Next(2)).ToArray();
            var replies = await MarketSeed.All(Enumerable.Range(0, wave.Length), i => Answer(market, wave[i], nodes[i]));
            for (var i = 0; i < wave.Length; i++)
            {
                var key = (wave[i].UserId, wave[i].RequestId);
                (answers.TryGetValue(key, out var known) ? known : answers[key] = []).Add(replies[i]);
            }
        }

        return copies.Length;
    }

    /// <summary>The reply or the refusal with its details; BUSY is repeated, as any client would.</summary>
    private static async Task<string> Answer(EngineMarket market, EngineCommand command, int node)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                // A flow makes a new order id for each copy that it is sent: only the first one's counts.
                return await market.RunRaw(command is PlaceOrder place ? place with { OrderId = Ids.New() } : command, node);
            }
            catch (Refused refused) when (refused.Code == ErrorCodes.Busy && tries < 20)
            {
                await Task.Delay(20);
            }
            catch (Refused refused)
            {
                return refused.ToWire();
            }
        }
    }

    private static MoveOrder AnyMove(Random random, (Guid Id, long Buyer, long Seller) order)
    {
        var (action, user) = random.Next(6) switch
        {
            0 => (OrderAction.Cancel, order.Buyer),
            1 or 2 => (OrderAction.ConfirmPayment, order.Buyer),
            3 => (OrderAction.Release, order.Seller),
            4 => (OrderAction.RequestCancel, order.Buyer),
            _ => (OrderAction.AcceptCancel, order.Seller),
        };
        return EngineMarket.Move(user, order.Id, action);
    }

    private static async Task<List<(Guid Id, long Buyer, long Seller)>> Orders(EngineMarket market)
    {
        await using var connection = await market.Open();
        return [.. await connection.QueryAsync<(Guid, long, long)>("select id, buyer_id, seller_id from orders order by id")];
    }

    private static async Task<string> Fingerprint(EngineMarket market)
    {
        await using var connection = await market.Open();
        return await connection.QuerySingleAsync<string>(
            """
            select concat_ws(' ', (select count(*) from orders), (select sum(version) from orders), (select count(*) from entries),
                             (select count(*) from events), (select md5(string_agg(a.balance::text, ',' order by a.id)) from accounts a))
            """);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
