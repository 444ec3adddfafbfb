using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Admin;
using P2P.Server.Core.Drain;
using P2P.Server.Core.Http;
using P2P.Server.Core.Observing;
using P2P.Server.Dealers;
using P2P.Server.Deals;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Ledger;
using P2P.Server.Operator;
using P2P.Server.Realtime;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Trading;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;
using P2P.Server.Trading.Prices;

namespace P2P.Server;

/// <summary>Puts the server together: every feature adds its services and maps its paths with one line each.</summary>
public static class ServerApp
{
    /// <summary>A server that is ready to be started.</summary>
    /// <param name="options">What it must be told.</param>
    /// <param name="args">Further settings as <c>--Section:Name=value</c>; they win.</param>
    public static WebApplication Build(ServerOptions options, string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            // Development, too, answers a fault as production does: no page shows stack traces and headers.
            EnvironmentName = Environments.Production,
            // Settings are read once: a file watcher per server would use up the machine's inotify instances in tests.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        if (options.Mode.IsDevelopment)
        {
            // Nobody balances a development server: it need not say for a while that it is about to stop.
            builder.Configuration.AddInMemoryCollection([new("Drain:NoticeSeconds", "0")]);
        }

        if (options.Settings is not null)
        {
            builder.Configuration.AddConfiguration(options.Settings);
        }

        builder.Configuration.AddCommandLine(args);
        builder.Host.UseDefaultServiceProvider(services =>
            services.ValidateScopes = services.ValidateOnBuild = options.Mode.IsDevelopment);
        builder.Logging.AddServerLog(options.Mode);
        foreach (var logger in options.Loggers)
        {
            builder.Logging.AddProvider(logger);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var metrics = Listen(builder, options.Urls);
        AddFeatures(builder.Services, options, builder.Configuration);
        builder.Services.AddObserving(builder.Configuration, metrics);
        var app = builder.Build();
        MapFeatures(app);
        return app;
    }

    /// <summary>Listens where users are served and, when it is set, on an address for operators.</summary>
    private static MetricsSettings Listen(WebApplicationBuilder builder, IReadOnlyList<string> urls)
    {
        var endpoints = builder.Configuration.GetSection("Kestrel:Endpoints");
        var named = endpoints.GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        var own = MetricsSettings.From(builder.Configuration, urls.Concat(named));
        if (urls.Count > 0)
        {
            builder.WebHost.UseUrls([.. urls, .. own.Listen is { } listen ? [listen] : Array.Empty<string>()]);
        }
        else if (own.Listen is { } beside)
        {
            // Endpoints of the settings would win over any address that is named in another way.
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Kestrel:Endpoints:Metrics:Url", beside)]);
        }

        return own;
    }

    private static void AddFeatures(IServiceCollection services, ServerOptions options, IConfiguration configuration)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainSettings.From(configuration).ServicesMax);
        services.AddSingleton<IHostLifetime, CommandLifetime>();
        services.AddSingleton(options);
        services.AddSingleton(options.Mode);
        services.AddSingleton(options.Auth);
        services.AddSingleton(_ => new Database(options.Database));
        services.AddRealtime(configuration);
        services.AddAccounts(configuration);
        services.AddDeals(configuration);
        services.AddTrading(configuration);
        services.AddPrices(configuration);
        services.AddAds(configuration);
        services.AddCryptoOrders(configuration);
        services.AddDealers(configuration);
        services.AddAdmin(configuration);
    }

    private static void MapFeatures(WebApplication app)
    {
        app.UseObserving();
        app.UseOriginCheck();
        app.UseBackplane();
        app.MapHealth();
        app.MapObserving();
        app.MapAccounts();
        app.MapCustody();
        app.MapAttachments();
        app.MapTrading();
        app.MapDealers();
        app.MapAdmin();
    }
}
