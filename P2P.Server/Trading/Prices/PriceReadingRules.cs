using System.Globalization;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Server.Trading.Prices;

/// <summary>Pure decisions about what sources say: where in an answer a price stands, and how files are written.</summary>
public static class PriceReadingRules
{
    // Seconds since 1970 stay below this for 3,000 years; milliseconds have been above it since 1973.
    private const long SecondsMax = 100_000_000_000;

    private const NumberStyles PriceStyle =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const DateTimeStyles TimeStyle = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Puts a market's names into an address or a path.</summary>
    public static string Fill(string template, PriceMarket market, IReadOnlyDictionary<string, string> names)
    {
        var (asset, fiat) = (names.GetValueOrDefault(market.Asset, market.Asset), names.GetValueOrDefault(market.Fiat, market.Fiat));
        return template
            .Replace("{asset}", asset, StringComparison.Ordinal)
            .Replace("{fiat}", fiat, StringComparison.Ordinal)
            .Replace("{asset:lower}", asset.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("{fiat:lower}", fiat.ToLowerInvariant(), StringComparison.Ordinal);
    }

    /// <summary>What stands at a path of member names and indexes parted by dots; null when there is nothing.</summary>
    public static JsonElement? Pick(JsonElement from, string path)
    {
        var here = from;
        foreach (var step in path.Split('.'))
        {
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(step, out var member))
            {
                here = member;
            }
            else if (here.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < here.GetArrayLength())
            {
                here = here[index];
            }
            else
            {
                return null;
            }
        }

        return here;
    }

    /// <summary>A price that stands there as a number or as text, rounded to 8 decimals, half to even; null when it is none.</summary>
    public static decimal? PriceOf(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } number => PriceOf(number.GetRawText()),
        { ValueKind: JsonValueKind.String } text => PriceOf(text.GetString()),
        _ => null,
    };

    /// <summary>As the other, of text.</summary>
    public static decimal? PriceOf(string? text)
    {
        if (text is null or { Length: > 40 } || !decimal.TryParse(text, PriceStyle, CultureInfo.InvariantCulture, out var price))
        {
            return null;
        }

        price = decimal.Round(price, Limits.ScaleMax, MidpointRounding.ToEven);
        return PriceRules.IsPrice(price) ? price : null;
    }

    /// <summary>A time that stands there as seconds or milliseconds since 1970, or as ISO 8601; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(JsonElement? element)
    {
        var text = element switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            { ValueKind: JsonValueKind.String } words => words.GetString(),
            _ => null,
        };
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number2))
        {
            var milliseconds = number2 < SecondsMax ? number2 * 1_000 : number2;
            return milliseconds < SecondsMax * 1_000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, TimeStyle, out var time) ? time : null;
    }

    /// <summary>A file of lines <c>BTC,EUR,58400.25</c>: empty ones, those that begin with #, and a heading are passed over.</summary>
    public static PriceReadings OfCsv(string text, IReadOnlyCollection<PriceMarket> wanted, DateTimeOffset at)
    {
        var errors = new List<string>();
        var prices = new Dictionary<PriceMarket, decimal>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || (number == 1 && line.StartsWith("asset", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (line.Split(',') is [var asset, var fiat, var said]
                && PriceMarket.Read($"{asset.Trim()}/{fiat.Trim()}") is { } market && PriceOf(said) is { } price)
            {
                prices[market] = price;
            }
            else
            {
                errors.Add($"Line {number.ToString(CultureInfo.InvariantCulture)} is not written like BTC,EUR,58400.25.");
            }
        }

        return Of(prices, errors, wanted, at);
    }

    /// <summary>A file that holds one object: <c>{ "BTC/EUR": 58400.25 }</c>.</summary>
    public static PriceReadings OfJson(JsonElement root, IReadOnlyCollection<PriceMarket> wanted, DateTimeOffset at)
    {
        var errors = new List<string>();
        var prices = new Dictionary<PriceMarket, decimal>();
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new PriceReadings([], ["The file is no JSON object like { \"BTC/EUR\": 58400.25 }."]);
        }

        foreach (var member in root.EnumerateObject())
        {
            if (PriceMarket.Read(member.Name) is { } market && PriceOf(member.Value) is { } price)
            {
                prices[market] = price;
            }
            else
            {
                errors.Add($"{Cut(member.Name)} is no market with a price, like \"BTC/EUR\": 58400.25.");
            }
        }

        return Of(prices, errors, wanted, at);
    }

    private static PriceReadings Of(
        Dictionary<PriceMarket, decimal> prices, List<string> errors, IReadOnlyCollection<PriceMarket> wanted, DateTimeOffset at) => new(
        [.. wanted.Where(prices.ContainsKey).Select(market => new PriceReading(market, prices[market], at))],
        [.. errors, .. wanted.Where(market => !prices.ContainsKey(market)).Select(market => $"There is no price of {market}.")]);

    private static string Cut(string text) => text.Length <= 40 ? text : $"{text[..40]}..";
}
