using Microsoft.AspNetCore.SignalR;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Replica;

/// <summary>Reads from a replica, where one is set.</summary>
internal static class ReplicaSetup
{
    public static IServiceCollection AddReplica(this IServiceCollection services)
    {
        services.AddSingleton<ReplicaReads>();
        services.AddSingleton<ReplicaFilter>();
        services.AddHostedService<ReplicaWatch>();
        services.Configure<HubOptions>(options => options.AddFilter<ReplicaFilter>());
        return services;
    }

    /// <summary>The same for requests; stands behind authentication.</summary>
    public static Task Note(HttpContext context, Func<HttpContext, Task> next)
    {
        var reads = context.RequestServices.GetRequiredService<ReplicaReads>();
        return reads.Replica is null || HttpMethods.IsGet(context.Request.Method) ? next(context) : Noted();

        async Task Noted()
        {
            // The mark stands before the answer is sent; work that goes on after it has its own events.
            context.Response.OnStarting(() =>
            {
                if (CallerClaims.CallerOf(context.User) is { } caller)
                {
                    reads.Freshness.Touch(caller.UserId);
                }

                return Task.CompletedTask;
            });
            await next(context);
        }
    }
}
