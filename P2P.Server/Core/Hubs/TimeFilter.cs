using Microsoft.AspNetCore.SignalR;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// The innermost filter: gives the call its time. The clock starts when the call runs, not when it takes its place in the queue.
/// </summary>
public sealed class TimeFilter(LimitSettings limits) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        invocationContext.ServiceProvider.GetRequiredService<CallScope>()
            .Begin(TimeSpan.FromMilliseconds(limits.CallMs), invocationContext.Context.ConnectionAborted);
        return next(invocationContext);
    }
}
