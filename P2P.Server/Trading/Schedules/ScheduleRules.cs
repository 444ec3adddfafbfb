using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Schedules;

/// <summary>When a maker's ads are open: a week of local minutes, from Monday 0:00 and as PostgreSQL spells it, and a vacation.</summary>
/// <param name="TimeZone">An IANA name; null without a week.</param>
/// <param name="Week">Ranges of minutes (<c>{[540,1080)}</c>); null for always.</param>
/// <param name="VacationUntil">Nothing is open before; null for no vacation.</param>
public sealed record MakerHours(string? TimeZone, string? Week, DateTimeOffset? VacationUntil);

/// <summary>Pure decisions about a maker's hours. Lists decide the same in SQL (<c>AdSql.IsShown</c>).</summary>
public static class ScheduleRules
{
    /// <summary>Windows begin and end at such steps. Clocks of all zones are moved by whole ones, so a look at each step misses no opening.</summary>
    public const int MinutesStep = 15;

    private const int MinutesOfDay = 24 * 60;

    // A week, the hour that a change of the clock may swallow, and the week after it.
    private const int StepsAhead = 15 * MinutesOfDay / MinutesStep;

    /// <summary>Why a maker's ads cannot be taken now; null when they can.</summary>
    public static Reason? AwayBecause(MakerHours hours, DateTimeOffset now)
    {
        var onVacation = hours.VacationUntil > now;
        if (!onVacation && IsInWeek(hours, now))
        {
            return null;
        }

        var (reason, sentence) = onVacation ? ("vacation", "The maker is on vacation.") : ("outsideHours", "The maker's hours are over.");
        return OpensAt(hours, now) is { } at
            ? Refused.Because(ErrorCodes.AdUnavailable, sentence, ("reason", reason), ("opensAt", WireJson.Spell(at)))
            : Refused.Because(ErrorCodes.AdUnavailable, sentence, ("reason", reason));
    }

    public static bool IsOpen(MakerHours hours, DateTimeOffset now) => !(hours.VacationUntil > now) && IsInWeek(hours, now);

    /// <summary>The first time from now on at which ads are open; null when that is not within two weeks after the vacation.</summary>
    public static DateTimeOffset? OpensAt(MakerHours hours, DateTimeOffset now) =>
        FirstAt(hours, hours.VacationUntil is { } end && end > now ? end : now, open: true);

    /// <summary>The first time from now on at which they are not; null when they are open for two weeks.</summary>
    public static DateTimeOffset? ClosesAt(MakerHours hours, DateTimeOffset now) => FirstAt(hours, now, open: false);

    /// <summary>The week as it is stored; null for no windows. Throws BAD_INPUT.</summary>
    public static string? WeekOf(IReadOnlyList<ScheduleWindow> windows)
    {
        if (windows.Count > Limits.ScheduleWindowsMax)
        {
            throw Bad($"A schedule has at most {Limits.ScheduleWindowsMax} windows.", "windows");
        }

        foreach (var window in windows)
        {
            if (window is null || window.Day is < Weekday.Monday or > Weekday.Sunday)
            {
                throw Bad("A window has a day of the week.", "windows");
            }

            if (window.FromMinute < 0 || window.ToMinute > MinutesOfDay || window.FromMinute >= window.ToMinute
                || window.FromMinute % MinutesStep != 0 || window.ToMinute % MinutesStep != 0)
            {
                throw Bad($"A window begins before it ends, within a day of 1,440 minutes, in steps of {MinutesStep}.", "windows");
            }
        }

        return windows.Count == 0 ? null : $"{{{string.Join(',', windows.Select(Spell))}}}";
    }

    /// <summary>The stored week as windows, none of them longer than its day.</summary>
    public static IReadOnlyList<ScheduleWindow> WindowsOf(string? week) =>
    [
        .. Ranges(week).SelectMany(range => Days(range)),
    ];

    /// <summary>Refuses a vacation that is over before it begins, or longer than a year.</summary>
    public static void CheckVacation(DateTimeOffset? until, DateTimeOffset now)
    {
        if (until is { } end && (end <= now || end > now.AddDays(Limits.VacationDaysMax)))
        {
            throw Bad($"A vacation ends in the future, within {Limits.VacationDaysMax} days.", "until");
        }
    }

    public static void CheckZone(string zone)
    {
        if (zone.Length is 0 or > Limits.TimeZoneCharsMax || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw UnknownZone();
        }
    }

    public static Refused UnknownZone() => Bad("A time zone is an IANA name such as Africa/Nairobi.", "timeZone");

    private static DateTimeOffset? FirstAt(MakerHours hours, DateTimeOffset from, bool open)
    {
        if (IsOpen(hours, from) == open)
        {
            return from;
        }

        var step = TimeSpan.FromMinutes(MinutesStep);
        var at = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % step.Ticks), TimeSpan.Zero);
        for (var i = 0; i < StepsAhead; i++)
        {
            at += step;
            if (IsOpen(hours, at) == open)
            {
                return at;
            }
        }

        return null;
    }

    private static bool IsInWeek(MakerHours hours, DateTimeOffset now)
    {
        if (hours.Week is null || hours.TimeZone is null)
        {
            return true;
        }

        // A zone that this host does not know, because its data are older than another node's, is read as UTC.
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now;
        var minute = ((((int)local.DayOfWeek + 6) % 7) * MinutesOfDay) + (local.Hour * 60) + local.Minute;
        return Ranges(hours.Week).Any(range => minute >= range.From && minute < range.To);
    }

    private static IEnumerable<(int From, int To)> Ranges(string? week) => (week ?? "")
        .Split(['{', '}', '[', ')', ','], StringSplitOptions.RemoveEmptyEntries)
        .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
        .Chunk(2)
        .Select(pair => (pair[0], pair[1]));

    private static IEnumerable<ScheduleWindow> Days((int From, int To) range)
    {
        for (var day = range.From / MinutesOfDay; day * MinutesOfDay < range.To; day++)
        {
            yield return new ScheduleWindow
            {
                Day = Weekday.Monday + day,
                FromMinute = Math.Max(range.From - (day * MinutesOfDay), 0),
                ToMinute = Math.Min(range.To - (day * MinutesOfDay), MinutesOfDay),
            };
        }
    }

    private static string Spell(ScheduleWindow window)
    {
        var day = (window.Day - Weekday.Monday) * MinutesOfDay;
        return string.Create(CultureInfo.InvariantCulture, $"[{day + window.FromMinute},{day + window.ToMinute})");
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
