using Dapper;
using Npgsql;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// Processes die in mid load: no acknowledged command is lost, none is half done, and every event reaches its reader exactly once, in order. (S20)
/// </summary>
[NonParallelizable]
public sealed class CrashTests
{
    private const int Pairs = 16;
    private const int Kills = 3;

    [Test]
    public Task The_server_is_killed() => KillInMidLoad(async market => await market.KillServer());

    [Test]
    public Task PostgreSQL_is_killed() => KillInMidLoad(async market =>
    {
        var ready = await market.KillPostgres();
        TestContext.Out.WriteLine($"PostgreSQL was back after {ready.TotalSeconds:F2} s");
    });

    private static async Task KillInMidLoad(Func<CrashMarket, Task> kill)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("P2P_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"P2P_SEED={seed}");
        await using var market = await CrashMarket.Create(Pairs);
        using var stopping = new CancellationTokenSource();
        var trading = Enumerable.Range(0, Pairs)
            .Select(i => Task.Run(() => market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(seed + i), stopping.Token)))
            .ToArray();
        for (var i = 0; i < Kills; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_500 + new Random(seed + 1_000 + i).Next(1_000)));
            await kill(market);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(90));
        await Verify(market);
    }

    private static async Task Verify(CrashMarket market)
    {
        await using var connection = new NpgsqlConnection(market.Superuser);
        await connection.OpenAsync();
        var (acknowledged, refused, unknown, events) = (0, 0, 0, 0);
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
                    var rows = await connection.ExecuteScalarAsync<long>(
                        "select count(*) from order_history where order_id = @orderId and version = @Version", new { orderId, outcome.Version });
                    rows.ShouldBe(1, "an acknowledged step has no history row");
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

            events += await VerifyEvents(connection, trader);
        }

        var report = await Invariants.Check(market.Superuser, TimeSpan.FromSeconds(30));
        TestContext.Out.WriteLine(
            $"{acknowledged} acknowledged, {refused} refused, {unknown} unknown commands; {events} events heard exactly once; {report.Counts}");
        acknowledged.ShouldBeGreaterThan(200);
        events.ShouldBeGreaterThan(400);
    }

    /// <summary>The trader heard just what the table holds: every number once, in order.</summary>
    private static async Task<int> VerifyEvents(NpgsqlConnection connection, CrashTrader trader)
    {
        var table = (await connection.QueryAsync<(long Seq, Guid Id)>(
            "select seq, event_id from events where user_id = @UserId and audience = 'trade' order by seq", new { trader.UserId })).ToList();
        for (var i = 0; i < 200 && trader.Heads.Count < table.Count; i++)
        {
            await Task.Delay(100);
        }

        var heard = trader.Heads.Select(head => (head.Seq, head.EventId)).ToList();
        heard.Select(head => head.Seq).ShouldBe(Enumerable.Range(1, table.Count).Select(seq => (long)seq), "events were lost, doubled or out of order");
        heard.ShouldBe(table.Select(row => (row.Seq, row.Id)));
        return heard.Count;
    }
}
