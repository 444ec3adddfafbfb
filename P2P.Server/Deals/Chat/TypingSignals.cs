using System.Runtime.CompilerServices;
using P2P.Contracts.Deals;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Deals.Chat;

/// <summary>
/// Tells that somebody is writing: at once or never. Each connection has one channel, so one that is slow costs one signal, the newest.
/// </summary>
public sealed class TypingSignals
{
    private readonly HubLinks _links;
    private readonly EventRelay _relay;

    // Channels go with their connections.
    private readonly ConditionalWeakTable<HubLink, LossyChannel<TypingSignal>> _channels = [];

    public TypingSignals(HubLinks links, EventRelay relay)
    {
        (_links, _relay) = (links, relay);
        relay.On<TypingSignal>(nameof(IChatClient.Typing), TellHere);
    }

    /// <summary>Tells the user's connections on every node.</summary>
    public void Tell(long userId, string audience, TypingSignal signal)
    {
        TellHere(userId, audience, signal);
        _relay.Signal(userId, audience, nameof(IChatClient.Typing), signal);
    }

    private void TellHere(long userId, string audience, TypingSignal signal)
    {
        var message = new LossyMessage<TypingSignal>(nameof(IChatClient.Typing), signal);
        foreach (var link in _links.Of(userId, audience))
        {
            _channels.GetValue(link, Open).Push(message);
        }
    }

    private static LossyChannel<TypingSignal> Open(HubLink link) =>
        link.OpenLossy<TypingSignal>(nameof(IChatClient.Typing), (_, newer) => newer);
}
