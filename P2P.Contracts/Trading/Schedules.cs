namespace P2P.Contracts.Trading;

/// <summary>A day of the week.</summary>
public enum Weekday
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The first day.</summary>
    Monday,

    /// <summary>The second day.</summary>
    Tuesday,

    /// <summary>The third day.</summary>
    Wednesday,

    /// <summary>The fourth day.</summary>
    Thursday,

    /// <summary>The fifth day.</summary>
    Friday,

    /// <summary>The sixth day.</summary>
    Saturday,

    /// <summary>The last day.</summary>
    Sunday,
}

/// <summary>A part of a day in which a maker's ads are open, by the local clock. One that lasts past midnight is two windows.</summary>
public sealed record ScheduleWindow
{
    /// <summary>Which day.</summary>
    public required Weekday Day { get; init; }

    /// <summary>Its first minute since midnight: 0 to 1,425, a multiple of 15.</summary>
    public required int FromMinute { get; init; }

    /// <summary>The minute after its last: 15 to 1,440, a multiple of 15.</summary>
    public required int ToMinute { get; init; }
}

/// <summary>Sets the week in which the caller's ads are open.</summary>
public sealed record SetScheduleRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>By whose clock, as an IANA name (<c>Africa/Nairobi</c>): windows follow it when the clock is moved.</summary>
    public required string TimeZone { get; init; }

    /// <summary>At most 28; those that touch are joined. None: ads are open always.</summary>
    public required IReadOnlyList<ScheduleWindow> Windows { get; init; }
}

/// <summary>Begins or ends a vacation.</summary>
public sealed record SetVacationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>When the caller is back, at most 365 days ahead; left out to be back at once.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>When a maker's ads are open.</summary>
public sealed record MakerSchedule
{
    /// <summary>By whose clock; null without windows.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The windows in the order of the week; none when ads are open always.</summary>
    public required IReadOnlyList<ScheduleWindow> Windows { get; init; }

    /// <summary>When the vacation ends; null when there is none.</summary>
    public DateTimeOffset? VacationUntil { get; init; }

    /// <summary>Whether ads are open now.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>When they open next; null when they are open.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>When they close next; null when they are not open, or do not close within two weeks.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}
