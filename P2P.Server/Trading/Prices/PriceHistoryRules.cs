using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Prices;

/// <summary>Pure decisions about charts: which stretch of time a call answers.</summary>
public static class PriceHistoryRules
{
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True for buckets that are put together from hours.</summary>
    public static bool IsOfHours(PriceBucket bucket) => bucket is PriceBucket.Hour or PriceBucket.FourHours or PriceBucket.Day;

    /// <summary>From the bucket that covers the moment on, as many as a call answers; refuses what has the wrong shape.</summary>
    public static (DateTimeOffset From, DateTimeOffset To, int Seconds) Range(DateTimeOffset from, PriceBucket bucket)
    {
        var seconds = SecondsOf(bucket);
        if (from < First || from >= Last)
        {
            throw new Refused(ErrorCodes.BadInput, "A history begins between the years 2000 and 2199.", ("path", "from"));
        }

        var length = TimeSpan.FromSeconds(seconds);
        var begin = First + TimeSpan.FromTicks((from - First).Ticks / length.Ticks * length.Ticks);
        return (begin, begin + TimeSpan.FromTicks(length.Ticks * Limits.PriceCandlesMax), seconds);
    }

    private static int SecondsOf(PriceBucket bucket) => bucket switch
    {
        PriceBucket.Minute => 60,
        PriceBucket.FiveMinutes => 5 * 60,
        PriceBucket.FifteenMinutes => 15 * 60,
        PriceBucket.Hour => 3_600,
        PriceBucket.FourHours => 4 * 3_600,
        PriceBucket.Day => 24 * 3_600,
        PriceBucket.Unknown => throw Bad(),
        _ => throw Bad(),
    };

    private static Refused Bad() => new(ErrorCodes.BadInput, "A candle covers a minute, 5, 15, an hour, 4, or a day.", ("path", "bucket"));
}
