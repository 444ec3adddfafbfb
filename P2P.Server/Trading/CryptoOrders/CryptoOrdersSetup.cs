using P2P.Server.Accounts.Privacy;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Privacy;
using P2P.Server.Trading.TradeLimits;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>Adds crypto orders: the kind for the engine, the flows, and what suspended users may do with their orders.</summary>
public static class CryptoOrdersSetup
{
    public static IServiceCollection AddCryptoOrders(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<OrderLimits>() ?? new OrderLimits();
        services.AddSingleton(limits);
        services.AddSingleton(configuration.GetSection("Limits").Get<PartnerLimits>() ?? new PartnerLimits());
        services.AddSingleton<TradeLimitFlow>();
        services.AddExports(TradeExportSql.Sources, TradeExportSql.Gaps);
        services.AddSingleton<IOrderKind, CryptoOrderKind>();
        services.AddSingleton<CryptoOrderFlow>();
        services.AddSingleton<CryptoOrderReadFlow>();
        services.AddSingleton<CryptoOrderDesk>();
        services.AddSingleton<ConfirmOwnPayment>(provider =>
        {
            var flow = provider.GetRequiredService<CryptoOrderFlow>();
            var effects = provider.GetRequiredService<SuspensionEffects>();
            return async (caller, orderId, reference, cancellation) =>
            {
                await flow.ConfirmByStatement(caller, orderId, reference, cancellation);
                await effects.Dispute(caller.UserId, cancellation);
            };
        });
        services.AddSingleton<ListOwnOpenOrders>(provider => provider.GetRequiredService<CryptoOrderReadFlow>().OwnOpen);
        return services;
    }
}
