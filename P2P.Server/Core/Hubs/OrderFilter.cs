using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// Changing calls of one connection run one after the other, in the order of their frames, while reads overlap. Calls start in that order,
/// so the place in the queue is taken before anything is awaited; no filter before this one may await.
/// </summary>
public sealed class OrderFilter : IHubFilter
{
    private static readonly object Key = new();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!invocationContext.HubMethodArguments.Any(argument => argument is IChange))
        {
            return await next(invocationContext);
        }

        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = QueueOf(invocationContext.Context).Enter(mine.Task);
        try
        {
            await before;
            return await next(invocationContext);
        }
        finally
        {
            mine.SetResult();
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        // Made here, because calls run on several threads and the connection's items are no concurrent dictionary.
        context.Context.Items[Key] = new Queue();
        return next(context);
    }

    private static Queue QueueOf(HubCallerContext context) =>
        context.Items[Key] as Queue ?? throw new InvalidOperationException("The connection has no queue: it never connected.");

    private sealed class Queue
    {
        private readonly Lock _gate = new();
        private Task _last = Task.CompletedTask;

        /// <summary>Takes the place at the end: the task of the call before.</summary>
        public Task Enter(Task mine)
        {
            lock (_gate)
            {
                var before = _last;
                _last = mine;
                return before;
            }
        }
    }
}
