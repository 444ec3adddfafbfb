using System.Globalization;
using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Files;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T17: one user goes twenty times beyond each limit, on the default limits. The others succeed always, and wait hardly longer than before. (S40)
/// </summary>
[Category("Reliability")]
public sealed class AbuseTests : MarketFixture
{
    private const int Times = 20;
    private const int People = 6;

    private static readonly int Rounds = Tier.Pick(everyRun: 1, nightly: 4);

    /// <summary>What is measured on two busy processors swings by so much by itself.</summary>
    private static readonly double FloorMs = Tier.Pick(25, 10);

    private static readonly string[] Kinds =
        ["reads", "changes", "messages", "searches", "frames", "unknown calls", "rest", "uploads", "connects"];

    private readonly List<Person> _people = [];

    /// <summary>The defaults of the product, which other tests raise.</summary>
    protected override Dictionary<string, string?>? Settings => new()
    {
        ["Limits:Reads:PerSecond"] = null,
        ["Limits:Reads:Burst"] = null,
        ["Limits:Changes:PerSecond"] = null,
        ["Limits:Changes:Burst"] = null,
        ["Limits:Searches:PerSecond"] = null,
        ["Limits:Searches:Burst"] = null,
        ["Limits:Messages:PerSecond"] = null,
        ["Limits:Messages:Burst"] = null,
        ["Limits:Receipts:PerSecond"] = null,
        ["Limits:Receipts:Burst"] = null,
        ["Limits:Frames:PerSecond"] = null,
        ["Limits:Frames:Burst"] = null,
        ["Limits:ConnectsPerUser:PerSecond"] = null,
        ["Limits:ConnectsPerUser:Burst"] = null,
        ["Limits:RestPerUserPerMinute"] = null,
        ["Limits:UnpaidOrdersMax"] = null,
    };

    [OneTimeSetUp]
    public async Task Somebody_trades()
    {
        for (var i = 0; i < People; i++)
        {
            var (seller, buyer) = (await Seller(100), await Buyer());
            _people.Add(new Person(buyer, await TestMarket.Ad(seller, total: 50), await Place(buyer, await TestMarket.Ad(seller, total: 50), 0.01m)));
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Who_goes_beyond_a_limit_slows_nobody_else_down(string kind)
    {
        var time = TimeSpan.FromSeconds(Tier.Pick(0.8, 4));
        var abuser = await Buyer();
        var order = await Place(abuser, _people[0].Ad, 0.01m);
        await Others(TimeSpan.FromSeconds(0.5));
        var (before, then) = (new Latencies(), new Latencies());
        var (asked, refused) = (0, 0);
        // By turns, so that what the machine does besides falls on both.
        for (var round = 0; round < Rounds; round++)
        {
            before.Add(await Others(time));
            using var stopping = new CancellationTokenSource();
            var tally = new Tally();
            var abuse = Abuse(kind, abuser, order, tally, stopping.Token);
            // What a bucket holds is anybody's right: from then on it is abuse.
            await Eventually(() => tally.Refused > 0);
            then.Add(await Others(time));
            await stopping.CancelAsync();
            await abuse;
            (asked, refused) = (asked + tally.Asked, refused + tally.Refused);
        }

        ReliabilityReport.Tell($"T17 {kind} at twenty times the limit", string.Create(
            CultureInfo.InvariantCulture,
            $"{asked} by one user, {refused} of them refused; the others' p99 {before.P99:0.0} ms before, {then.P99:0.0} ms then, "
            + $"{then.Count} of {then.Count} calls succeeded"));
        then.Count.ShouldBeGreaterThan(10);
        then.P99.ShouldBeLessThanOrEqualTo(Tier.Pick(20, 1.5) * Math.Max(before.P99, FloorMs));
    }

    /// <summary>What well-behaved people do meanwhile, well within the limits; each call that fails fails the test.</summary>
    private async Task<Latencies> Others(TimeSpan time)
    {
        var latencies = new Latencies();
        using var stopping = new CancellationTokenSource(time);
        await Task.WhenAll(_people.Select(async person =>
        {
            for (var turn = 0; !stopping.IsCancellationRequested; turn++)
            {
                await latencies.Of(() => Read(person.Buyer, person.Order));
                await latencies.Of(() => person.Buyer.Client.Ads.GetAsync(person.Ad, cancellationToken: Bounded));
                if (turn % 4 == 0)
                {
                    await latencies.Of(() => person.Buyer.Client.Profiles.UpdateAsync(preferredCurrency: "KES", cancellationToken: Bounded));
                }

                await Task.Delay(125);
            }
        }));
        return latencies;
    }

    /// <summary>Asks twenty times as often as the limit allows, until it is stopped.</summary>
    private Task Abuse(string kind, Trader abuser, Guid order, Tally tally, CancellationToken stopping) => kind switch
    {
        "reads" => Calls(abuser, 30, raw => raw.Call(nameof(ITradeHub.GetOrder), order), tally, stopping),
        "changes" => Calls(
            abuser,
            5,
            raw => raw.Call(nameof(ITradeHub.UpdateProfile), new UpdateProfileRequest { RequestId = Guid.CreateVersion7(), Clear = [] }),
            tally,
            stopping),
        "messages" => Calls(
            abuser,
            2,
            raw => raw.Call(nameof(ITradeHub.SendMessage), new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Text = "again" }),
            tally,
            stopping),
        "searches" => Calls(abuser, 5, raw => raw.Call(nameof(ITradeHub.SearchProfiles), new SearchProfilesRequest { Search = "a" }), tally, stopping),
        "frames" => Calls(abuser, 50, raw => raw.Call(nameof(ITradeHub.GetBalances)), tally, stopping),
        "unknown calls" => Calls(abuser, 50, raw => raw.Call("NoSuchCall"), tally, stopping),
        "rest" => Requests(abuser, 100 / 60.0, http => http.GetAsync("/api/p2p/profile", Bounded), tally, stopping),
        "uploads" => Requests(abuser, 10 / 60.0, http => http.PostAsync($"/api/p2p/orders/{order}/files", Picture(), Bounded), tally, stopping),
        _ => Requests(abuser, 1, http => http.GetAsync(P2P.Server.Trading.TradeHub.Path, Bounded), tally, stopping),
    };

    private async Task Calls(
        Trader abuser, double limit, Func<RawClient, Task<JsonElement>> call, Tally tally, CancellationToken stopping)
    {
        RawClient? raw = null;
        await AtRate(
            limit,
            async () =>
            {
                tally.Asked++;
                try
                {
                    raw ??= await Raw(abuser.Name);
                    var answer = await call(raw);
                    tally.Refused += answer.TryGetProperty("error", out _) ? 1 : 0;
                }
                catch (Exception e) when (e is InvalidOperationException or System.Net.WebSockets.WebSocketException or TimeoutException)
                {
                    // The server has closed the connection, or does not let the next one in: both are refusals.
                    tally.Refused++;
                    raw = null;
                }
            },
            stopping);
    }

    private async Task Requests(
        Trader abuser, double limit, Func<HttpClient, Task<HttpResponseMessage>> ask, Tally tally, CancellationToken stopping)
    {
        using var http = Market.Http(abuser.Name);
        async Task One()
        {
            tally.Asked++;
            using var answer = await ask(http);
            tally.Refused += (int)answer.StatusCode >= 400 ? 1 : 0;
        }

        while (tally.Refused == 0 && !stopping.IsCancellationRequested)
        {
            await One();
        }

        await AtRate(limit, One, stopping);
    }

    /// <summary>Twenty times the limit; several at once, so that waiting for answers slows nothing down.</summary>
    private static Task AtRate(double limit, Func<Task> one, CancellationToken stopping) => Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
    {
        var pause = TimeSpan.FromSeconds(4 / (Times * limit));
        while (!stopping.IsCancellationRequested)
        {
            var wait = Task.Delay(pause, CancellationToken.None);
            await one();
            await wait;
        }
    }));

    private static StreamContent Picture()
    {
        var content = new StreamContent(new MemoryStream(Pictures.Png()));
        content.Headers.ContentType = new("image/png");
        content.Headers.Add("X-File-Name", "a.png");
        return content;
    }

    /// <summary>How often the abuser asked, and how often in vain.</summary>
    private sealed class Tally
    {
        public int Asked { get; set; }

        public int Refused { get; set; }
    }

    private sealed record Person(Trader Buyer, Guid Ad, Guid Order);
}
