using System.Collections.Concurrent;
using System.Net.Http.Json;
using Dapper;
using Npgsql;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>Traders who sit on two nodes and write down what they hear while something happens to Redis.</summary>
public abstract class RedisOutageFixture : BackplaneFixture
{
    private const int Pairs = 4;
    private const double DuringMsMax = 1_300;
    private const double NormalMsMax = 100;
    private const int PauseMs = 60;
    private static readonly TimeSpan NormalAfter = TimeSpan.FromSeconds(2);

    /// <summary>What happens in a moment is looked at for this long.</summary>
    private static readonly TimeSpan LookMin = TimeSpan.FromSeconds(1);

    private readonly List<(CrashTrader Seller, CrashTrader Buyer, Guid Ad)> _pairs = [];
    private readonly ConcurrentQueue<(DateTimeOffset At, double Ms, bool IsAcross)> _deliveries = [];
    private readonly ConcurrentQueue<Exception> _failures = [];
    private int _commands;
    private int _cuts;

    protected static TimeSpan Away => TimeSpan.FromSeconds(IsNightly ? 10 : 3);

    [OneTimeSetUp]
    public async Task Seat_the_traders()
    {
        for (var i = 0; i < Pairs; i++)
        {
            // Half of the sellers sit on either node; their buyers on the other.
            var (seller, buyer) = (await Join(NewName("seller"), i % 2), await Join(NewName("buyer"), 1 - (i % 2)));
            await Engine.EngineMarket.Credit(Market.Service<P2P.Server.Deals.Engine.OrderEngine>(), seller.UserId, 1_000);
            var ad = await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1_000, TestMarket.Terms(), Bounded);
            Time(seller, Party.Buyer);
            Time(buyer, Party.Seller);
            _pairs.Add((seller, buyer, ad.AdId));
        }

        // Each trades once beforehand: what is measured is not how long a cold process takes to compile itself.
        using var once = new CancellationTokenSource();
        var trading = _pairs.Select(pair => Trade(pair.Seller, pair.Buyer, pair.Ad, once.Token)).ToArray();
        await once.CancelAsync();
        await Task.WhenAll(trading);
    }

    protected async Task Outage(string name, Func<Task> begin, Func<Task> end, TimeSpan away)
    {
        _deliveries.Clear();
        var commandsBefore = _commands;
        using var stopping = new CancellationTokenSource();
        var trading = _pairs.Select(pair => Task.Run(() => Trade(pair.Seller, pair.Buyer, pair.Ad, stopping.Token))).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(700));
        await begin();
        var begun = DateTimeOffset.UtcNow;
        await Task.Delay(away);
        await end();
        var ended = DateTimeOffset.UtcNow;
        await Task.Delay(NormalAfter + TimeSpan.FromSeconds(1));
        await stopping.CancelAsync();
        await Task.WhenAll(trading).WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(200);

        var events = await NothingIsLost();
        _failures.ShouldBeEmpty();
        _cuts.ShouldBe(0, "connections that were cut");
        ReliabilityReport.Tell(
            $"T9 {name}", $"{_commands - commandsBefore} commands, 0 failed; {events} events in all, 0 lost, 0 doubled; 0 connections cut");
        Check($"T9 {name}, while it was away", begun, ended - begun > LookMin ? ended : begun + LookMin, DuringMsMax);
        Check($"T9 {name}, from 2 s after", ended + NormalAfter, DateTimeOffset.MaxValue, NormalMsMax);
    }

    /// <summary>
    /// Looks at the events of a time. What is delivered inside one node shows how busy the machine is: where that is slow, so may be the rest.
    /// </summary>
    private void Check(string when, DateTimeOffset from, DateTimeOffset until, double msMax)
    {
        var some = _deliveries.Where(one => one.At >= from && one.At < until).ToLookup(one => one.IsAcross, one => one.Ms);
        var (across, inside) = (some[true].ToList(), some[false].ToList());
        ReliabilityReport.Tell(
            when,
            $"{across.Count} events across nodes, p50 {Quantile(across, 0.5):0} ms, p99 {Quantile(across, 0.99):0} ms; "
            + $"{inside.Count} inside a node, p50 {Quantile(inside, 0.5):0} ms, p99 {Quantile(inside, 0.99):0} ms");
        across.Count.ShouldBeGreaterThan(10);
        inside.Count.ShouldBeGreaterThan(10);
        Quantile(across, 0.99).ShouldBeLessThanOrEqualTo(msMax + (2 * Quantile(inside, 0.99)));
    }

    /// <summary>Takes an ad, pays and has it released, again and again.</summary>
    private async Task Trade(CrashTrader seller, CrashTrader buyer, Guid ad, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var order = await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: 0.001m, cancellationToken: Bounded);
                await buyer.Client.Orders.ConfirmPaymentAsync(order.OrderId, cancellationToken: Bounded);
                await seller.Client.Orders.ReleaseAsync(order.OrderId, cancellationToken: Bounded);
                Interlocked.Add(ref _commands, 3);
            }
            catch (Exception e)
            {
                _failures.Enqueue(e);
            }

            await Task.Delay(PauseMs, CancellationToken.None);
        }
    }

    /// <summary>Notes how long after its commit's clock an event came; those that the other party caused came from the other node.</summary>
    private void Time(CrashTrader hearer, Party by) => hearer.Client.On<OrderChanged>((head, change, _) =>
    {
        _deliveries.Enqueue((head.At, (DateTimeOffset.UtcNow - head.At).TotalMilliseconds, change.By == by));
        return Task.CompletedTask;
    });

    private async Task<CrashTrader> Join(string name, int node)
    {
        using var http = Market.Http(name, node);
        (await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = name, has_consent = true })).EnsureSuccessStatusCode();
        var trader = new CrashTrader(Market.Client(name, node));
        await trader.Client.ConnectAsync(Bounded);
        trader.Client.StateChanged += (_, _) => Interlocked.Increment(ref _cuts);
        await trader.Client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya, new Dictionary<string, string> { ["holder"] = name, ["phone"] = "+254712345678" },
            cancellationToken: Bounded);
        return trader;
    }

    /// <summary>Everybody heard just what the table holds: every number once, in order.</summary>
    private async Task<int> NothingIsLost()
    {
        await using var connection = new NpgsqlConnection(Market.Database.Superuser);
        await connection.OpenAsync();
        var events = 0;
        foreach (var trader in _pairs.SelectMany(pair => new[] { pair.Seller, pair.Buyer }))
        {
            long[] table = [];
            await Eventually(
                async () =>
                {
                    table = [.. await connection.QueryAsync<long>(
                        "select seq from events where user_id = @UserId and audience = 'trade' order by seq", new { trader.UserId })];
                    return trader.Heads.Count >= table.Length;
                },
                TimeSpan.FromSeconds(15));
            trader.Heads.Select(head => head.Seq).ShouldBe(table, "events were lost, doubled or out of order");
            events += table.Length;
        }

        return events;
    }
}
