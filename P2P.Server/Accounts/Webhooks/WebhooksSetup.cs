using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Core;
using P2P.Server.Core.Outside;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>Adds webhooks, and the one way to addresses that users gave.</summary>
internal static class WebhooksSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => WebhookSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddSingleton(provider => OutsideSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddSingleton(HookLimits.From(configuration));
        services.AddSingleton<OutsideHttp>();
        services.AddSingleton<WebhookCourier>();
        services.AddHostedService<WebhookWorker>();
        return services;
    }

    /// <summary>What the calls of every hub need; without <see cref="AddWebhooks"/> they say that none are offered.</summary>
    public static IServiceCollection AddWebhookFlows(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebhookSettings());
        services.TryAddSingleton(OutsideAllowance.None);
        services.TryAddSingleton(new HookLimits());
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookHints>();
        services.AddSingleton<WebhookFlow>();
        return services;
    }
}
