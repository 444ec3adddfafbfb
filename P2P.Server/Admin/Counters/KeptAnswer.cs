namespace P2P.Server.Admin.Counters;

/// <summary>An answer that is good for a while: whoever asks meanwhile shares it, and so do all who ask while it is read.</summary>
internal sealed class KeptAnswer<T>(TimeSpan freshFor, Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _answer;
    private long _readAt;

    public Task<T> Get()
    {
        lock (_gate)
        {
            if (_answer is null || _answer.IsFaulted || _answer.IsCanceled || TimeProvider.System.GetElapsedTime(_readAt) > freshFor)
            {
                _readAt = TimeProvider.System.GetTimestamp();
                _answer = read();
            }

            return _answer;
        }
    }
}
