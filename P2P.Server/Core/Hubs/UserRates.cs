using System.Collections.Concurrent;

namespace P2P.Server.Core.Hubs;

/// <summary>How much each user has called lately, on all connections to this node together.</summary>
public sealed class UserRates(LimitSettings limits)
{
    private const long PruneEveryMs = 60_000;

    private readonly ConcurrentDictionary<(long UserId, RateClass Class), TokenBucket> _buckets = new();
    private long _prunedAtMs = Environment.TickCount64;

    /// <summary>Counts a call: 0 when it is within the rate, else the milliseconds after which it would be.</summary>
    public int Take(long userId, RateClass rateClass)
    {
        if (rateClass == RateClass.Free)
        {
            return 0;
        }

        Prune();
        return _buckets.GetOrAdd((userId, rateClass), static (key, limits) => new TokenBucket(RateOf(limits, key.Class)), limits).Take();
    }

    private static Rate RateOf(LimitSettings limits, RateClass rateClass) => rateClass switch
    {
        RateClass.Change => limits.Changes,
        RateClass.Search => limits.Searches,
        RateClass.Events => limits.Events,
        RateClass.Read or RateClass.Free => limits.Reads,
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass)),
    };

    /// <summary>A full bucket says the same as none, so users who are gone cost nothing after a minute.</summary>
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
