namespace P2P.Server.Core.Drain;

/// <summary>How a node that was told to stop ends (section <c>Drain</c>).</summary>
public sealed record DrainSettings
{
    /// <summary>What the last connections need to be answered, and the services after them to end.</summary>
    private const int EndSeconds = 5;

    /// <summary>Longest time from the signal to the end of the process.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>How long the node only says that it is draining: what a balancer needs to notice it.</summary>
    public int NoticeSeconds { get; init; } = 2;

    /// <summary>Longest time over which connections are told to go elsewhere.</summary>
    public int SpreadSeconds { get; init; } = 10;

    /// <summary>Connections that are told in a second, unless <see cref="SpreadSeconds"/> would not do for all.</summary>
    public int ConnectionsPerSecond { get; init; } = 200;

    /// <summary>Longest time until every service has ended; what was begun by nobody's leave is then broken off.</summary>
    internal TimeSpan ServicesMax => TimeSpan.FromSeconds(Seconds - EndSeconds);

    /// <summary>Reads and checks them.</summary>
    public static DrainSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Drain").Get<DrainSettings>() ?? new DrainSettings();
        return settings is { NoticeSeconds: >= 0, SpreadSeconds: >= 0, ConnectionsPerSecond: > 0, Seconds: <= 3_600 }
            && settings.NoticeSeconds + settings.SpreadSeconds + (2 * EndSeconds) <= settings.Seconds
                ? settings
                : throw new SettingsException(
                    $"Drain:Seconds must be {2 * EndSeconds} more than Drain:NoticeSeconds and Drain:SpreadSeconds together (at most 3600)"
                    + " and Drain:ConnectionsPerSecond above 0: correct them.");
    }

    /// <summary>How long it takes to tell so many connections.</summary>
    internal TimeSpan SpreadOver(int connections) =>
        TimeSpan.FromSeconds(Math.Min(SpreadSeconds, (double)connections / ConnectionsPerSecond));
}
