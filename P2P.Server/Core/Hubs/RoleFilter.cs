using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>Refuses calls that do not serve any of the caller's roles.</summary>
public sealed class RoleFilter : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var served = HubMethodRules.Of(invocationContext.HubMethod).Roles;
        return served is null || served.Any(role => CallerClaims.HasRole(invocationContext.Context.User, role))
            ? next(invocationContext)
            : throw new Refused(ErrorCodes.Forbidden, "Your role does not allow this.");
    }
}
