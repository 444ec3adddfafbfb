using System.Runtime.CompilerServices;
using P2P.Contracts.Deals;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Deals.Chat;

/// <summary>
/// Tells that somebody is writing: at once or never. Each connection has one channel, so one that is slow costs one signal, the newest.
/// </summary>
public sealed class TypingSignals(HubLinks links)
{
    // Channels go with their connections.
    private readonly ConditionalWeakTable<HubLink, LossyChannel<TypingSignal>> _channels = [];

    public void Tell(long userId, string audience, TypingSignal signal)
    {
        var message = new LossyMessage<TypingSignal>(nameof(IChatClient.Typing), signal);
        foreach (var link in links.Of(userId, audience))
        {
            _channels.GetValue(link, Open).Push(message);
        }
    }

    private static LossyChannel<TypingSignal> Open(HubLink link) =>
        link.OpenLossy<TypingSignal>(nameof(IChatClient.Typing), (_, newer) => newer);
}
