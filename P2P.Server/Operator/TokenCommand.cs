using System.CommandLine;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>`token`: prints a signed token and nothing else, so that a shell can take it.</summary>
internal static class TokenCommand
{
    private const int HoursMax = 24 * 366;

    public static Command Create()
    {
        var user = new Option<string>("--user") { Description = "Whose token: the claim sub", HelpName = "NAME", Required = true };
        var roles = new Option<string[]>("--role") { Description = "A role that the token carries; may be repeated", HelpName = "ROLE" };
        var hours = new Option<int>("--hours")
        {
            Description = "How long it lasts",
            HelpName = "N",
            DefaultValueFactory = _ => (int)TokenSigner.LifetimeDefault.TotalHours,
        };
        return new Command("token", "Print a token, signed with Auth:Key or with development's own key") { user, roles, hours }
            .Does((parsed, settings, _) =>
            {
                var name = parsed.GetRequiredValue(user);
                var lifetime = parsed.GetValue(hours);
                if (string.IsNullOrWhiteSpace(name) || lifetime is < 1 or > HoursMax)
                {
                    throw new SettingsException($"A token needs a --user and between 1 and {HoursMax} --hours.");
                }

                var auth = AuthSettings.From(settings.All, () => DevelopmentKey.In(settings.DataFolder));
                Console.WriteLine(new TokenSigner(auth).Sign(name, parsed.GetValue(roles), TimeSpan.FromHours(lifetime)));
                return Task.CompletedTask;
            });
    }
}
