namespace P2P.Server.Trading.CryptoOrders;

/// <summary>One step: how many times the time of <see cref="OrderLimits.LapseHours"/> a cool-down takes.</summary>
public sealed record CoolDownStep(int Step, int Times);

/// <summary>How long cool-downs are: each that begins within <see cref="OrderLimits.CoolDownMemoryDays"/> after the one before it is longer.</summary>
public static class CoolDownLadder
{
    /// <summary>The last row stands for all that follow.</summary>
    public static IReadOnlyList<CoolDownStep> Rows { get; } =
    [
        //  step  times
        new(1,    1),
        new(2,    3),
        new(3,    7),
    ];

    /// <summary>The step of a cool-down that begins now.</summary>
    public static int Next(int former, DateTimeOffset? formerAt, DateTimeOffset now, OrderLimits limits) =>
        formerAt is { } at && now - at < TimeSpan.FromDays(limits.CoolDownMemoryDays) ? Math.Min(former + 1, Rows.Count) : 1;

    public static int HoursOf(int step, OrderLimits limits) => Rows[step - 1].Times * limits.LapseHours;

    /// <summary>How long a cool-down would be that begins now.</summary>
    public static int NextHours(int former, DateTimeOffset? formerAt, DateTimeOffset now, OrderLimits limits) =>
        HoursOf(Next(former, formerAt, now, limits), limits);
}
