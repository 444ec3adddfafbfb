using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Admin;
using P2P.Server.Core;
using P2P.Server.Core.Http;
using P2P.Server.Core.Hubs;
using P2P.Server.Deals;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Ledger;
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
    private static readonly TimeSpan ShutdownWaitMax = TimeSpan.FromSeconds(10);

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
        if (options.Settings is not null)
        {
            builder.Configuration.AddConfiguration(options.Settings);
        }

        builder.Configuration.AddCommandLine(args);
        builder.Host.UseDefaultServiceProvider(services =>
            services.ValidateScopes = services.ValidateOnBuild = options.Mode.IsDevelopment);
        AddLogging(builder.Logging, options.Mode);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (options.Urls.Count > 0)
        {
            builder.WebHost.UseUrls([.. options.Urls]);
        }

        AddFeatures(builder.Services, options, builder.Configuration);
        var app = builder.Build();
        MapFeatures(app);
        return app;
    }

    private static void AddFeatures(IServiceCollection services, ServerOptions options, IConfiguration configuration)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownWaitMax);
        services.AddSingleton(options);
        services.AddSingleton(options.Mode);
        services.AddSingleton(options.Auth);
        services.AddSingleton(_ => new Database(options.Database));
        services.AddRealtime(configuration);
        services.AddAccounts(configuration);
        services.AddDeals(configuration);
        services.AddPrices(configuration);
        services.AddAds(configuration);
        services.AddCryptoOrders(configuration);
        services.AddAdmin(configuration);
    }

    private static void MapFeatures(WebApplication app)
    {
        app.UseOriginCheck();
        app.UseBackplane();
        app.MapHealth();
        app.MapAccounts();
        app.MapCustody();
        app.MapAttachments();
        app.MapHubAt<TradeHub>(TradeHub.Path);
        app.MapAdmin();
    }

    private static void AddLogging(ILoggingBuilder logging, ServerMode mode)
    {
        logging.ClearProviders();

        // A start that fails is told by the command, in one sentence; this would write its stack trace. In development it is quiet altogether: when
        // listening fails, it also tells of services that were cancelled before they began.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", mode.IsDevelopment ? LogLevel.None : LogLevel.Critical);
        if (mode.IsDevelopment)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
            logging.SetMinimumLevel(LogLevel.Warning);
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
            });
        }
    }
}
