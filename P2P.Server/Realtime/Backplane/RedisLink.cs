using System.Text;
using StackExchange.Redis;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// The connection to Redis: publish and subscribe, nothing else. Nothing here waits for Redis unless its name says so; the client reconnects
/// and subscribes again by itself, and where it does not, <see cref="Renew"/> begins anew.
/// </summary>
internal sealed class RedisLink(BackplaneSettings settings, Action<string, byte[]?> heard, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan ConfirmMax = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _channels = new(StringComparer.Ordinal);
    private ConnectionMultiplexer? _redis;
    private bool _ended;

    /// <summary>Connects, or leaves it to the client to connect when Redis is there.</summary>
    public async Task Renew()
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(settings.Options());
        redis.ConnectionFailed += (_, failed) => BackplaneLog.ConnectionFailed(log, failed.ConnectionType, failed.FailureType);
        redis.ConnectionRestored += (_, restored) => BackplaneLog.ConnectionRestored(log, restored.ConnectionType);
        ConnectionMultiplexer? former;
        lock (_gate)
        {
            former = _ended ? redis : _redis;
            if (!_ended)
            {
                _redis = redis;
                foreach (var channel in _channels.Keys.ToList())
                {
                    _channels[channel] = SubscribeAt(redis, channel);
                }
            }
        }

        Close(former);
    }

    public void Publish(string channel, byte[] message) =>
        Volatile.Read(ref _redis)?.GetSubscriber().Publish(Literal(channel), message, CommandFlags.FireAndForget);

    /// <summary>Ends when Redis has confirmed it, or after a second.</summary>
    public Task Subscribe(string channel)
    {
        lock (_gate)
        {
            return _channels[channel] = _redis is null ? Task.CompletedTask : SubscribeAt(_redis, channel);
        }
    }

    public void Unsubscribe(string channel)
    {
        lock (_gate)
        {
            if (_channels.Remove(channel))
            {
                _redis?.GetSubscriber().Unsubscribe(Literal(channel), flags: CommandFlags.FireAndForget);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        ConnectionMultiplexer? former;
        lock (_gate)
        {
            _ended = true;
            former = _redis;
            _redis = null;
        }

        Close(former);
        return ValueTask.CompletedTask;
    }

    private Task SubscribeAt(ConnectionMultiplexer redis, string channel) => Confirmed(
        redis.GetSubscriber().SubscribeAsync(Literal(channel), (_, message) => heard(channel, message)));

    private static async Task Confirmed(Task subscribing)
    {
        // A subscription that fails is made again with the next connection; until then its channel is healed from the streams.
        await Task.WhenAny(subscribing, Task.Delay(ConfirmMax));
        _ = subscribing.Exception;
    }

    /// <summary>A channel whose name has a star in it is no pattern.</summary>
    private static RedisChannel Literal(string channel) => new(Encoding.UTF8.GetBytes(channel), RedisChannel.PatternMode.Literal);

    private static void Close(ConnectionMultiplexer? redis)
    {
        redis?.Close(allowCommandsToComplete: false);
        redis?.Dispose();
    }
}
