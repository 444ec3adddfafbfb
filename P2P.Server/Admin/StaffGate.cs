using System.Security.Claims;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Admin.Members;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Admin;

/// <summary>Who may connect to the admin hub: whoever has a role of staff and is not suspended. The first connection makes the stream.</summary>
public sealed class StaffGate(Database database)
{
    /// <summary>Why the caller may not connect, or else the caller's own profile where there is one.</summary>
    public async Task<(Reason? Refusal, ProfileView? Profile)> Admit(Caller caller, ClaimsPrincipal? principal, CancellationToken cancellation)
    {
        string[] roles = [.. StaffRoles.All.Where(role => CallerClaims.HasRole(principal, role))];
        if (roles.Length == 0)
        {
            return (Refused.Because(ErrorCodes.Forbidden, "This door is for staff."), null);
        }

        var (suspension, profile) = await database.Write(
            async tx =>
            {
                await ProfileSql.InsertStream(tx, caller.UserId, Audience.Admin);
                await StaffMemberSql.Seen(tx, caller.UserId, roles);
                return (await SuspensionSql.Live(tx, caller.UserId), await ProfileSql.Find(tx, caller.UserId));
            },
            cancellation);
        return suspension is null
            ? (null, profile is null ? null : ProfileViews.Own(profile))
            : (SuspensionDoor.Refusal(suspension.Reason, suspension.Until), null);
    }
}
