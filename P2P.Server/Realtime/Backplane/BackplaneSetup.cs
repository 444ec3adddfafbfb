using Microsoft.AspNetCore.SignalR;
using P2P.Server.Realtime.Presence;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// How nodes reach each other. Where Microsoft.AspNetCore.SignalR.StackExchangeRedis can be had it may take the place of
/// <see cref="BackplaneHubs{THub}"/>; events, presence and revocations go by the bus in any case.
/// </summary>
public static class BackplaneSetup
{
    /// <summary>Comes after the hubs: with Redis in the settings their lifetime manager is replaced.</summary>
    public static IServiceCollection AddBackplane(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = BackplaneSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<ClusterBus>();
        services.AddSingleton<ClusterBeat>();
        services.AddSingleton<EventRelay>();
        services.AddSingleton<PresenceBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterBeat>());
        services.AddHostedService(provider => provider.GetRequiredService<EventRelay>());
        services.AddHostedService<PresenceFeed>();
        services.AddSingleton<BackplaneFigures>();
        services.AddSingleton(provider => provider.GetRequiredService<BackplaneFigures>().AsPart());
        if (settings.IsOn)
        {
            services.AddSingleton(typeof(HubLifetimeManager<>), typeof(BackplaneHubs<>));
        }

        return services;
    }

    /// <summary>
    /// With several nodes, a client that negotiates may do so with one node and connect to another: it gets its connection there, because
    /// the id that it was given is not asked for. No load balancer needs to remember who went where.
    /// </summary>
    public static void UseBackplane(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<ClusterBus>().IsOn)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
                && context.Request.Query.ContainsKey("id"))
            {
                context.Request.QueryString = QueryString.Create(context.Request.Query.Where(pair => pair.Key != "id"));
            }

            return next(context);
        });
    }
}
