using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>Refuses calls beyond their user's rate.</summary>
public sealed class RateFilter(UserRates rates) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var caller = CallerClaims.CallerOf(invocationContext.Context.User)
            ?? throw new Refused(ErrorCodes.Unauthenticated, "Nobody is signed in on this connection.");
        var retryAfterMs = rates.Take(caller.UserId, HubMethodRules.Of(invocationContext.HubMethod).Class);
        return retryAfterMs == 0
            ? next(invocationContext)
            : throw Refused.Transient(ErrorCodes.RateLimited, "Too many calls.", retryAfterMs);
    }
}
