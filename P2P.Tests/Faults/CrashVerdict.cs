using Dapper;
using Npgsql;
using P2P.Contracts;
using P2P.Tests.Dealers;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>What became of every command and event of a market's traders.</summary>
/// <param name="Acknowledged">Commands that were answered and stand in the database.</param>
/// <param name="Refused">Commands that were refused for good.</param>
/// <param name="Unknown">Commands whose caller never learned the outcome.</param>
/// <param name="Events">Events that were heard exactly once, in order.</param>
public sealed record CrashVerdict(int Acknowledged, int Refused, int Unknown, int Events)
{
    /// <summary>Fails when a command or an event was lost, half done or doubled.</summary>
    public static async Task<CrashVerdict> Of(CrashMarket market)
    {
        await using var connection = new NpgsqlConnection(market.Superuser);
        await connection.OpenAsync();
        var (acknowledged, refused, unknown, events) = (0, 0, 0, 0);
        var steps = (await connection.QueryAsync<(Guid OrderId, int Version)>("select order_id, version from order_history")).ToLookup(step => step);
        foreach (var trader in market.Traders)
        {
            var stored = (await connection.QueryAsync<(Guid Id, string? Code, string Reply)>(
                "select request_id, code, reply from requests where user_id = @UserId", new { trader.UserId })).ToDictionary(row => row.Id);
            foreach (var outcome in trader.Outcomes)
            {
                if (outcome.OrderId is { } orderId)
                {
                    acknowledged++;
                    stored.ShouldContainKey(outcome.RequestId, "an acknowledged command is lost");
                    stored[outcome.RequestId].Reply.ShouldContain(orderId.ToString());
                    steps[(orderId, outcome.Version)].Count().ShouldBe(1, "an acknowledged step has no history row, or two");
                }
                else if (outcome.Code is not "?")
                {
                    refused++;
                }
                else
                {
                    unknown++;
                }
            }

            events += await VerifyEvents(connection, trader.UserId, "trade", () => trader.Heads);
            if (trader.Dealer is not null)
            {
                events += await VerifyEvents(connection, trader.UserId, "dealer", () => trader.DealerHeads);
            }
        }

        await GoodsInvariants.Check(market.Superuser);
        var report = await Invariants.Check(market.Superuser, TimeSpan.FromSeconds(30));
        TestContext.Progress.WriteLine(
            $"{acknowledged} acknowledged, {refused} refused, {unknown} unknown commands; {events} events heard exactly once; {report.Counts}");
        return new CrashVerdict(acknowledged, refused, unknown, events);
    }

    /// <summary>The trader heard just what the table holds: every number once, in order.</summary>
    private static async Task<int> VerifyEvents(NpgsqlConnection connection, long userId, string audience, Func<IReadOnlyCollection<EventHead>> heads)
    {
        var table = (await connection.QueryAsync<(long Seq, Guid Id)>(
            "select seq, event_id from events where user_id = @userId and audience = @audience order by seq", new { userId, audience })).ToList();
        for (var i = 0; i < 200 && heads().Count < table.Count; i++)
        {
            await Task.Delay(100);
        }

        var heard = heads().Select(head => (head.Seq, head.EventId)).ToList();
        heard.Select(head => head.Seq).ShouldBe(Enumerable.Range(1, table.Count).Select(seq => (long)seq), "events were lost, doubled or out of order");
        heard.ShouldBe(table.Select(row => (row.Seq, row.Id)));
        return heard.Count;
    }
}
