using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;

namespace P2P.Server.Accounts;

/// <summary>Who may connect to a hub: whoever has a profile, has consented to the present terms and is not suspended.</summary>
public sealed class AccountGate(Database database)
{
    /// <summary>Why the caller may not connect, or else the caller's own profile.</summary>
    public async Task<(Reason? Refusal, ProfileView? Profile)> Admit(Caller caller, CancellationToken cancellation)
    {
        var profile = await database.Read(
            async tx =>
            {
                await ProfileSql.Touch(tx, caller.UserId);
                return await ProfileSql.Find(tx, caller.UserId);
            },
            cancellation);
        return profile switch
        {
            null => (Refused.Because(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined), null),
            { HasConsent: false } => (
                Refused.Because(
                    ErrorCodes.ConsentRequired,
                    "You must accept the present terms and conditions",
                    ("termsVersion", profile.TermsVersion.ToString(CultureInfo.InvariantCulture))),
                null),
            { SuspendedFor: { } reason } => (SuspensionDoor.Refusal(reason, profile.SuspendedUntil), null),
            _ => (null, ProfileViews.Own(profile)),
        };
    }
}
