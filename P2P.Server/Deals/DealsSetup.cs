using P2P.Server.Accounts.Privacy;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Complaints;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Server.Deals.Ledger;
using P2P.Server.Deals.Offers;
using P2P.Server.Deals.Privacy;
using P2P.Server.Deals.Reviews;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Deals;

/// <summary>Adds what any agreement between two parties needs. Kinds of orders add themselves as <see cref="IOrderKind"/>.</summary>
public static class DealsSetup
{
    public static IServiceCollection AddDeals(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(EngineSettings.From(configuration));
        services.AddSingleton(provider =>
        {
            var engine = ActivatorUtilities.CreateInstance<OrderEngine>(provider, provider.GetRequiredService<Db.Database>().Options);
            engine.Recorded += provider.GetRequiredService<EventPush>().Tell;
            engine.OffersChanged += provider.GetRequiredService<OfferChanges>().Raise;
            return engine;
        });
        services.AddSingleton(configuration.GetSection("Disputes").Get<DisputeSettings>() ?? new DisputeSettings());
        services.AddSingleton<DisputeFlow>();
        services.AddSingleton<DisputeReadFlow>();
        services.AddSingleton<DisputeStaffFlow>();
        services.AddSingleton<OfferChanges>();
        services.AddHostedService<OfferRelay>();
        services.AddSingleton<SuspensionEffects>();
        services.AddSingleton<ApplySuspension>(provider => provider.GetRequiredService<SuspensionEffects>().Apply);
        services.AddHostedService<DealTimers>();
        services.AddLedger(configuration);
        services.AddChat(configuration);
        services.AddSingleton<AttachmentFlow>();
        services.AddSingleton(OrderNotices.Source);
        services.AddSingleton(DisputeNotices.Source);
        services.AddReviews(configuration);
        services.AddComplaints(configuration);
        services.AddExports(DealExportSql.Sources, DealExportSql.Gaps);
        services.AddSingleton<DealDesk>();
        return services;
    }
}
