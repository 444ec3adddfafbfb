namespace P2P.Server.Core.Hubs;

/// <summary>The calls of one connection that wait for their answer, so that it can be closed when the last is answered.</summary>
internal sealed class RunningCalls
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private TaskCompletionSource? _finished;

    /// <summary>False when no further call is taken.</summary>
    public bool TryBegin(string? invocationId)
    {
        lock (_gate)
        {
            if (_finished is not null)
            {
                return false;
            }

            if (invocationId is not null)
            {
                _ids.Add(invocationId);
            }

            return true;
        }
    }

    /// <summary>The answer is written.</summary>
    public void End(string? invocationId)
    {
        lock (_gate)
        {
            if (invocationId is not null && _ids.Remove(invocationId) && _ids.Count == 0)
            {
                _finished?.TrySetResult();
            }
        }
    }

    /// <summary>Takes no further call; ends when those that run are answered.</summary>
    public Task Finish()
    {
        lock (_gate)
        {
            _finished ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_ids.Count == 0)
            {
                _finished.TrySetResult();
            }

            return _finished.Task;
        }
    }
}
