using System.CommandLine;
using System.Diagnostics;
using P2P.Db;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>`dev`: a whole system on one machine with one command, for whoever tries it or develops on it.</summary>
internal static class DevCommand
{
    public static Command Create() =>
        new Command("dev", "Start a database and the server for development, with demo users") { CommonOptions.Port, CommonOptions.Urls }
            .Does(async (_, settings, stop) =>
            {
                var clock = Stopwatch.StartNew();
                var addresses = ListenAddresses.From(settings.All);
                addresses.EnsureFree();
                var auth = AuthSettings.From(settings.All, () => DevelopmentKey.In(settings.DataFolder));
                await using var database = await DevelopmentDatabase.Open(settings, stop);
                await new ScriptRunner(database.Owner).Migrate(stop);
                var options = new ServerOptions
                {
                    Mode = new ServerMode(IsDevelopment: true, ShortcutsOn: addresses.OnlyLoopback, settings.DataFolder),
                    Database = DatabaseSettings.From(settings.All, database.App),
                    Auth = auth,
                    Urls = addresses.ForServer,
                    Settings = settings.All,
                };
                await using var app = ServerApp.Build(options, []);
                await app.StartAsync(stop);
                if (options.Mode.ShortcutsOn)
                {
                    await DemoData.Fill(app.Services, stop);
                }

                DevelopmentGreeting.Print(app.Urls, options, settings, database.PrivateFolder, clock.Elapsed);
                await CommandLifetime.RunUntil(app, stop);
            });
}
