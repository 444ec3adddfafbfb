namespace P2P.Server.Core.Observing;

/// <summary>How operators read the server's figures (section <c>Metrics</c>).</summary>
public sealed record MetricsSettings
{
    private const int TokenCharsMin = 16;

    /// <summary>Whether there are figures to read at <c>/metrics</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The bearer token of whoever reads them; null asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>An address of their own, as <c>http://10.0.0.5:9464</c>; then they are read nowhere else.</summary>
    public string? Listen { get; init; }

    /// <summary>The port of <see cref="Listen"/>.</summary>
    internal int? ListenPort => Listen is null ? null : BindingAddress.Parse(Listen).Port;

    /// <summary>Reads and checks them.</summary>
    /// <param name="configuration">The operator's settings.</param>
    /// <param name="urls">Where everything else is served.</param>
    public static MetricsSettings From(IConfiguration configuration, IEnumerable<string> urls)
    {
        var settings = configuration.GetSection("Metrics").Get<MetricsSettings>() ?? new MetricsSettings();
        settings = settings with { Token = Given(settings.Token), Listen = Given(settings.Listen) };
        if (settings.Token is { Length: < TokenCharsMin })
        {
            throw new SettingsException(
                $"Metrics:Token is shorter than {TokenCharsMin} characters: make one with `openssl rand -base64 32`.");
        }

        if (settings.Listen is { } listen)
        {
            EnsureOwn(listen, urls);
        }

        return settings;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static void EnsureOwn(string listen, IEnumerable<string> urls)
    {
        var own = Parsed(listen);
        if (own is not { Scheme: "http", Port: > 0, PathBase: "", IsUnixPipe: false })
        {
            throw new SettingsException($"Metrics:Listen is {listen}: write it like http://127.0.0.1:9464.");
        }

        // Who comes by that port is not asked for more: it must be no port of the users.
        if (urls.Select(Parsed).Any(other => other?.Port == own.Port))
        {
            throw new SettingsException($"Metrics:Listen has port {own.Port}, on which users are served: give it a port of its own.");
        }
    }

    private static BindingAddress? Parsed(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
