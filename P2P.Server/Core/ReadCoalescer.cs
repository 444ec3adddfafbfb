namespace P2P.Server.Core;

/// <summary>
/// Reads of one kind that come while another runs are read together by the next one: nobody waits when nothing runs, and under load many
/// callers share one statement.
/// </summary>
/// <param name="read">Reads the values of distinct keys, at most <paramref name="keysMax"/>; a key without a value is left out.</param>
/// <param name="keysMax">Keys of one read.</param>
public sealed class ReadCoalescer<TKey, TValue>(Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read, int keysMax = 256)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Queue<(TKey Key, TaskCompletionSource<TValue?> Waiter)> _waiting = new();
    private bool _reads;

    /// <summary>The value of a key as it is at some moment after this call; null when there is none.</summary>
    public Task<TValue?> Get(TKey key)
    {
        var waiter = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((key, waiter));
            if (_reads)
            {
                return waiter.Task;
            }

            _reads = true;
        }

        // Every failure reaches those who wait for the read.
        _ = ReadOn();
        return waiter.Task;
    }

    private async Task ReadOn()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var values = await read([.. batch.Select(one => one.Key).Distinct()]);
                foreach (var (key, waiter) in batch)
                {
                    waiter.SetResult(values.GetValueOrDefault(key));
                }
            }
            catch (Exception e)
            {
                foreach (var (_, waiter) in batch)
                {
                    waiter.TrySetException(e);
                }
            }
        }
    }

    private List<(TKey Key, TaskCompletionSource<TValue?> Waiter)> Take()
    {
        lock (_gate)
        {
            var batch = new List<(TKey, TaskCompletionSource<TValue?>)>();
            while (batch.Count < keysMax && _waiting.TryDequeue(out var one))
            {
                batch.Add(one);
            }

            _reads = batch.Count > 0;
            return batch;
        }
    }
}
