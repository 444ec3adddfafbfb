using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Operator;

/// <summary>`user`: what the operator does to one account. A running server takes it over within two seconds.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = "The username or the token's subject; name:X or sub:X where it could be both",
    };

    public static Command Create() => new("user", "Verify, promote, suspend or readmit a user (needs Db:App or a running dev)")
    {
        Suspend(),
        Lift(),
        new Command("verify", "Say that the user's identity was checked") { Name }
            .Does((parsed, settings, stop) => With(settings, async staff =>
                $"{Spell(await staff.Verify(Actor, parsed.GetRequiredValue(Name), stop))} is verified")),
        new Command("merchant", "Make the user a merchant") { Name }
            .Does((parsed, settings, stop) => With(settings, async staff =>
                $"{Spell(await staff.GrantMerchant(Actor, parsed.GetRequiredValue(Name), stop))} is a merchant")),
    };

    /// <summary>Who acts, for the audit log: whoever runs the command on this machine.</summary>
    internal static StaffActor Actor => new($"operator:{Environment.UserName}", null);

    /// <summary>Runs staff's flows on the configured database, or on that of the `dev` that runs on the data folder.</summary>
    internal static async Task With(OperatorSettings settings, Func<StaffFlow, Task<string>> act)
    {
        await using var database = new Database(DatabaseSettings.From(
            settings.All, DevelopmentDatabase.ConnectionStringOf(settings, DatabaseRoles.App)));
        // Nobody is connected to this process: servers push the events when they read the streams.
        var push = new EventPush(new HubLinks(NullLogger<HubLink>.Instance));
        Console.WriteLine(await act(new StaffFlow(new AccountChanges(database, push))));
    }

    private static Command Suspend()
    {
        var reason = new Option<string>("--reason") { Description = "Why; the user reads it", HelpName = "TEXT", Required = true };
        var until = new Option<string?>("--until")
        {
            Description = "When it ends, in UTC (2030-01-31 or 2030-01-31T12:00Z)",
            HelpName = "TIME",
        };
        return new Command("suspend", "Suspend the user: connections close, orders freeze") { Name, reason, until }
            .Does((parsed, settings, stop) => With(settings, async staff =>
            {
                var end = Time(parsed.GetValue(until));
                var target = await staff.Suspend(Actor, parsed.GetRequiredValue(Name), parsed.GetRequiredValue(reason), end, stop);
                return $"{Spell(target)} is suspended";
            }));
    }

    private static Command Lift()
    {
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit log", HelpName = "TEXT" };
        return new Command("lift", "End the user's suspension") { Name, reason }
            .Does((parsed, settings, stop) => With(settings, async staff =>
                $"{Spell(await staff.Lift(Actor, parsed.GetRequiredValue(Name), parsed.GetValue(reason), stop))} is no longer suspended"));
    }

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null
            : DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : throw new SettingsException($"--until {text} is no time: write it like 2030-01-31 or 2030-01-31T12:00Z.");

    private static string Spell(StaffTarget target) =>
        target.Username is null ? $"sub:{target.Sub}" : $"{target.Username} (sub:{target.Sub})";
}
