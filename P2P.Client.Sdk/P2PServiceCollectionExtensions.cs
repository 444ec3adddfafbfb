using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace P2P.Client.Sdk;

/// <summary>Puts clients into a program's services.</summary>
public static class P2PServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="P2PClient"/> for the whole program; the container disposes it. Connect it with
    /// <see cref="P2PClient.ConnectAsync"/>.
    /// </summary>
    public static IServiceCollection AddP2PClient(this IServiceCollection services, Action<P2PClientOptions> configure) =>
        services.AddP2PClient((options, _) => configure(options));

    /// <inheritdoc cref="AddP2PClient(IServiceCollection, Action{P2PClientOptions})"/>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options, with the services at hand: a token provider often needs one.</param>
    public static IServiceCollection AddP2PClient(this IServiceCollection services, Action<P2PClientOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(provider => Make(provider, configure));
    }

    /// <summary>
    /// Adds a client under a key, for a program that acts for several users: ask for it with <c>[FromKeyedServices(key)]</c>.
    /// </summary>
    public static IServiceCollection AddKeyedP2PClient(
        this IServiceCollection services,
        object key,
        Action<P2PClientOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddKeyedSingleton(key, (provider, _) => Make(provider, configure));
    }

    /// <summary>
    /// Adds one <see cref="DealerClient"/> for the whole program; the container disposes it. Connect it with
    /// <see cref="DealerClient.ConnectAsync"/>.
    /// </summary>
    public static IServiceCollection AddP2PDealerClient(this IServiceCollection services, Action<P2PClientOptions> configure) =>
        services.AddP2PDealerClient((options, _) => configure(options));

    /// <inheritdoc cref="AddP2PDealerClient(IServiceCollection, Action{P2PClientOptions})"/>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options, with the services at hand: a token provider often needs one.</param>
    public static IServiceCollection AddP2PDealerClient(
        this IServiceCollection services, Action<P2PClientOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(provider => new DealerClient(Options(provider, configure)));
    }

    private static P2PClient Make(IServiceProvider provider, Action<P2PClientOptions, IServiceProvider> configure) =>
        new(Options(provider, configure));

    private static P2PClientOptions Options(IServiceProvider provider, Action<P2PClientOptions, IServiceProvider> configure)
    {
        var options = new P2PClientOptions();
        if (provider.GetService<ILoggerFactory>() is { } loggers)
        {
            options.LoggerFactory = loggers;
        }

        configure(options, provider);
        return options;
    }
}
