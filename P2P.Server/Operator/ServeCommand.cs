using System.CommandLine;
using P2P.Db;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>`serve`: the service itself, as the application's role, on a database that is already migrated.</summary>
internal static class ServeCommand
{
    public static Command Create() =>
        new Command("serve", "Serve users (needs Db:App and Auth:Key or Auth:Authority; never migrates)") { CommonOptions.Port, CommonOptions.Urls }
            .Does(async (_, settings, stop) =>
            {
                var connectionString = settings.ConnectionString("Db:App", "serve works as the application's role");
                var auth = AuthSettings.From(settings.All);
                var addresses = ListenAddresses.From(settings.All);
                addresses.EnsureFree();
                await EnsureDatabase(connectionString, stop);
                var options = new ServerOptions
                {
                    Mode = new ServerMode(IsDevelopment: false, ShortcutsOn: false, DataFolder: null),
                    Database = DatabaseSettings.From(settings.All, connectionString, settings.OptionalConnectionString("Db:Replica")),
                    Auth = auth,
                    Urls = addresses.ForServer,
                    Settings = settings.All,
                };
                await using var app = ServerApp.Build(options, []);
                await app.StartAsync(stop);
                await CommandLifetime.RunUntil(app, stop);
            });

    private static async Task EnsureDatabase(string connectionString, CancellationToken stop)
    {
        await using (var source = Database.NamedSource("p2p-start", connectionString))
        await using (var connection = await source.OpenConnectionAsync(stop))
        {
            await DatabaseRoles.EnsureApp(connection, stop);
        }

        foreach (var ahead in await new ScriptRunner(connectionString).EnsureCurrent(stop))
        {
            await Console.Error.WriteLineAsync($"The database has {ahead}, which is newer than this program and compatible with it.");
        }
    }
}
