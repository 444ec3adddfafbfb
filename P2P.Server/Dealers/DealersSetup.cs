using P2P.Server.Accounts.Keys;
using P2P.Server.Accounts.Privacy;
using P2P.Server.Core.Hubs;
using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Dealers.Invitations;
using P2P.Server.Dealers.Items;
using P2P.Server.Dealers.Peers;
using P2P.Server.Dealers.Privacy;
using P2P.Server.Dealers.Sales;
using P2P.Server.Dealers.Signaling;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers;

/// <summary>Adds the dealers' network, unless the operator switched it off.</summary>
public static class DealersSetup
{
    public static IServiceCollection AddDealers(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Dealers").Get<DealerSettings>() ?? new DealerSettings();
        services.AddSingleton(settings);
        // What is kept of a person is told and erased with the network off, too.
        services.AddExports(DealerExportSql.Sources, DealerExportSql.Gaps);
        if (!settings.Enabled)
        {
            return services;
        }

        services.AddSingleton<PeerFlow>();
        services.AddSingleton<ConnectionFlow>();
        services.AddSingleton<InvitationTries>();
        services.AddSingleton<InvitationFlow>();
        services.AddSingleton<InvitationRequestFlow>();
        services.AddSingleton(configuration.GetSection("Goods").Get<GoodsLimits>() ?? new GoodsLimits());
        services.AddSingleton<IOrderKind, GoodsOrderKind>();
        services.AddSingleton<GoodsOrderFlow>();
        services.AddSingleton<GoodsOrderReadFlow>();
        services.AddSingleton<SalesFlow>();
        services.AddSingleton(GoodsOrderNotices.Source);
        services.AddSingleton<ItemFlow>();
        services.AddSingleton<ItemShareFlow>();
        services.AddSingleton<ItemReadFlow>();
        services.AddSingleton<SealedItemFlow>();
        services.AddSingleton<ItemCsvFlow>();
        services.AddSingleton<ItemImageFlow>();
        services.AddSingleton(TurnSettings.From(configuration));
        services.AddSingleton<SignalPost>();
        services.AddSingleton<SignalFlow>();
        services.AddSingleton<IceFlow>();
        services.AddSingleton<DealerDesk>();
        services.AddSingleton<OnKeysChanged>(ConnectionFlow.TellKeysChanged);
        services.AddSingleton<StatusFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusFeed>());
        return services;
    }

    public static void MapDealers(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DealerSettings>().Enabled)
        {
            app.MapHubAt<DealerHub>(DealerHub.Path);
            app.MapItems();
            app.MapGoodsOrders();
            app.MapSales();
        }
    }
}
