using System.Collections.Concurrent;

namespace P2P.Server.Core;

/// <summary>A <see cref="TokenBucket"/> for everybody who came lately.</summary>
public sealed class RateTable<TKey>(Func<TKey, Rate> rateOf)
    where TKey : notnull
{
    private const long PruneEveryMs = 60_000;

    private readonly ConcurrentDictionary<TKey, TokenBucket> _buckets = new();
    private long _prunedAtMs = Environment.TickCount64;

    /// <summary>Counts: 0 when it is within the rate, else the milliseconds after which it would be.</summary>
    public int Take(TKey key, int cost = 1)
    {
        Prune();
        return _buckets.GetOrAdd(key, static (key, rateOf) => new TokenBucket(rateOf(key)), rateOf).Take(cost);
    }

    /// <summary>What was counted last turned out not to count.</summary>
    public void GiveBack(TKey key)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            bucket.GiveBack();
        }
    }

    /// <summary>A full bucket says the same as none, so those who are gone cost nothing after a minute.</summary>
    private void Prune()
    {
        var now = Environment.TickCount64;
        var last = Volatile.Read(ref _prunedAtMs);
        if (now - last < PruneEveryMs || Interlocked.CompareExchange(ref _prunedAtMs, now, last) != last)
        {
            return;
        }

        foreach (var bucket in _buckets.Where(bucket => bucket.Value.IsFull()))
        {
            _buckets.TryRemove(bucket);
        }
    }
}
