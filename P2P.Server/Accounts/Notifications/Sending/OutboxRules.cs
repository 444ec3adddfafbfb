namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>When something is tried again.</summary>
public static class OutboxRules
{
    private const int DoublingsMax = 30;

    /// <summary>The wait after an attempt that failed: it doubles with each, and chance takes up to half of it away.</summary>
    /// <param name="attempts">How many there were, at least 1.</param>
    /// <param name="msMin">The first wait.</param>
    /// <param name="msMax">The longest wait.</param>
    /// <param name="percent">Chance: 0 to 99.</param>
    public static int DelayMs(int attempts, int msMin, int msMax, int percent)
    {
        var whole = Math.Min((long)msMin << Math.Clamp(attempts - 1, 0, DoublingsMax), msMax);
        return (int)(whole - (whole * percent / 200));
    }

    /// <summary>The next attempt would come too late.</summary>
    public static bool IsGivenUp(DateTimeOffset createdAt, DateTimeOffset now, int giveUpHours) => now - createdAt >= TimeSpan.FromHours(giveUpHours);
}
