using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace P2P.Server.Realtime.Backplane;

/// <summary>How the nodes reach each other.</summary>
public enum BackplaneState
{
    /// <summary>There is no Redis in the settings.</summary>
    Absent,

    /// <summary>Redis, or a node that was there, is not heard: what other nodes record is found by healing, every second.</summary>
    Degraded,

    /// <summary>This node hears itself and its peers.</summary>
    Up,
}

/// <summary>
/// Carries messages between nodes, each on a named channel and sealed with the cluster key. Whoever publishes never waits and never fails;
/// whatever is lost here has a slower way of its own (streams are healed, revocations polled, the rest is lossy by contract).
/// </summary>
public sealed class ClusterBus : IAsyncDisposable
{
    private const int LateAfterMs = 5_000;
    private static readonly TimeSpan EchoMax = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan DropsCountFor = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, Action<ClusterMessage> Hear, Task Ready)> _joined = new(StringComparer.Ordinal);
    private readonly ReplayGuard _guard = new();
    private readonly BackplaneSettings _settings;
    private readonly ClusterSeal _seal;
    private readonly RedisLink? _redis;
    private readonly ILogger _log;
    private readonly Channel<(string Channel, byte[] Payload, long At)> _queue;
    private readonly ConcurrentDictionary<Drop, long> _toldOfDrops = [];

    private long _number;
    private long _echoAt;
    private long _falseAt;
    private int _state;

    public ClusterBus(BackplaneSettings settings, ILogger<ClusterBus> log)
    {
        (_settings, _log) = (settings, log);
        _seal = new ClusterSeal(settings.KeyBytes);
        Node = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        _queue = Channel.CreateBounded<(string, byte[], long)>(
            new BoundedChannelOptions(settings.QueueMessagesMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Counts.AddDropped(Drop.NoRoom));
        if (settings.IsOn)
        {
            _redis = new RedisLink(settings, Hear, log);
            _state = (int)BackplaneState.Degraded;
        }
    }

    /// <summary>The state became another; handlers neither wait nor throw.</summary>
    public event Action? StateChanged;

    /// <summary>This process: another number at each start.</summary>
    public long Node { get; }

    public bool IsOn => _redis is not null;

    public BackplaneState State => (BackplaneState)Volatile.Read(ref _state);

    public BackplaneCounts Counts { get; } = new();

    /// <summary>True while what this node publishes comes back to it.</summary>
    internal bool IsHeard => Volatile.Read(ref _echoAt) is > 0 and var at && Stopwatch.GetElapsedTime(at) < EchoMax;

    /// <summary>True when a message that is not of this cluster came lately: others may be lost behind it.</summary>
    internal bool IsDisturbed => Volatile.Read(ref _falseAt) is > 0 and var at && Stopwatch.GetElapsedTime(at) < DropsCountFor;

    /// <summary>A node as people read it.</summary>
    public static string NameOf(long node) => node.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>
    /// Tells the other nodes that have joined the channel. While Redis does not answer the message waits in a bounded queue, or is dropped
    /// at once when it is <paramref name="lossy"/>.
    /// </summary>
    public void Publish(string channel, byte[] payload, bool lossy = false)
    {
        if (IsOn && (!lossy || IsHeard))
        {
            _queue.Writer.TryWrite((channel, payload, Stopwatch.GetTimestamp()));
        }
    }

    /// <summary>
    /// Hears a channel until it is left as often as it was joined. Ends when Redis has confirmed it; at once while Redis does not answer,
    /// and after a second in any case.
    /// </summary>
    /// <param name="channel">Which.</param>
    /// <param name="hear">What other nodes say there; it must be quick. The first who joins decides.</param>
    public Task Join(string channel, Action<ClusterMessage> hear)
    {
        if (_redis is null)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            var joined = _joined.TryGetValue(channel, out var there)
                ? there with { Count = there.Count + 1 }
                : (Count: 1, Hear: hear, Ready: _redis.Subscribe(Full(channel)));
            _joined[channel] = joined;
            return IsHeard ? joined.Ready : Task.CompletedTask;
        }
    }

    public void Leave(string channel)
    {
        lock (_gate)
        {
            if (!_joined.TryGetValue(channel, out var joined))
            {
                return;
            }

            if (joined.Count > 1)
            {
                _joined[channel] = joined with { Count = joined.Count - 1 };
                return;
            }

            _joined.Remove(channel);
            _redis?.Unsubscribe(Full(channel));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
            Volatile.Write(ref _state, (int)BackplaneState.Absent);
        }
    }

    internal Task Renew() => _redis?.Renew() ?? Task.CompletedTask;

    /// <summary>At once and past the queue: beats show whether Redis answers.</summary>
    internal void PublishNow(string channel, byte[] payload)
    {
        var full = Full(channel);
        _redis?.Publish(full, _seal.Seal(full, Node, Interlocked.Increment(ref _number), DateTimeOffset.UtcNow, payload));
    }

    /// <summary>Gives the next message to Redis, if there is one and Redis answers; false when there is nothing to do now.</summary>
    internal bool PublishNext()
    {
        if (!IsHeard || !_queue.Reader.TryRead(out var next))
        {
            return false;
        }

        if (Stopwatch.GetElapsedTime(next.At).TotalMilliseconds > LateAfterMs)
        {
            Counts.AddDropped(Drop.TooLate);
            return true;
        }

        PublishNow(next.Channel, next.Payload);
        Counts.AddPublished();
        return true;
    }

    /// <summary>Waits until there is something to publish; false when the bus has ended.</summary>
    internal ValueTask<bool> HasNext(CancellationToken cancellation) => _queue.Reader.WaitToReadAsync(cancellation);

    internal void Become(BackplaneState state)
    {
        if (Interlocked.Exchange(ref _state, (int)state) == (int)state)
        {
            return;
        }

        if (state == BackplaneState.Degraded)
        {
            BackplaneLog.Degraded(_log);
        }
        else
        {
            BackplaneLog.Up(_log, Node);
        }

        StateChanged?.Invoke();
    }

    private string Full(string channel) => _settings.Prefix + channel;

    private void Hear(string full, byte[]? message)
    {
        if (_seal.Open(full, message) is not { } opened)
        {
            Refuse(Drop.Forged);
            return;
        }

        Action<ClusterMessage>? hear;
        lock (_gate)
        {
            var freshness = _guard.Take(opened.Node, opened.Number, opened.SentAt, DateTimeOffset.UtcNow);
            if (freshness != Freshness.New)
            {
                Refuse(freshness == Freshness.Replayed ? Drop.Replayed : Drop.Stale);
                return;
            }

            hear = _joined.TryGetValue(full[_settings.Prefix.Length..], out var joined) ? joined.Hear : null;
        }

        if (opened.Node == Node)
        {
            // Who is here was served before it was published; that it comes back shows that Redis answers.
            Volatile.Write(ref _echoAt, Stopwatch.GetTimestamp());
            return;
        }

        Counts.AddHeard();
        try
        {
            hear?.Invoke(opened);
        }
        catch (Exception e)
        {
            // One message is lost: an event is healed, a signal is lossy.
            Counts.AddDropped(Drop.Unreadable);
            BackplaneLog.Unreadable(_log, full, e);
        }
    }

    private void Refuse(Drop why)
    {
        Volatile.Write(ref _falseAt, Stopwatch.GetTimestamp());
        Counts.AddDropped(why);
        if (!_toldOfDrops.TryGetValue(why, out var told) || Stopwatch.GetElapsedTime(told) > TimeSpan.FromMinutes(1))
        {
            _toldOfDrops[why] = Stopwatch.GetTimestamp();
            BackplaneLog.Dropped(_log, why);
        }
    }
}
