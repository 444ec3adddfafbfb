using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Checkpoints;

namespace P2P.Server.Deals.Ledger;

/// <summary>Adds wallets, custody and checkpoints.</summary>
public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<CustodyLimits>() ?? new CustodyLimits();
        services.AddSingleton(limits.CustodyPerMinute > 0
            ? limits
            : throw new SettingsException("Limits:CustodyPerMinute must be above zero: correct it."));
        services.AddSingleton<WalletFlow>();
        services.AddSingleton<CustodyFlow>();
        services.AddSingleton(provider => CheckpointSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddHostedService<CheckpointWriter>();
        return services;
    }
}
