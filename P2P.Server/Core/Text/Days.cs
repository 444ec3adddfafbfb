using System.Globalization;
using P2P.Contracts;

namespace P2P.Server.Core.Text;

/// <summary>Days (UTC) as they are asked for: <c>2026-01-31</c>.</summary>
public static class Days
{
    /// <summary>Between the first day of a range and the last.</summary>
    public const int RangeMax = 366;

    private const string Shape = "yyyy-MM-dd";

    public static string Spell(DateOnly day) => day.ToString(Shape, CultureInfo.InvariantCulture);

    /// <summary>A day that <see cref="Spell"/> wrote.</summary>
    public static DateOnly Read(string day) => DateOnly.ParseExact(day, Shape, CultureInfo.InvariantCulture);

    /// <summary>A day that a caller wrote.</summary>
    /// <exception cref="Refused">BAD_INPUT.</exception>
    public static DateOnly Parse(string? text, string path) =>
        DateOnly.TryParseExact(text, Shape, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new Refused(ErrorCodes.BadInput, $"Name the day {path} as 2026-01-31.", ("path", path));

    /// <summary>Refuses a range that cannot be answered.</summary>
    /// <exception cref="Refused">BAD_INPUT.</exception>
    public static void CheckRange(DateOnly from, DateOnly to)
    {
        if (to.DayNumber - from.DayNumber is < 0 or > RangeMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"The last day is at most {RangeMax} days after the first.", ("path", "to"));
        }
    }
}
