using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using P2P.Server.Core;
using P2P.Server.Trading.Prices;

namespace P2P.Tests.Rules;

/// <summary>How what sources say is read, and which settings of them are taken.</summary>
public sealed class PriceReadingRulesTests
{
    private static readonly PriceMarket BtcEur = new("BTC", "EUR");
    private static readonly PriceMarket BtcKes = new("BTC", "KES");

    [Test]
    public void A_market_is_filled_in_by_the_names_that_the_source_knows()
    {
        var names = new Dictionary<string, string> { ["BTC"] = "XBT" };
        PriceReadingRules.Fill("https://x.example/{asset}-{fiat}?q={asset:lower}{fiat:lower}", BtcEur, names)
            .ShouldBe("https://x.example/XBT-EUR?q=xbteur");
    }

    [TestCase("price", "1.5")]
    [TestCase("data.0.last", "58400.25")]
    [TestCase("data.1.last", "0.00000012")]
    [TestCase("data.2.last", null)]
    [TestCase("data.x", null)]
    [TestCase("nothing", null)]
    [TestCase("negative", null)]
    [TestCase("zero", null)]
    [TestCase("tooFine", null)]
    [TestCase("tooMuch", null)]
    [TestCase("words", null)]
    [TestCase("yes", null)]
    [TestCase("", null)]
    public void A_price_is_picked_by_its_path(string path, string? price)
    {
        using var json = JsonDocument.Parse(
            """
            { "price": 1.5, "data": [{ "last": "58400.25" }, { "last": 1.2e-7 }], "negative": -1, "zero": "0", "tooFine": 0.000000001,
              "tooMuch": 1000000000001, "words": "1,5", "yes": true }
            """);
        PriceReadingRules.PriceOf(PriceReadingRules.Pick(json.RootElement, path))
            .ShouldBe(price is null ? null : decimal.Parse(price, CultureInfo.InvariantCulture));
    }

    [TestCase("1777636800", "2026-05-01T12:00:00Z")]
    [TestCase("1777636800123", "2026-05-01T12:00:00.123Z")]
    [TestCase("\"1777636800\"", "2026-05-01T12:00:00Z")]
    [TestCase("\"2026-05-01T14:00:00+02:00\"", "2026-05-01T12:00:00Z")]
    [TestCase("1e300", null)]
    [TestCase("99999999999999999999", null)]
    [TestCase("\"soon\"", null)]
    [TestCase("true", null)]
    public void A_time_is_read_as_sources_write_it(string text, string? time)
    {
        using var json = JsonDocument.Parse(text);
        PriceReadingRules.TimeOf(json.RootElement).ShouldBe(time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
    }

    [Test]
    public void A_table_is_read_line_by_line_and_what_is_wrong_is_named()
    {
        var read = PriceReadingRules.OfCsv(
            "asset,fiat,price\r\n# ours\r\n\r\nBTC,EUR, 58400.25\r\nBTC;KES;1\r\nETH,EUR,1\r\n", [BtcEur, BtcKes], AnAd.Now);
        read.Prices.ShouldBe([new PriceReading(BtcEur, 58_400.25m, AnAd.Now)]);
        read.Errors.ShouldBe(["Line 5 is not written like BTC,EUR,58400.25.", "There is no price of BTC/KES."]);
    }

    [Test]
    public void An_object_is_read_member_by_member_and_what_is_wrong_is_named()
    {
        using var json = JsonDocument.Parse("""{ "BTC/EUR": "58400.25", "BTC/KES": 8150000, "btc": 1, "ETH/EUR": -1 }""");
        var read = PriceReadingRules.OfJson(json.RootElement, [BtcEur, BtcKes], AnAd.Now);
        read.Prices.Select(one => one.Price).ShouldBe([58_400.25m, 8_150_000m]);
        read.Errors.Count.ShouldBe(2);
        using var list = JsonDocument.Parse("[]");
        PriceReadingRules.OfJson(list.RootElement, [BtcEur], AnAd.Now).Errors.ShouldHaveSingleItem().ShouldContain("no JSON object");
    }

    [Test]
    public void Settings_bind_with_all_their_sources()
    {
        var settings = Settings(("Prices:OutlierPercent", "2.5"), ("Prices:Sources:0:Names:BTC", "XBT"), ("Prices:Sources:0:Path", "a.b"));
        settings.OutlierPercent.ShouldBe(2.5m);
        var source = settings.Sources.ShouldHaveSingleItem();
        source.Names["BTC"].ShouldBe("XBT");
        settings.Covered().ShouldBe([BtcEur, BtcKes]);
    }

    [TestCase("Prices:StaleSeconds", "0")]
    [TestCase("Prices:OutlierPercent", "0")]
    [TestCase("Prices:SourcesMin", "0")]
    [TestCase("Prices:KeptDays", "1")]
    [TestCase("Prices:Sources:0:Name", "")]
    [TestCase("Prices:Sources:0:Name", "two words")]
    [TestCase("Prices:Sources:0:Kind", "Manual")]
    [TestCase("Prices:Sources:0:Markets:0", "BTCEUR")]
    [TestCase("Prices:Sources:0:Path", "")]
    [TestCase("Prices:Sources:0:Url", "http://example.org/{asset}")]
    [TestCase("Prices:Sources:0:Url", "https://user:secret@example.org/{asset}")]
    [TestCase("Prices:Sources:0:Url", "file:///etc/passwd")]
    [TestCase("Prices:Sources:0:Url", "/{asset}")]
    [TestCase("Prices:Sources:0:TimeoutSeconds", "0")]
    [TestCase("Prices:Sources:0:BytesMax", "99999999")]
    [TestCase("Prices:Sources:1:Name", "x")]
    public void What_cannot_work_is_told_at_start(string name, string value) =>
        Should.Throw<SettingsException>(() => Settings((name, value))).Message.ShouldContain("Prices:");

    [TestCase("https://example.org/{asset}/{fiat}")]
    [TestCase("http://127.0.0.1:99/{asset}")]
    [TestCase("http://localhost/{asset}")]
    [TestCase("http://[::1]/{asset}")]
    public void An_address_is_https_or_of_this_machine(string url) => Settings(("Prices:Sources:0:Url", url)).Sources.Count.ShouldBe(1);

    private static PriceSettings Settings(params (string Name, string Value)[] more)
    {
        var values = new Dictionary<string, string?>
        {
            ["Prices:Sources:0:Name"] = "x",
            ["Prices:Sources:0:Kind"] = "Http",
            ["Prices:Sources:0:Url"] = "https://example.org/{asset}/{fiat}",
            ["Prices:Sources:0:Path"] = "price",
            ["Prices:Sources:0:Markets:0"] = "BTC/EUR",
            ["Prices:Sources:0:Markets:1"] = "BTC/KES",
        };
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }

        return PriceSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
