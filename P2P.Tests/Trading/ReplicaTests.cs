using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Npgsql;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Realtime.Replica;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>
/// Lists from a streaming replica of a real PostgreSQL: nobody misses what they did or were told, others see it when the replica has it,
/// and without the replica all goes on.
/// </summary>
[NonParallelizable]
public sealed class ReplicaTests
{
    private const int LagMaxMs = 2_500;
    private static readonly TimeSpan SoonMax = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, int> _reads = [];
    private MeterListener _meters = null!; // Set before the first test, like all of these.
    private PrivatePostgres _primary = null!;
    private PrivatePostgres _standby = null!;
    private TestMarket _market = null!;
    private Trader _maker = null!;
    private Trader _other = null!;

    [OneTimeSetUp]
    public async Task Start_a_primary_its_replica_and_two_nodes()
    {
        _primary = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = PostgresCopies.NewFolder("main"), Fsync = false });
        var database = await TestDatabase.On(_primary);
        _standby = await PostgresCopies.Standby(_primary);
        _meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "p2p.replica.reads")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _meters.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            _reads.AddOrUpdate($"{tags[0].Value} {tags[1].Value}".Trim(), (int)count, (_, before) => before + (int)count));
        _meters.Start();
        _market = await TestMarket.Create(
            nodes: 2,
            new() { ["Db:Replica"] = _standby.App, ["Db:ReplicaLagMaxMs"] = $"{LagMaxMs}", ["Db:PoolSizeMax"] = "15" },
            database);
        (_maker, _other) = (await _market.Trader("maker", bitcoin: 100), await _market.Trader("other", bitcoin: 100));
    }

    [OneTimeTearDown]
    public async Task Stop_all()
    {
        TestContext.Progress.WriteLine($"reads: {string.Join(", ", _reads.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}");
        await _market.DisposeAsync();
        _meters.Dispose();
        NpgsqlConnection.ClearAllPools();
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
        Directory.Delete(_standby.Folder, recursive: true);
        Directory.Delete(_primary.Folder, recursive: true);
    }

    [SetUp]
    public async Task Let_the_replica_catch_up()
    {
        await Standby("select pg_wal_replay_resume()");
        await Eventually(() => _market.Nodes.All(node => Freshness(node).Lag < TimeSpan.FromMilliseconds(400) && Freshness(node).UsersWaiting == 0));
    }

    [Test]
    public async Task Who_made_an_ad_finds_it_at_once_and_others_when_the_replica_has_it()
    {
        var before = Reads("replica");
        (await Listed(_other)).Count.ShouldBe((await Listed(_other)).Count);
        Reads("replica").ShouldBe(before + 2);
        await Standby("select pg_wal_replay_pause()");
        var ad = await TestMarket.Ad(_maker);
        (await Mine(_maker.Client)).ShouldContain(ad, "its maker does not find it");
        (await Listed(_other)).ShouldNotContain(ad, "the replica stands still: this list did not come from it");

        // The same user on another node, who has just come, and by what a second device there is told.
        var second = _market.Client("maker", node: 1);
        await second.ConnectAsync(TestMarket.Bounded());
        (await Mine(second)).ShouldContain(ad, "its maker does not find it on another node");

        await Standby("select pg_wal_replay_resume()");
        var since = Stopwatch.GetTimestamp();
        await Eventually(async () => (await Listed(_other)).Contains(ad));
        TestContext.Progress.WriteLine($"others saw the ad {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms after the replica went on");
        await Eventually(() => Freshness(_market.Nodes[0]).UsersWaiting == 0);
        before = Reads("replica");
        (await Mine(_maker.Client)).ShouldContain(ad);
        Reads("replica").ShouldBe(before + 1, "the maker reads the replica again");
    }

    [Test]
    public async Task Who_is_told_of_a_change_reads_it_on_whichever_node()
    {
        var (seller, buyer) = (await _market.Trader("seller", bitcoin: 10, node: 1), await _market.Trader("buyer"));
        var ad = await TestMarket.Ad(seller);
        await Eventually(() => _market.Nodes.All(node => Freshness(node).UsersWaiting == 0));
        var told = new TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = seller.Client.On<OrderChanged>((_, change, _) =>
        {
            told.TrySetResult(change.Order.Id);
            return Task.CompletedTask;
        });
        await Standby("select pg_wal_replay_pause()");
        var order = (await buyer.Client.Orders.CreateAsync(
            ad, TestMarket.MpesaKenya, fiatAmount: 100, cancellationToken: TestMarket.Bounded())).OrderId;
        (await Orders(buyer)).ShouldContain(order);
        (await told.Task.WaitAsync(SoonMax)).ShouldBe(order);
        (await Orders(seller)).ShouldContain(order, "told on another node than the one where it happened");
    }

    [Test]
    public async Task A_replica_that_stands_still_is_left_out_after_its_bound()
    {
        await Standby("select pg_wal_replay_pause()");
        var ad = await TestMarket.Ad(_maker);
        (await Listed(_other)).ShouldNotContain(ad);
        var since = Stopwatch.GetTimestamp();
        await Eventually(async () => (await Listed(_other)).Contains(ad));
        var took = Stopwatch.GetElapsedTime(since);
        TestContext.Progress.WriteLine($"a replica that stands still was left out after {took.TotalMilliseconds:0} ms (bound {LagMaxMs} ms)");
        took.ShouldBeLessThan(TimeSpan.FromMilliseconds(LagMaxMs + 1_500));
        Reads("primary lag").ShouldBePositive();
    }

    [Test]
    public async Task Lists_go_on_when_the_replica_is_killed_and_it_is_read_again_when_it_is_back()
    {
        using var stopping = new CancellationTokenSource();
        var longest = new ConcurrentQueue<double>();
        var listing = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                var since = Stopwatch.GetTimestamp();
                // The hub itself, so that nothing is repeated: a refusal fails the test.
                await _other.Client.Hub.ListAds(
                    new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" }, TestMarket.Bounded());
                longest.Enqueue(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                await Task.Delay(10);
            }
        })).ToArray();
        await Task.Delay(500);
        await PostgresCopies.Kill(_standby.Folder);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await stopping.CancelAsync();
        await Task.WhenAll(listing).WaitAsync(SoonMax);
        TestContext.Progress.WriteLine(
            $"{longest.Count} lists while the replica was killed, none refused, the longest {longest.Max():0} ms; {Reads("primary failed")} fell back");
        longest.Count.ShouldBeGreaterThan(8);
        longest.Max().ShouldBeLessThan(2_000);
        Reads("primary out").ShouldBePositive();

        var folder = _standby.Folder;
        await _standby.DisposeAsync();
        _standby = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder, Fsync = false });
        var before = Reads("replica");
        await Eventually(async () =>
        {
            await Listed(_other);
            return Reads("replica") > before;
        });
    }

    private static ReplicaFreshness Freshness(Microsoft.AspNetCore.Builder.WebApplication node) =>
        ((ReplicaReads)node.Services.GetService(typeof(ReplicaReads))!).Freshness; // Every node has it.

    private static async Task<IReadOnlyList<Guid>> Listed(Trader trader)
    {
        var page = await trader.Client.Ads.ListAsync(AdSide.Sell, "BTC", "KES", TestMarket.Bounded());
        return [.. page.Items.Select(ad => ad.Id)];
    }

    private static async Task<IReadOnlyList<Guid>> Mine(P2PClient client) =>
        [.. (await client.Ads.ListMineAsync(cancellationToken: TestMarket.Bounded())).Items.Select(ad => ad.Id)];

    private static async Task<IReadOnlyList<Guid>> Orders(Trader trader) =>
        [.. (await trader.Client.Orders.ListAsync(new ListOrdersRequest(), TestMarket.Bounded())).Items.Select(order => order.State.Id)];

    private static Task Eventually(Func<bool> holds) => Eventually(() => Task.FromResult(holds()));

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(SoonMax);
        }
    }

    private int Reads(string served) => _reads.GetValueOrDefault(served);

    private Task Standby(string sql) => TestPostgres.Execute(_standby.Superuser, sql);
}
