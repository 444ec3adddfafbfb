namespace P2P.Client.Sdk;

/// <summary>
/// The server's clock as heard at the last connection and carried on by this machine's steady clock, so that countdowns are right although
/// the user's clock is wrong or is set meanwhile.
/// </summary>
public sealed class ServerClock
{
    private readonly TimeProvider _time;
    private volatile Reading? _reading;

    internal ServerClock(TimeProvider time) => _time = time;

    /// <summary>The server's time now; this machine's own before the first connection.</summary>
    public DateTimeOffset Now => _reading is { } reading ? reading.ServerTime + _time.GetElapsedTime(reading.Timestamp) : _time.GetUtcNow();

    /// <summary>How far the server is ahead of this machine.</summary>
    public TimeSpan Offset => Now - _time.GetUtcNow();

    /// <summary>How long it is until a deadline; zero when it has passed.</summary>
    public TimeSpan Until(DateTimeOffset deadline) => deadline - Now is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    internal void Set(DateTimeOffset serverTime) => _reading = new Reading(serverTime, _time.GetTimestamp());

    private sealed record Reading(DateTimeOffset ServerTime, long Timestamp);
}
