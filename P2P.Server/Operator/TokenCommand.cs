using System.CommandLine;
using P2P.Contracts.Admin;
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
        var hours = new Option<int?>("--hours")
        {
            Description = $"How long it lasts: {TokenSigner.LifetimeDefault.TotalHours:0}, with a role of staff as long as Auth:StaffTokenMinutes allows",
            HelpName = "N",
        };
        return new Command("token", "Print a token, signed with Auth:Key or with development's own key") { user, roles, hours }
            .Does((parsed, settings, _) =>
            {
                var name = parsed.GetRequiredValue(user);
                var lifetime = parsed.GetValue(hours) is { } given ? TimeSpan.FromHours(given) : (TimeSpan?)null;
                if (string.IsNullOrWhiteSpace(name) || lifetime?.TotalHours is < 1 or > HoursMax)
                {
                    throw new SettingsException($"A token needs a --user and between 1 and {HoursMax} --hours.");
                }

                var auth = AuthSettings.From(settings.All, () => DevelopmentKey.In(settings.DataFolder));
                var (signer, carried) = (new TokenSigner(auth), parsed.GetValue(roles));
                if (lifetime > signer.LifetimeOf(carried) && carried?.Any(StaffRoles.All.Contains) == true)
                {
                    throw new SettingsException(
                        $"A token with a role of staff lasts at most {auth.StaffTokenMinutes} minutes (Auth:StaffTokenMinutes): "
                        + "the server would refuse this one. Leave --hours out.");
                }

                Console.WriteLine(signer.Sign(name, carried, lifetime));
                return Task.CompletedTask;
            });
    }
}
