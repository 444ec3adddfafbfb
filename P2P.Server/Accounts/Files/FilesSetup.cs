using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Files;

/// <summary>Adds files: their store, their intake, profile pictures and the sweep.</summary>
internal static class FilesSetup
{
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(FileLimits.From(configuration));
        services.AddSingleton(provider => FileSettings.From(configuration, provider.GetRequiredService<ServerMode>()));
        services.AddSingleton<FolderStore>();
        if (S3Settings.From(configuration) is { } s3)
        {
            services.AddSingleton<IFileStore>(provider => new S3Store(s3, provider.GetRequiredService<TimeProvider>()));
        }
        else
        {
            services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<FolderStore>());
        }

        services.AddSingleton<FileIntake>();
        services.AddSingleton<FileKeeper>();
        services.AddSingleton<PictureFlow>();
        services.AddSingleton<FileTimers>();
        services.AddHostedService(provider => provider.GetRequiredService<FileTimers>());
        return services;
    }
}
