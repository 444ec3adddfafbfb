using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Replica;

/// <summary>Whoever made a changing call reads its effect from then on, whatever became of the call.</summary>
public sealed class ReplicaFilter(ReplicaReads reads) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        finally
        {
            if (reads.Replica is not null
                && invocationContext.HubMethodArguments.Any(argument => argument is IChange)
                && CallerClaims.CallerOf(invocationContext.Context.User) is { } caller)
            {
                reads.Freshness.Touch(caller.UserId);
            }
        }
    }
}
