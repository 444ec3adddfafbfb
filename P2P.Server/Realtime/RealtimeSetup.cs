using P2P.Server.Core.Drain;
using P2P.Server.Core.Hubs;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Healing;
using P2P.Server.Realtime.Push;
using P2P.Server.Realtime.Replica;
using P2P.Server.Realtime.Requests;
using P2P.Server.Realtime.Revocations;

namespace P2P.Server.Realtime;

/// <summary>Event streams, the request log and what every hub needs of both.</summary>
public static class RealtimeSetup
{
    public static IServiceCollection AddRealtime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubs(configuration);
        services.AddSingleton(DrainSettings.From(configuration));
        services.AddSingleton<HubLinks>();
        services.AddSingleton<EventPush>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<RequestLog>();
        services.AddReplica();
        services.AddBackplane(configuration);
        services.AddHostedService<Healer>();
        services.AddHostedService<ConnectionRevoker>();
        services.AddHostedService<RequestCleanup>();
        services.AddHostedService<Drainer>();
        return services;
    }
}
