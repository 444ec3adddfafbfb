using System.CommandLine;
using P2P.Db;

namespace P2P.Server.Operator;

/// <summary>`migrate`: brings the database to this program's schema, as its owner.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be applied and change nothing" };
        return new Command("migrate", "Bring the database to this program's schema (needs Db:Owner)") { dryRun }
            .Does(async (parsed, settings, stop) =>
            {
                var runner = new ScriptRunner(settings.ConnectionString("Db:Owner", "migrate changes the schema as its owner"));
                if (parsed.GetValue(dryRun))
                {
                    Tell("would apply", await runner.Pending(stop));
                }
                else
                {
                    Tell("applied", await runner.Migrate(stop));
                }
            });
    }

    private static void Tell(string what, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            Console.WriteLine($"{what} {name}");
        }

        if (names.Count == 0)
        {
            Console.WriteLine("the database is up to date");
        }
    }
}
