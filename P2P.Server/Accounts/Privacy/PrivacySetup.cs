namespace P2P.Server.Accounts.Privacy;

/// <summary>Adds exports and deletions. Features above add an <see cref="ExportSource"/> or an <see cref="ExportGap"/> for each of their tables.</summary>
public static class PrivacySetup
{
    internal static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PrivacySettings.From(configuration));
        services.AddExports(AccountExportSql.Sources, AccountExportSql.Gaps);
        services.AddSingleton<ExportFlow>();
        services.AddSingleton<DeletionFlow>();
        services.AddSingleton<PrivacyTimer>();
        services.AddHostedService(provider => provider.GetRequiredService<PrivacyTimer>());
        return services;
    }

    /// <summary>What a layer knows of people, and what of it no export holds.</summary>
    public static IServiceCollection AddExports(
        this IServiceCollection services, IReadOnlyList<ExportSource> sources, IReadOnlyList<ExportGap> gaps)
    {
        foreach (var source in sources)
        {
            services.AddSingleton(source);
        }

        foreach (var gap in gaps)
        {
            services.AddSingleton(gap);
        }

        return services;
    }
}
