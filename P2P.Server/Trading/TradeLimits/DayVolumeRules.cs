using System.Text.Json;

namespace P2P.Server.Trading.TradeLimits;

/// <summary>What a taker took in one currency within the last day, and when it stops counting.</summary>
/// <param name="Used">The sum.</param>
/// <param name="Frees">Its parts, soonest first.</param>
public sealed record DayUse(decimal Used, IReadOnlyList<(DateTimeOffset At, decimal Amount)> Frees);

/// <summary>
/// Pure sums of what a taker took, by currency and by the hour in which an order was placed: at most 25 numbers a currency, however many orders
/// there are. An order counts for at least 24 hours and until its hour is full.
/// </summary>
public static class DayVolumeRules
{
    private const int HoursKept = 24;
    private const long SecondsOfHour = 3_600;

    /// <summary>The volume with an order's amount added, or taken away when it is negative; hours that count no longer are left out.</summary>
    public static string? With(string? volume, string currency, decimal amount, DateTimeOffset placedAt, DateTimeOffset now)
    {
        var all = Read(volume);
        if (!all.TryGetValue(currency, out var hours))
        {
            all[currency] = hours = [];
        }

        var hour = HourOf(placedAt);
        hours[hour] = Math.Max(0, hours.GetValueOrDefault(hour) + amount);
        foreach (var (code, own) in all.ToArray())
        {
            foreach (var gone in own.Where(one => one.Value == 0 || !Counts(one.Key, now)).Select(one => one.Key).ToArray())
            {
                own.Remove(gone);
            }

            if (own.Count == 0)
            {
                all.Remove(code);
            }
        }

        return all.Count == 0 ? null : JsonSerializer.Serialize(all);
    }

    /// <summary>What counts now in one currency.</summary>
    public static DayUse UseOf(string? volume, string currency, DateTimeOffset now)
    {
        var hours = Read(volume).GetValueOrDefault(currency);
        if (hours is null)
        {
            return new DayUse(0, []);
        }

        var counting = hours.Where(one => Counts(one.Key, now)).ToList();
        return new DayUse(counting.Sum(one => one.Value), [.. counting.Select(one => (FreesAt(one.Key), one.Value))]);
    }

    /// <summary>When an amount will fit under the limit, if nothing else is taken meanwhile; null when it never does.</summary>
    public static DateTimeOffset? FitsAt(DayUse use, decimal limit, decimal amount)
    {
        var left = use.Used;
        foreach (var (at, freed) in use.Frees)
        {
            left -= freed;
            if (left + amount <= limit)
            {
                return at;
            }
        }

        return null;
    }

    private static SortedDictionary<string, SortedDictionary<long, decimal>> Read(string? volume) => volume is null
        ? new(StringComparer.Ordinal)
        : new(
            JsonSerializer.Deserialize<Dictionary<string, SortedDictionary<long, decimal>>>(volume)
                ?? throw new InvalidOperationException("A volume is null in JSON."),
            StringComparer.Ordinal);

    private static bool Counts(long hour, DateTimeOffset now) => FreesAt(hour) > now;

    private static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / SecondsOfHour;

    private static DateTimeOffset FreesAt(long hour) => DateTimeOffset.FromUnixTimeSeconds((hour + 1 + HoursKept) * SecondsOfHour);
}
