using P2P.Server.Trading.Schedules;

namespace P2P.Server.Trading.Ads;

/// <summary>What ads and the live book need.</summary>
public static class AdsSetup
{
    public static IServiceCollection AddAds(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Limits").Get<AdLimits>() ?? new AdLimits());
        services.AddSingleton<AdFlow>();
        services.AddSingleton<AdTotalFlow>();
        services.AddSingleton<AdModerationFlow>();
        services.AddSingleton(AdNotices.Source);
        services.AddSingleton<AdListFlow>();
        services.AddSingleton<AdBooks>();
        services.AddSingleton<AdBookFlow>();
        services.AddSingleton<ScheduleFlow>();
        services.AddSingleton<AdDesk>();
        services.AddHostedService<AdBookFeed>();
        return services;
    }
}
