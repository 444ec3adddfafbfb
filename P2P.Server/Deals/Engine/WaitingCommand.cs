using System.Diagnostics;

namespace P2P.Server.Deals.Engine;

/// <summary>A command and whoever waits for it.</summary>
internal sealed class WaitingCommand(EngineCommand command, CancellationToken cancellation)
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<EngineAnswer> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineCommand Command => command;

    /// <summary>The caller's span; default when there is none.</summary>
    public ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

    /// <summary>The span of the batch that the command is in, or was in last; default when it is not traced.</summary>
    public ActivityContext Batch { get; set; }

    public TimeSpan Age => Stopwatch.GetElapsedTime(_since);

    public Task<EngineAnswer> Task => _done.Task;

    /// <summary>Ends the wait of a caller who has given up before a writer took the command.</summary>
    public bool FailIfCancelled()
    {
        if (!cancellation.IsCancellationRequested)
        {
            return false;
        }

        Fail(new OperationCanceledException(cancellation));
        return true;
    }

    public void Complete(EngineAnswer answer) => _done.TrySetResult(answer);

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
