using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Analytics;

/// <summary>What some days of one market were like, as they are kept.</summary>
public sealed record DayFigures
{
    public string? Day { get; init; }

    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public long? PaymentMethodId { get; init; }

    public required long Placed { get; init; }

    public required long Completed { get; init; }

    public required long Cancelled { get; init; }

    public required long Expired { get; init; }

    public required long Disputed { get; init; }

    public required decimal CryptoVolume { get; init; }

    public required decimal FiatVolume { get; init; }

    public long Traders { get; init; }

    public long Returned { get; init; }
}

/// <summary>Orders whose release took about as long.</summary>
public sealed record ReleaseTimes
{
    public string? Day { get; init; }

    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public long? PaymentMethodId { get; init; }

    /// <summary>Which length: n begins at 1.1 ^ n seconds.</summary>
    public required int Bucket { get; init; }

    public required long Orders { get; init; }
}

/// <summary>Puts days together.</summary>
public static class AnalyticsRules
{
    public const int RowsMax = 5_000;

    /// <summary>Refuses a range that cannot be answered.</summary>
    public static void Check(GetAnalyticsRequest request)
    {
        if (request.GroupBy == AnalyticsGrouping.Unknown)
        {
            throw Bad("There is no such grouping.", "groupBy");
        }

        Days.CheckRange(request.From, request.To);
    }

    /// <summary>The rows: what is kept and what is counted now, together by day, market or method.</summary>
    public static IReadOnlyList<AnalyticsRow> Rows(
        IEnumerable<DayFigures> figures,
        IEnumerable<ReleaseTimes> times,
        AnalyticsGrouping grouping,
        IReadOnlyDictionary<long, string> names)
    {
        var byKey = times.GroupBy(time => Key(time.Day, time.Asset, time.Fiat, time.PaymentMethodId, grouping))
            .ToDictionary(group => group.Key, group => Median(group.Select(time => (time.Bucket, time.Orders))));
        return
        [
            .. figures.GroupBy(row => Key(row.Day, row.Asset, row.Fiat, row.PaymentMethodId, grouping))
                .OrderBy(group => group.Key.Day, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Asset, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Fiat, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Method)
                .Take(RowsMax)
                .Select(group => RowOf(group.Key, [.. group], byKey.GetValueOrDefault(group.Key), names)),
        ];
    }

    /// <summary>The middle of the times in whole seconds: the middle of the bucket that holds it. Null for none.</summary>
    public static long? Median(IEnumerable<(int Bucket, long Orders)> buckets)
    {
        var sorted = buckets.GroupBy(one => one.Bucket).OrderBy(group => group.Key)
            .Select(group => (Bucket: group.Key, Orders: group.Sum(one => one.Orders))).ToList();
        var half = (sorted.Sum(one => one.Orders) + 1) / 2;
        foreach (var (bucket, orders) in sorted)
        {
            half -= orders;
            if (half <= 0)
            {
                return (long)Math.Round(Math.Pow(1.1, bucket + 0.5));
            }
        }

        return null;
    }

    /// <summary>A part in percent, two decimals, half to even; null of nothing.</summary>
    public static decimal? Percent(long part, long whole) =>
        whole == 0 ? null : decimal.Round(part * 100m / whole, 2, MidpointRounding.ToEven);

    private static (string? Day, string Asset, string Fiat, long? Method) Key(
        string? day, string asset, string fiat, long? method, AnalyticsGrouping grouping) =>
        (grouping == AnalyticsGrouping.Day ? day : null, asset, fiat, grouping == AnalyticsGrouping.PaymentMethod ? method : null);

    private static AnalyticsRow RowOf(
        (string? Day, string Asset, string Fiat, long? Method) key,
        IReadOnlyList<DayFigures> rows,
        long? median,
        IReadOnlyDictionary<long, string> names)
    {
        var (completed, cancelled, expired) =
            (rows.Sum(row => row.Completed), rows.Sum(row => row.Cancelled), rows.Sum(row => row.Expired));
        var (traders, returned) = (rows.Sum(row => row.Traders), rows.Sum(row => row.Returned));
        return new AnalyticsRow
        {
            Day = key.Day is { } day ? Days.Read(day) : null,
            Asset = key.Asset,
            Fiat = key.Fiat,
            PaymentMethodId = key.Method,
            PaymentMethod = key.Method is { } method ? names.GetValueOrDefault(method) : null,
            Placed = rows.Sum(row => row.Placed),
            Completed = completed,
            Cancelled = cancelled,
            Expired = expired,
            Disputed = rows.Sum(row => row.Disputed),
            CompletionRate = Percent(completed, completed + cancelled + expired),
            CryptoVolume = rows.Sum(row => row.CryptoVolume),
            FiatVolume = rows.Sum(row => row.FiatVolume),
            ReleaseSecondsMedian = median,
            Traders = traders,
            Returned = returned,
            RetentionRate = Percent(returned, traders),
        };
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
