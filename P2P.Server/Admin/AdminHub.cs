using Microsoft.AspNetCore.SignalR;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;

namespace P2P.Server.Admin;

/// <summary>Staff's hub, at <c>/hubs/admin</c>: every call of its own names the roles that it serves.</summary>
public sealed partial class AdminHub(AccountDesk desk, AdminDesk admin) : AccountHub<IAdminClient>(desk), IAdminHub
{
    public const string Path = "/hubs/admin";

    protected override string Audience => Realtime.Events.Audience.Admin;

    /// <summary>Who acts, as the audit log names them.</summary>
    private StaffCaller Staff => new(
        Caller,
        new StaffActor($"staff:{Caller.Sub}", Context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString()),
        CallerClaims.HasRole(Context.User, StaffRoles.Admin));

    protected override Task<(Reason? Refusal, ProfileView? Profile)> Admit(Caller caller, CancellationToken cancellation) =>
        admin.Gate.Admit(caller, Context.User, cancellation);
}
