using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Prices;

/// <summary>What reference prices need: the sources of the settings, and whoever looks at them.</summary>
public static class PricesSetup
{
    public static IServiceCollection AddPrices(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = PriceSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(_ => new PriceSources([.. settings.Sources.Select(source => SourceOf(source, settings))]));
        services.AddSingleton<PriceFlow>();
        services.AddSingleton<PricePollFlow>();
        services.AddSingleton<PriceHistoryFlow>();
        services.AddSingleton<PriceWatch>();
        services.AddSingleton<PriceDesk>();
        services.AddHostedService<PriceTimers>();
        services.AddHostedService<PriceFeed>();
        return services;
    }

    private static IPriceSource SourceOf(PriceSourceSettings source, PriceSettings settings)
    {
        var pollEvery = TimeSpan.FromSeconds(source.PollSeconds ?? settings.PollSeconds);
        return source.Kind == PriceSourceKind.Http ? new HttpPriceSource(source, pollEvery) : new FilePriceSource(source, pollEvery);
    }
}
