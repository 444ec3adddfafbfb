using Microsoft.Extensions.DependencyInjection.Extensions;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>Adds second factors.</summary>
internal static class SecondFactorsSetup
{
    public static IServiceCollection AddSecondFactors(this IServiceCollection services, IConfiguration configuration)
    {
        _ = SecondFactorSettings.From(configuration); // A wrong key is told at start, not to the first who needs it.
        services.AddSingleton(provider => SecondFactorSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddSingleton(SecondFactorEvents.Source);
        return services;
    }

    /// <summary>What the calls of every hub need; without settings nothing is offered.</summary>
    public static IServiceCollection AddSecondFactorFlows(this IServiceCollection services)
    {
        services.TryAddSingleton(SecondFactorSettings.None);
        services.AddSingleton<SecondFactorVault>();
        services.AddSingleton<SecondFactorGate>();
        services.AddSingleton<SecondFactorFlow>();
        return services;
    }
}
