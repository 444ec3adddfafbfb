using System.Diagnostics;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Prices;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Sources of prices: services on this machine that behave well and badly, files, and the one node that looks at them.</summary>
public sealed class PriceSourceTests : MarketFixture
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly PriceServer _exchange = PriceServer.Start();
    private readonly TestFolder _folder = new();

    [OneTimeTearDown]
    public async Task Close_the_exchange()
    {
        await _exchange.DisposeAsync();
        _folder.Dispose();
    }

    protected override int Nodes => 2;

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Prices:Sources:0:Name"] = "exchange",
        ["Prices:Sources:0:Kind"] = "Http",
        ["Prices:Sources:0:Url"] = _exchange.Url + "/{asset}-{fiat}",
        ["Prices:Sources:0:Path"] = "price",
        ["Prices:Sources:0:Markets:0"] = "BTC/KES",
        ["Prices:Sources:0:PollSeconds"] = "1",
    };

    [Test]
    public async Task One_node_at_a_time_asks_and_when_it_ends_the_other_goes_on()
    {
        var since = Stopwatch.GetTimestamp();
        var before = _exchange.Asked("/BTC-KES");
        await Eventually(() => _exchange.Asked("/BTC-KES") >= before + 2);
        (_exchange.Asked("/BTC-KES") - before).ShouldBeLessThanOrEqualTo((int)Stopwatch.GetElapsedTime(since).TotalSeconds + 2);
        var buyer = await Buyer(node: 1);
        await Eventually(async () => (await buyer.Client.Ads.GetMarketsAsync(Bounded)).Prices
            .Any(price => price is { Asset: "BTC", Price: 1_000, IsStale: false }));
        (await Sql<long>(
            """
            select count(*)
              from pg_locks
             where locktype = 'advisory'
               and objid = 7016250
               and granted
               and database = (select oid from pg_database where datname = current_database())
            """)).ShouldBe(1);

        await Market.Nodes[0].StopAsync(Bounded);

        var asked = _exchange.Asked("/BTC-KES");
        await Eventually(() => _exchange.Asked("/BTC-KES") >= asked + 2);
        (await Sql<bool>("select failures = 0 and last_error is null from price_sources where source = 'exchange'")).ShouldBeTrue();
    }

    [Test]
    public async Task One_answer_serves_all_markets_that_stand_in_it()
    {
        using var source = Http("/all", path: "result.{asset}{fiat}.c.0", markets: ["BTC/KES", "ETH/KES", "SOL/KES"]);
        var read = (await source.Read(Bounded)).ShouldNotBeNull();
        read.Prices.Select(one => (one.Market.Asset, one.Price, one.At))
            .ShouldBe([("BTC", 8_150_000.5m, null), ("ETH", 339_500m, null)], ignoreOrder: true);
        read.Errors.ShouldBe(["There is no price of SOL/KES at result.SOLKES.c.0."]);
        _exchange.Asked("/all").ShouldBe(1);

        using var timed = Http("/all?again", "result.{asset}{fiat}.c.0", "result.{asset}{fiat}.t", ["BTC/KES", "ETH/KES"]);
        read = (await timed.Read(Bounded)).ShouldNotBeNull();
        read.Prices.ShouldHaveSingleItem().At.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_777_636_800));
        read.Errors.ShouldHaveSingleItem().ShouldContain("no time of ETH/KES");
    }

    [TestCase("/moved", "It answered 302.")]
    [TestCase("/nothing", "It answered 503.")]
    [TestCase("/big", "It answered more than 65536 bytes.")]
    [TestCase("/words", "It answered no JSON.")]
    [TestCase("/deep", "It answered no JSON.")]
    [TestCase("/slow", "It did not answer within 300 ms.")]
    public async Task A_service_that_misbehaves_gives_a_sentence_and_no_price(string path, string error)
    {
        using var source = Http(path, timeout: TimeSpan.FromMilliseconds(path == "/slow" ? 300 : 10_000));
        var read = (await source.Read(Bounded)).ShouldNotBeNull();
        read.Prices.ShouldBeEmpty();
        read.Errors.ShouldBe([error]);
        (path != "/moved" || _exchange.Asked("/moved") == 1).ShouldBeTrue();
    }

    [Test]
    public async Task A_service_that_is_not_there_gives_a_sentence()
    {
        using var source = new HttpPriceSource(
            new PriceSourceSettings { Name = "x", Url = "http://127.0.0.1:1/", Path = "price", Markets = ["BTC/KES"] }, Hour);
        (await source.Read(Bounded)).ShouldNotBeNull().Errors.ShouldHaveSingleItem().ShouldStartWith("It could not be reached");
    }

    [Test]
    public async Task A_file_is_read_when_it_changes_and_is_as_old_as_it_is()
    {
        var path = Path.Combine(_folder.Path, "prices.csv");
        var source = new FilePriceSource(
            new PriceSourceSettings { Name = "bank", File = path, Markets = ["BTC/KES"], BytesMax = 100 }, Hour);
        (await source.Read(Bounded)).ShouldNotBeNull().Errors.ShouldHaveSingleItem().ShouldStartWith("There is no file");

        var writtenAt = new DateTime(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);
        await Write("BTC,KES,1000\nETH,KES,1\n");
        (await source.Read(Bounded)).ShouldNotBeNull().Prices.ShouldBe([new PriceReading(new PriceMarket("BTC", "KES"), 1_000, writtenAt)]);
        (await source.Read(Bounded)).ShouldBeNull();

        writtenAt = writtenAt.AddSeconds(1);
        await Write("BTC,KES,1001\n");
        (await source.Read(Bounded)).ShouldNotBeNull().Prices.ShouldHaveSingleItem().Price.ShouldBe(1_001);
        await Write(new string('#', 101));
        (await source.Read(Bounded)).ShouldNotBeNull().Errors.ShouldHaveSingleItem().ShouldContain("more than 100 bytes");

        async Task Write(string text)
        {
            await File.WriteAllTextAsync(path, text, Bounded);
            File.SetLastWriteTimeUtc(path, writtenAt);
        }
    }

    [Test]
    public async Task A_file_of_JSON_is_read_and_one_that_is_none_is_named()
    {
        var path = Path.Combine(_folder.Path, "prices.json");
        var source = new FilePriceSource(
            new PriceSourceSettings { Name = "bank", Kind = PriceSourceKind.File, File = path, Markets = ["BTC/KES"] }, Hour);
        await File.WriteAllTextAsync(path, """{ "BTC/KES": "1000.5" }""", Bounded);
        (await source.Read(Bounded)).ShouldNotBeNull().Prices.ShouldHaveSingleItem().Price.ShouldBe(1_000.5m);
        await File.WriteAllTextAsync(path, "{", Bounded);
        (await source.Read(Bounded)).ShouldNotBeNull().Errors.ShouldHaveSingleItem().ShouldEndWith("is no JSON.");
    }

    private HttpPriceSource Http(
        string url, string path = "price", string? timePath = null, string[]? markets = null, TimeSpan? timeout = null) => new(
        new PriceSourceSettings
        {
            Name = "x",
            Kind = PriceSourceKind.Http,
            Url = _exchange.Url + url,
            Path = path,
            TimePath = timePath,
            Markets = markets ?? ["BTC/KES"],
            Names = new Dictionary<string, string> { ["BTC"] = markets is null ? "BTC" : "XBT" },
        },
        Hour,
        timeout);
}
