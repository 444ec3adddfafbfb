using P2P.Server.Admin.Audit;
using P2P.Server.Admin.House;
using P2P.Server.Admin.Merchants;
using P2P.Server.Admin.Orders;
using P2P.Server.Admin.Prices;
using P2P.Server.Admin.Users;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

/// <summary>Adds what staff have.</summary>
public static class AdminSetup
{
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<StaffGate>();
        services.AddSingleton<StaffUserFlow>();
        services.AddSingleton<StaffUserActFlow>();
        services.AddSingleton<StaffMerchantFlow>();
        services.AddSingleton<StaffOrderFlow>();
        services.AddSingleton<HouseFlow>();
        services.AddSingleton<AuditFlow>();
        services.AddSingleton<StaffPriceFlow>();
        services.AddSingleton<AdminDesk>();
        return services;
    }

    public static void MapAdmin(this WebApplication app) => app.MapHubAt<AdminHub>(AdminHub.Path);
}
