using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Server.Core.Drain;

namespace P2P.Server.Core.Hubs;

/// <summary>What all hubs share: protocol, filters and limits.</summary>
public static class HubSetup
{
    private static readonly PathString Hubs = new("/hubs");
    private static readonly TimeSpan CloseWaitMax = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHubs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Limits").Get<LimitSettings>() ?? new LimitSettings());
        services.AddSingleton<DrainState>();
        services.AddScoped<CallScope>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<UserRates>();
        services.AddSingleton<ConnectionLimits>();
        services.AddSingleton<RefusalFilter>();
        services.AddSingleton<OrderFilter>();
        services.AddSingleton<RoleFilter>();
        services.AddSingleton<ArgumentFilter>();
        services.AddSingleton<RateFilter>();
        services.AddSingleton<TimeFilter>();
        services.AddSignalR(Configure).AddJsonProtocol(json => WireJson.ApplyServer(json.PayloadSerializerOptions));
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(HubConnections<>));
        services.AddSingleton<IUserIdProvider, CallerUserIds>();

        // It logs every refused call as an error; faults are logged by our own filter.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        return services;
    }

    /// <summary>Must stand before authentication, and behind whatever finds out the caller's address.</summary>
    public static void UseHubGate(this WebApplication app) =>
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase),
            hubs => hubs.UseMiddleware<HubGate>());

    /// <summary>Maps a hub: WebSockets only, closed when the token ends, counted by user and address.</summary>
    public static void MapHubAt<THub>(this WebApplication app, string path)
        where THub : Hub
    {
        var limits = app.Services.GetRequiredService<ConnectionLimits>();
        app.MapHub<THub>(path, options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.CloseOnAuthenticationExpiration = true;
                options.WebSockets.CloseTimeout = CloseWaitMax;
            })
            .Add(endpoint =>
            {
                var run = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{path} has no endpoint.");
                var negotiates = endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } pattern } && pattern != path;
                endpoint.RequestDelegate = negotiates ? run : context => Connect(context, limits, run);
            });
    }

    /// <summary>
    /// A socket begins with GET, or with CONNECT in HTTP/2. Whatever else SignalR takes here belongs to the transports that are off: a POST
    /// would be kept in memory for a connection that never begins.
    /// </summary>
    private static Task Connect(HttpContext context, ConnectionLimits limits, RequestDelegate run)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsConnect(context.Request.Method))
        {
            return limits.Run(context, run);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void Configure(HubOptions options)
    {
        options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        options.ClientTimeoutInterval = TimeSpan.FromSeconds(60);
        options.HandshakeTimeout = TimeSpan.FromSeconds(5);
        options.MaximumParallelInvocationsPerClient = 8;
        options.EnableDetailedErrors = false;
        options.SupportedProtocols = ["json"];

        // The guard refuses frames beyond the contract's size itself and tells why; SignalR's own limit would only close.
        options.MaximumReceiveMessageSize = 2 * Limits.FrameBytesMax;

        // The first is the outermost.
        options.AddFilter<RefusalFilter>();
        options.AddFilter<OrderFilter>();
        options.AddFilter<RoleFilter>();
        options.AddFilter<ArgumentFilter>();
        options.AddFilter<RateFilter>();
        options.AddFilter<TimeFilter>();
    }
}
