namespace P2P.Server.Core;

/// <summary>Ends the pause of a periodic round early. However often it is set during a round, one more round follows.</summary>
public sealed class Wake
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = New();

    public void Set()
    {
        lock (_gate)
        {
            _set.TrySetResult();
        }
    }

    /// <summary>Waits until it is set, or the pause is over; true in both cases.</summary>
    public async Task<bool> Wait(TimeSpan pause, CancellationToken cancellation)
    {
        Task set;
        lock (_gate)
        {
            set = _set.Task;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(set, Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_set.Task.IsCompleted)
            {
                _set = New();
            }
        }

        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
