using P2P.Server.Accounts.Profiles;

namespace P2P.Server.Deals.Reviews;

/// <summary>The flows behind the calls on reviews.</summary>
public sealed record ReviewDesk(ReviewFlow Flow, ReviewReadFlow Reads);

/// <summary>What reviews and reputation need.</summary>
public static class ReviewsSetup
{
    public static IServiceCollection AddReviews(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Limits").Get<ReviewLimits>() ?? new ReviewLimits());
        services.AddSingleton<ReviewFlow>();
        services.AddSingleton<ReviewReadFlow>();
        services.AddSingleton<ReviewModerationFlow>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton(ReviewNotices.Source);
        services.AddSingleton<ReputationFlow>();
        services.AddSingleton<ReadTradeRecord>(provider => provider.GetRequiredService<ReputationFlow>().Record);
        services.AddHostedService<ReputationTimer>();
        return services;
    }
}
