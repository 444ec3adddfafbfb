using P2P.Server.Core;

namespace P2P.Server.Dealers.Signaling;

/// <summary>The operator's relays (section <c>Turn</c>); docs/operations.md says how coturn is set up for them.</summary>
public sealed record TurnSettings
{
    private const int SecretCharsMin = 32;
    private const int MinutesMax = 10;

    /// <summary>Addresses of TURN servers; none means that peers fall back to the server's own relay.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>What coturn has as <c>static-auth-secret</c>: at least 32 characters.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Clients are asked to use relays only, so that peers do not learn each other's addresses.</summary>
    public bool RelayOnly { get; init; } = true;

    /// <summary>How long credentials are good: 1 to 10.</summary>
    public int Minutes { get; init; } = MinutesMax;

    /// <exception cref="SettingsException">They could not work, or not safely.</exception>
    public static TurnSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Turn").Get<TurnSettings>() ?? new TurnSettings();
        if (settings.Urls.FirstOrDefault(url => !url.StartsWith("turn:", StringComparison.Ordinal) && !url.StartsWith("turns:", StringComparison.Ordinal)) is { } wrong)
        {
            throw new SettingsException($"Turn:Urls has {wrong}, which is no address of a relay: write turn:HOST:PORT or turns:HOST:PORT.");
        }

        if (settings.Urls.Count > 0 && settings.Secret.Length < SecretCharsMin)
        {
            throw new SettingsException($"Turn:Secret has fewer than {SecretCharsMin} characters: make one with openssl rand -base64 32, for coturn as well.");
        }

        return settings.Minutes is >= 1 and <= MinutesMax
            ? settings
            : throw new SettingsException($"Turn:Minutes is {settings.Minutes}: choose 1 to {MinutesMax}.");
    }
}
