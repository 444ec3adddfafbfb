using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Backplane;

/// <summary>Why a message went no further.</summary>
public enum Drop
{
    /// <summary>It was not sealed by this cluster, or not for this channel, or was changed.</summary>
    Forged,

    /// <summary>It was heard before.</summary>
    Replayed,

    /// <summary>Its time is more than a minute from ours.</summary>
    Stale,

    /// <summary>It is genuine, but its content is not what its channel carries.</summary>
    Unreadable,

    /// <summary>It found no room while Redis did not answer.</summary>
    NoRoom,

    /// <summary>It waited so long for Redis that it had been healed meanwhile.</summary>
    TooLate,
}

/// <summary>What the backplane did since the node began.</summary>
public sealed class BackplaneCounts
{
    private static readonly Counter<long> PublishedTotal = ServerMeter.Meter.CreateCounter<long>(
        "p2p.backplane.published", "{message}", "Messages that were given to Redis.");

    private static readonly Counter<long> HeardTotal = ServerMeter.Meter.CreateCounter<long>(
        "p2p.backplane.heard", "{message}", "Messages of other nodes.");

    private static readonly Counter<long> DroppedTotal = ServerMeter.Meter.CreateCounter<long>(
        "p2p.backplane.dropped", "{message}", "Messages that were dropped, by reason.");

    private readonly ConcurrentDictionary<Drop, long> _dropped = [];
    private long _published;
    private long _heard;

    /// <summary>Messages that were given to Redis.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Messages of other nodes.</summary>
    public long Heard => Volatile.Read(ref _heard);

    /// <summary>Messages that were dropped for this reason.</summary>
    public long Dropped(Drop why) => _dropped.GetValueOrDefault(why);

    internal void AddPublished()
    {
        Interlocked.Increment(ref _published);
        PublishedTotal.Add(1);
    }

    internal void AddHeard()
    {
        Interlocked.Increment(ref _heard);
        HeardTotal.Add(1);
    }

    internal void AddDropped(Drop why)
    {
        _dropped.AddOrUpdate(why, 1, (_, count) => count + 1);
        DroppedTotal.Add(1, new KeyValuePair<string, object?>("reason", why.ToString()));
    }
}
