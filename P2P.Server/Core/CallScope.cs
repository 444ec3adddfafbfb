namespace P2P.Server.Core;

/// <summary>
/// The hub call that runs, one object a call (scoped): its token ends when the caller is gone or the call has taken too long. Hubs hand the
/// token to their flows, and those to the database, so that nothing goes on for a caller who was told TIMEOUT.
/// </summary>
public sealed class CallScope : IDisposable
{
    private CancellationTokenSource? _limit;
    private CancellationToken _gone;

    /// <summary>Ends with the call's time or its connection.</summary>
    public CancellationToken Cancellation => _limit?.Token ?? default;

    /// <summary>True when the call's time is over, and not because the caller went away.</summary>
    public bool TimeIsOver => _limit is { IsCancellationRequested: true } && !_gone.IsCancellationRequested;

    public void Begin(TimeSpan timeMax, CancellationToken gone)
    {
        _gone = gone;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _limit.CancelAfter(timeMax);
    }

    public void Dispose() => _limit?.Dispose();
}
