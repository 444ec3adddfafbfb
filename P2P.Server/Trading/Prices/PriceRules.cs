using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>What came of several sources' prices.</summary>
/// <param name="Price">The reference price; null when too few agree.</param>
/// <param name="FreshUntil">When too few of its sources would still be fresh.</param>
/// <param name="Source">What is shown beside it.</param>
/// <param name="Inputs">Every source's part, by name.</param>
public sealed record PriceComputation(decimal? Price, DateTimeOffset FreshUntil, string Source, IReadOnlyList<PriceInput> Inputs);

/// <summary>Pure decisions about reference prices.</summary>
public static class PriceRules
{
    /// <summary>A price without an end ends here.</summary>
    public static readonly DateTimeOffset ForEver = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private const int SourceCharsMax = 100;

    /// <summary>
    /// The median of the fresh sources that lie within the percentage of the median of all fresh ones. It is good for as long as the least
    /// number of
    /// sources that it needs stays fresh.
    /// </summary>
    public static PriceComputation Compute(
        IEnumerable<PriceQuote> quotes, DateTimeOffset now, decimal outlierPercent, int sourcesMin)
    {
        var all = quotes.OrderBy(quote => quote.Source, StringComparer.Ordinal).ToArray();
        var middle = Median([.. all.Where(quote => quote.FreshUntil > now).Select(quote => quote.Price)]);
        PriceInput[] inputs =
        [
            .. all.Select(quote => InputOf(
                quote,
                quote.FreshUntil <= now ? PriceDropReason.Stale
                    : IsOutlier(quote.Price, middle ?? quote.Price, outlierPercent) ? PriceDropReason.Outlier
                    : null)),
        ];
        var kept = inputs.Where(input => input.Kept).ToArray();
        var needed = Math.Max(1, sourcesMin);
        return kept.Length < needed
            ? new PriceComputation(null, now, "", inputs)
            : new PriceComputation(
                Median([.. kept.Select(input => input.Price)]),
                kept.Select(input => input.FreshUntil).OrderDescending().ElementAt(needed - 1),
                NameOf([.. kept.Select(input => input.Source)]),
                inputs);
    }

    /// <summary>The middle one, or of an even number the mean of the middle two: 8 decimals, half to even. Null of nothing.</summary>
    public static decimal? Median(IReadOnlyCollection<decimal> prices)
    {
        var sorted = prices.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length switch
        {
            0 => null,
            _ when sorted.Length % 2 == 1 => sorted[half],
            _ => decimal.Round((sorted[half - 1] + sorted[half]) / 2, Limits.ScaleMax, MidpointRounding.ToEven),
        };
    }

    /// <summary>Whether a price is one: above zero, no greater than any amount may be, at most 8 decimals.</summary>
    public static bool IsPrice(decimal price) =>
        price is > 0 and <= Limits.AmountMax && decimal.Round(price, Limits.ScaleMax) == price;

    private static bool IsOutlier(decimal price, decimal middle, decimal percent) => Math.Abs(price - middle) * 100 > percent * middle;

    private static PriceInput InputOf(PriceQuote quote, PriceDropReason? dropped) => new()
    {
        Source = quote.Source,
        Price = quote.Price,
        At = quote.At,
        FreshUntil = quote.FreshUntil,
        Kept = dropped is null,
        DroppedBecause = dropped,
    };

    private static string NameOf(string[] sources)
    {
        var name = sources.Length == 1 ? sources[0] : $"median of {string.Join(", ", sources)}";
        return name.Length <= SourceCharsMax ? name : $"median of {sources.Length} sources";
    }
}
