using System.Globalization;
using System.Text.Json;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T12: some clients stop reading while everybody is written to. The others hear as soon as before, the server's memory stays, and whoever reads again
/// has lost nothing. (S42)
/// </summary>
[Category("Reliability")]
public sealed class SlowReaderTests
{
    private const int TakersOfMaker = 20;
    private const int MegabytesMax = 32;

    [Test]
    public async Task Clients_that_stop_reading_cost_the_others_nothing()
    {
        var (people, stopped, time) = Tier.Pick((40, 8, TimeSpan.FromSeconds(2)), (500, 100, TimeSpan.FromSeconds(20)));
        await using var market = await CrashMarket.Create(
            0,
            1,
            ("Limits__Messages__PerSecond", "10000"), ("Limits__Messages__Burst", "10000"), ("Limits__RestPerUserPerMinute", "10000"),
            ("Limits__OpenOrdersMax", "1000"), ("Limits__UnpaidOrdersMax", "1000"));
        var (makers, readers) = await Meet(market, people);

        // Everybody reads: the yardstick, and what the server needs for it.
        await Told(makers, [], time);
        var before = await Told(makers, readers, time);
        var memory = market.Megabytes();

        var (still, others) = (readers.Take(stopped).ToList(), readers.Skip(stopped).ToList());
        still.ForEach(reader => reader.Client.Pause());
        var then = await Told(makers, others, 2 * time);
        var growth = market.Megabytes() - memory;
        still.ForEach(reader => reader.Client.Resume());
        ReliabilityReport.Tell("T12 slow readers", string.Create(
            CultureInfo.InvariantCulture,
            $"{stopped} of {people} clients stopped reading: the others' p99 {before.P99:0} ms before, {then.P99:0} ms then ({then.Count} events); "
            + $"the server's memory grew by {growth} MB to {memory + growth} MB"));

        var caughtUp = 0L;
        foreach (var reader in still)
        {
            caughtUp += await Whole(market, reader);
        }

        TestContext.Progress.WriteLine($"those who read again have {caughtUp} events without a gap");
        foreach (var reader in readers)
        {
            await reader.Client.DisposeAsync();
        }

        then.Count.ShouldBeGreaterThan(others.Count);
        growth.ShouldBeLessThanOrEqualTo(Tier.Pick(2, 1) * MegabytesMax);
        then.P99.ShouldBeLessThanOrEqualTo(2 * Math.Max(before.P99, Tier.Pick(1_000, 50)));
    }

    /// <summary>Makers with an ad each, and takers with an order each, who only listen.</summary>
    private static async Task<(List<Maker> Makers, List<Reader> Readers)> Meet(CrashMarket market, int people)
    {
        var (makers, readers) = (new List<Maker>(), new List<Reader>());
        for (var first = 0; first < people; first += TakersOfMaker)
        {
            var trader = await market.Join($"maker{first}");
            await market.Credit(trader.UserId, 1_000);
            var ad = (await trader.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1_000, TestMarket.Terms(), TestMarket.Bounded())).AdId;
            var orders = new List<Guid>();
            foreach (var number in Enumerable.Range(first, Math.Min(TakersOfMaker, people - first)))
            {
                var taker = await market.Join($"taker{number}");
                orders.Add((await taker.Client.Orders.CreateAsync(
                    ad, TestMarket.MpesaKenya, cryptoAmount: 0.01m, cancellationToken: TestMarket.Bounded())).OrderId);
                var id = taker.UserId;
                await taker.Client.DisposeAsync();
                var address = new UriBuilder(market.Address) { Scheme = "ws", Path = TradeHub.Path }.Uri;
                readers.Add(new Reader(id, await RawClient.Connect(address, $"Bearer {market.Token($"taker{number}")}")));
            }

            makers.Add(new Maker(trader, orders));
        }

        return (makers, readers);
    }

    /// <summary>Makers write to all their takers for a while; how long the listeners wait for what is written to them.</summary>
    private static async Task<Latencies> Told(List<Maker> makers, List<Reader> listeners, TimeSpan time)
    {
        listeners.ForEach(reader => reader.Begin());
        using var stopping = new CancellationTokenSource(time);
        await Task.WhenAll(makers.Select(async maker =>
        {
            for (var turn = 0; !stopping.IsCancellationRequested; turn++)
            {
                await maker.Trader.Client.Chat.SendAsync(
                    maker.Orders[turn % maker.Orders.Count], $"message {turn}", cancellationToken: TestMarket.Bounded());
                await Task.Delay(20, CancellationToken.None);
            }
        }));
        await Task.Delay(500, CancellationToken.None);
        var latencies = new Latencies();
        listeners.SelectMany(reader => reader.End()).ToList().ForEach(latencies.Add);
        return latencies;
    }

    /// <summary>Pages through all that happened to somebody: every number once.</summary>
    private static async Task<long> Whole(CrashMarket market, Reader reader)
    {
        var last = await TestPostgres.Scalar<long>(
            market.Superuser, $"select last_seq from streams where user_id = {reader.UserId} and audience = 'trade'");
        var epoch = await TestPostgres.Scalar<Guid>(market.Superuser, "select epoch from epoch");
        var seq = 0L;
        while (seq < last)
        {
            var page = (await reader.Client.Call("EventsSince", epoch, seq)).GetProperty("result").GetProperty("events");
            page.GetArrayLength().ShouldBePositive();
            foreach (var one in page.EnumerateArray())
            {
                one.GetProperty("head").GetProperty("seq").GetInt64().ShouldBe(++seq);
            }
        }

        return seq;
    }

    private sealed record Maker(CrashTrader Trader, List<Guid> Orders);

    /// <summary>A client that acknowledges what it hears, and notes how long that took to reach it.</summary>
    private sealed class Reader
    {
        private readonly Lock _lock = new();
        private List<TimeSpan>? _waits;
        private int _heard;

        public Reader(long userId, RawClient client)
        {
            (UserId, Client) = (userId, client);
            client.OnFrame = Hear;
        }

        public long UserId { get; }

        public RawClient Client { get; }

        public void Begin()
        {
            lock (_lock)
            {
                _waits = [];
            }
        }

        public List<TimeSpan> End()
        {
            lock (_lock)
            {
                var waits = _waits ?? [];
                _waits = null;
                return waits;
            }
        }

        private void Hear(JsonElement frame)
        {
            if (frame.GetProperty("target").GetString() is not nameof(IChatClient.MessageSent))
            {
                return;
            }

            var head = frame.GetProperty("arguments")[0];
            lock (_lock)
            {
                _waits?.Add(DateTimeOffset.UtcNow - head.GetProperty("at").GetDateTimeOffset());
            }

            if (++_heard % 16 == 0)
            {
                _ = Client.Send($$"""{"type":1,"target":"Ack","arguments":[{{head.GetProperty("seq").GetInt64()}}]}""");
            }
        }
    }
}
