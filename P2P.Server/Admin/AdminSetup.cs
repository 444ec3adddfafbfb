using P2P.Server.Accounts.Privacy;
using P2P.Server.Admin.Analytics;
using P2P.Server.Admin.Announcements;
using P2P.Server.Admin.Audit;
using P2P.Server.Admin.Catalogue;
using P2P.Server.Admin.Complaints;
using P2P.Server.Admin.Counters;
using P2P.Server.Admin.Disputes;
using P2P.Server.Admin.House;
using P2P.Server.Admin.Ledger;
using P2P.Server.Admin.Members;
using P2P.Server.Admin.Merchants;
using P2P.Server.Admin.Moderation;
using P2P.Server.Admin.Orders;
using P2P.Server.Admin.Prices;
using P2P.Server.Admin.Privacy;
using P2P.Server.Admin.Users;
using P2P.Server.Core.Hubs;
using P2P.Server.Deals.Chat;

namespace P2P.Server.Admin;

/// <summary>Adds what staff have.</summary>
public static class AdminSetup
{
    public static IServiceCollection AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StaffGate>();
        services.AddSingleton<StaffUserFlow>();
        services.AddSingleton<StaffUserActFlow>();
        services.AddSingleton<StaffMerchantFlow>();
        services.AddSingleton<StaffOrderFlow>();
        services.AddSingleton<StaffDisputeFlow>();
        services.AddSingleton<StaffDisputeActFlow>();
        services.AddSingleton<StaffMemberFlow>();
        services.AddSingleton<CaseReadFlow>();
        services.AddSingleton<ChatReaders>(provider => provider.GetRequiredService<CaseReadFlow>().MayReadRoom);
        services.AddSingleton<MayReadFile>(provider => provider.GetRequiredService<CaseReadFlow>().MayReadFile);
        services.AddSingleton<StaffDisputeDesk>();
        services.AddSingleton<StaffComplaintFlow>();
        services.AddSingleton<ModerationFlow>();
        services.AddSingleton<HouseFlow>();
        services.AddSingleton<AuditFlow>();
        services.AddSingleton(WatchSettings.From(configuration));
        services.AddSingleton<FindingFlow>();
        services.AddSingleton<VerificationFlow>();
        services.AddSingleton<LedgerDesk>();
        services.AddHostedService<LedgerWatch>();
        services.AddSingleton<CatalogueFlow>();
        services.AddSingleton<StaffAnnouncementFlow>();
        services.AddSingleton<CounterFlow>();
        services.AddHostedService<StaffFeed>();
        services.AddHostedService<HouseFigures>();
        services.AddSingleton<AnalyticsFlow>();
        services.AddSingleton<AnalyticsRollup>();
        services.AddHostedService<AnalyticsTimer>();
        services.AddSingleton<StaffPriceFlow>();
        services.AddExports(AdminExportSql.Sources, AdminExportSql.Gaps);
        services.AddSingleton<AdminDesk>();
        return services;
    }

    public static void MapAdmin(this WebApplication app)
    {
        app.MapHubAt<AdminHub>(AdminHub.Path);
        app.MapAnalytics();
    }
}
