using System.Collections.Concurrent;
using System.Text.Json;
using P2P.Contracts;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// Brings what this node committed to the nodes that hold its hearers, and pushes what others committed to those who are connected here: one
/// channel for each user and audience, heard by the nodes where the user is. It is the fast path between nodes, as
/// <see cref="EventPush"/> is inside one; the streams stay the truth.
/// </summary>
public sealed class EventRelay(ClusterBus bus, EventPush push, HubLinks links) : IHostedService
{
    private const int EventsPerMessageMax = 64;

    private readonly ConcurrentDictionary<string, Action<long, string, string>> _signals = new(StringComparer.Ordinal);

    /// <summary>Hears a signal that other nodes send; its handler tells whoever is connected here.</summary>
    public void On<T>(string method, Action<long, string, T> tell)
        where T : notnull =>
        _signals[method] = (userId, audience, json) =>
            tell(userId, audience, JsonSerializer.Deserialize<T>(json, WireJson.Server) ?? throw new JsonException("A signal is null."));

    /// <summary>Tells a user's connections on other nodes something of which only the newest counts; it may be lost.</summary>
    public void Signal<T>(long userId, string audience, string method, T body)
        where T : notnull
    {
        if (bus.IsOn)
        {
            var signal = new RelayedSignal(userId, audience, method, JsonSerializer.Serialize(body, WireJson.Server));
            bus.Publish(ChannelOf(userId, audience), RelayFormat.Write(signal), lossy: true);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (bus.IsOn)
        {
            push.Told += Publish;
            links.Added += Join;
            links.Removed += Leave;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        push.Told -= Publish;
        links.Added -= Join;
        links.Removed -= Leave;
        return Task.CompletedTask;
    }

    internal static string ChannelOf(long userId, string audience) => $"events:{audience}:{userId}";

    private void Publish(IReadOnlyList<AppendedEvent> events)
    {
        foreach (var stream in events.GroupBy(appended => (appended.UserId, appended.Audience)))
        {
            foreach (var some in stream.Chunk(EventsPerMessageMax))
            {
                bus.Publish(ChannelOf(stream.Key.UserId, stream.Key.Audience), RelayFormat.Write(some));
            }
        }
    }

    /// <summary>
    /// The subscription takes a moment. What is committed elsewhere meanwhile is found by the healer, which looks at new connections soon.
    /// </summary>
    private void Join(HubLink link) => _ = bus.Join(ChannelOf(link.Caller.UserId, link.Audience), Hear);

    private void Leave(HubLink link) => bus.Leave(ChannelOf(link.Caller.UserId, link.Audience));

    private void Hear(ClusterMessage message)
    {
        switch (RelayFormat.Read(message.Payload))
        {
            case IReadOnlyList<AppendedEvent> events:
                push.Deliver(events);
                break;
            case RelayedSignal signal when _signals.TryGetValue(signal.Method, out var tell):
                tell(signal.UserId, signal.Audience, signal.Json);
                break;
            default:
                // A newer node speaks of what this one does not know: rolling upgrades pass through such a time.
                break;
        }
    }
}

/// <summary>A lossy signal on its way to another node.</summary>
internal sealed record RelayedSignal(long UserId, string Audience, string Method, string Json);
