using P2P.Server.Core.Hubs;

namespace P2P.Server.Trading;

/// <summary>Crypto for fiat (section <c>Trading</c>).</summary>
public sealed record TradingSettings
{
    /// <summary>False: there is no trade hub, and with it no ads and no new trades. What traders have stays where it is.</summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>Opens trading, unless the operator switched it off.</summary>
public static class TradingSetup
{
    public static IServiceCollection AddTrading(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(configuration.GetSection("Trading").Get<TradingSettings>() ?? new TradingSettings());

    public static void MapTrading(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TradingSettings>().Enabled)
        {
            app.MapHubAt<TradeHub>(TradeHub.Path);
        }
    }
}
