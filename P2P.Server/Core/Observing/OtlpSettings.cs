namespace P2P.Server.Core.Observing;

/// <summary>
/// Where figures and traces are sent (section <c>Otlp</c>). The standard's own variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the
/// others) count as well, and say what stands here not.
/// </summary>
public sealed record OtlpSettings
{
    /// <summary>The standard's name of <see cref="Endpoint"/>.</summary>
    internal const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector that takes OTLP over HTTP, as <c>http://collector:4318</c>; null sends nothing.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The share of calls that are traced, from 0 to 1; what a caller asks for does not count.</summary>
    public double TraceShare { get; init; } = 0.05;

    /// <summary>Reads and checks them.</summary>
    public static OtlpSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Otlp").Get<OtlpSettings>() ?? new OtlpSettings();
        if (settings.Endpoint is { } endpoint && endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new SettingsException($"Otlp:Endpoint is {endpoint}: write it like http://127.0.0.1:4318.");
        }

        return settings.TraceShare is >= 0 and <= 1
            ? settings
            : throw new SettingsException("Otlp:TraceShare lies between 0 and 1: correct it.");
    }
}
