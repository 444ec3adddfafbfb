using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace P2P.Server.Core.Observing;

/// <summary>
/// Figures, traces and health, as operators read them: figures at <c>/metrics</c>, both sent by OTLP where a collector is named.
/// </summary>
public static class ObservingSetup
{
    private const int ExportTimeoutMs = 2_000;

    /// <summary>Series of one instrument: a fault in a label must not take the node's memory.</summary>
    private const int SeriesMax = 1_000;

    private static readonly string[] Meters =
    [
        ServerMeter.Name,
        "Npgsql",
        "System.Runtime",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
    ];

    private static readonly string[] Sources = [ServerMeter.Name, "Npgsql", "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server"];

    public static IServiceCollection AddObserving(this IServiceCollection services, IConfiguration configuration, MetricsSettings settings)
    {
        var otlp = OtlpSettings.From(configuration);
        var sends = otlp.Endpoint is not null || !string.IsNullOrWhiteSpace(configuration[OtlpSettings.StandardEndpoint]);
        services.AddSingleton(settings);
        services.AddSingleton<OperatorDoor>();
        services.AddSingleton<Readiness>();
        if (settings.Enabled || sends)
        {
            services.AddSingleton(_ => Metrics(settings.Enabled, otlp, sends));
        }

        if (sends)
        {
            services.AddSingleton(_ => Traces(otlp));
        }

        return services;
    }

    /// <summary>What the operators' own address serves is nothing else. Must stand before everything.</summary>
    public static void UseObserving(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<OperatorDoor>();
        app.Use((context, next) =>
        {
            if (door.IsOwn(context) && !HealthEndpoint.IsHealth(context.Request.Path) && context.Request.Path != HealthEndpoint.Metrics)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }

    /// <summary>Maps the paths, and begins to count.</summary>
    public static void MapObserving(this WebApplication app)
    {
        app.MapHealthParts();
        _ = app.Services.GetService<TracerProvider>();
        var metrics = app.Services.GetService<MeterProvider>();
        if (!app.Services.GetRequiredService<MetricsSettings>().Enabled)
        {
            return;
        }

        var door = app.Services.GetRequiredService<OperatorDoor>();
        app.MapPrometheusScrapingEndpoint(
                HealthEndpoint.Metrics,
                metrics,
                branch => branch.Use((context, next) =>
                {
                    if (door.Admits(context))
                    {
                        return next(context);
                    }

                    door.Refuse(context);
                    return Task.CompletedTask;
                }),
                optionsName: null)
            .AllowAnonymous();
    }

    private static MeterProvider Metrics(bool read, OtlpSettings otlp, bool sends)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(Meters)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = SeriesMax });
        if (read)
        {
            builder.AddPrometheusExporter(options => options.ScopeInfoEnabled = false);
        }

        if (sends)
        {
            builder.AddOtlpExporter(options => Address(options, otlp, "v1/metrics"));
        }

        return builder.Build();
    }

    private static TracerProvider Traces(OtlpSettings otlp) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(Describe)
        .AddSource(Sources)
        .SetSampler(new LinkSampler(otlp.TraceShare))
        .AddOtlpExporter(options => Address(options, otlp, "v1/traces"))
        .Build();

    private static void Address(OtlpExporterOptions options, OtlpSettings otlp, string path)
    {
        options.TimeoutMilliseconds = ExportTimeoutMs;
        if (otlp.Endpoint is { } endpoint)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
        }
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService(
        "p2p-server", serviceVersion: typeof(ObservingSetup).Assembly.GetName().Version?.ToString(3));
}
