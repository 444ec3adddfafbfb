using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>T11: a client that was away for long, while the server was deployed anew, has everything afterwards, in order.</summary>
[Category("Reliability")]
public sealed class LongAbsenceTests
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Twenty_thousand_events_later_a_client_has_them_all_in_order()
    {
        var events = Tier.Pick(20_000, 100_000);
        await using var market = await CrashMarket.Create(1);
        var user = market.Traders[0].UserId;
        await market.Traders[0].Client.DisposeAsync();
        using var folder = new TestFolder();
        var store = folder["position.json"];
        var first = await Follow(market, store, until: null);
        first.Count.ShouldBe(1, "a client that was never there begins with what happens next");

        // Away: what happens is written by the one door for events, in transactions of 500.
        await Happen(market, user, events / 2);
        (await market.StopServer(0)).Code.ShouldBe(0);
        await market.StartServer(0);
        await Happen(market, user, events / 2);
        var last = await TestPostgres.Scalar<long>(
            market.Superuser, $"select last_seq from streams where user_id = {user} and audience = 'trade'");

        var since = Stopwatch.GetTimestamp();
        var then = await Follow(market, store, until: last);
        var took = Stopwatch.GetElapsedTime(since);

        then.ShouldBe([.. Enumerable.Range(first[0] + 1, (int)last - first[0])]);
        ReliabilityReport.Tell(
            "T11 a long absence",
            string.Create(
                CultureInfo.InvariantCulture, $"{then.Count} events in order {took.TotalSeconds:0.0} s after the client came to a new server"));
        took.ShouldBeLessThan(CatchUpMax * Tier.Pick(3, 5));
    }

    /// <summary>
    /// Connects with the position that is stored and hears events up to a number, or one that it causes itself; then goes without a word.
    /// </summary>
    private static async Task<List<int>> Follow(CrashMarket market, string store, long? until)
    {
        var heard = new List<int>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = market.ClientOf("seller0", options => options.Positions = new FileEventPositionStore(store));
        Listen<BalanceChanged>();
        Listen<AdChanged>();
        Listen<ProfileChanged>();
        await client.ConnectAsync(TestMarket.Bounded());
        if (until is null)
        {
            await client.Profiles.UpdateAsync(preferredCurrency: "KES", cancellationToken: TestMarket.Bounded());
        }

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return heard;

        void Listen<T>() => client.On<T>((head, _, _) =>
        {
            heard.Add((int)head.Seq);
            if (head.Seq >= (until ?? 0))
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        });
    }

    private static async Task Happen(CrashMarket market, long user, int count)
    {
        var body = JsonSerializer.Serialize(
            new BalanceChanged { Asset = "BTC", Kind = TransferKind.Deposit, Amount = 0.01m, Available = 1 }, WireJson.Server);
        for (var done = 0; done < count; done += 500)
        {
            await TestPostgres.Execute(
                market.Superuser,
                $"""
                select count(*)
                  from (select array_agg({user}::bigint) as users, array_agg('trade'::text) as audiences, array_agg(gen_random_uuid()) as ids,
                               array_agg('BalanceChanged'::text) as types, array_agg('{body}'::text) as bodies
                          from generate_series(1, 500)) x,
                       events_append(x.users, x.audiences, x.ids, x.types, x.bodies, clock_timestamp())
                """);
        }
    }
}
