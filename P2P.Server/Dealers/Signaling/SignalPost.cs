using P2P.Contracts.Dealers;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Dealers.Signaling;

/// <summary>
/// Brings signals and frames to a peer's connections on whichever node: at once or never. A connection that is slow keeps the newest of them, within
/// bounds; what it loses, the two clients find out by their own counters.
/// </summary>
public sealed class SignalPost
{
    private const int WaitingCharsMax = 192 * 1024;

    private readonly HubLinks _links;
    private readonly EventRelay _relay;
    private readonly LossyBroadcast<SignalsReceived> _signals = new(nameof(ISignalClient.SignalsReceived), Merge);
    private readonly LossyBroadcast<FramesReceived> _frames = new(nameof(ISignalClient.FramesReceived), Merge);

    public SignalPost(HubLinks links, EventRelay relay)
    {
        (_links, _relay) = (links, relay);
        relay.On<SignalsReceived>(nameof(ISignalClient.SignalsReceived), (userId, audience, body) => _signals.Tell(links.Of(userId, audience), body));
        relay.On<FramesReceived>(nameof(ISignalClient.FramesReceived), (userId, audience, body) => _frames.Tell(links.Of(userId, audience), body));
    }

    public void Send(long userId, ReceivedSignal signal)
    {
        var body = new SignalsReceived { Signals = [signal] };
        _signals.Tell(_links.Of(userId, Audience.Dealer), body);
        _relay.Signal(userId, Audience.Dealer, nameof(ISignalClient.SignalsReceived), body);
    }

    public void Send(long userId, ReceivedFrame frame)
    {
        var body = new FramesReceived { Frames = [frame] };
        _frames.Tell(_links.Of(userId, Audience.Dealer), body);
        _relay.Signal(userId, Audience.Dealer, nameof(ISignalClient.FramesReceived), body);
    }

    private static SignalsReceived Merge(SignalsReceived waiting, SignalsReceived newer) =>
        new() { Signals = Newest([.. waiting.Signals, .. newer.Signals], signal => signal.Payload.Length) };

    private static FramesReceived Merge(FramesReceived waiting, FramesReceived newer) =>
        new() { Frames = Newest([.. waiting.Frames, .. newer.Frames], frame => frame.Data.Length) };

    private static List<T> Newest<T>(List<T> all, Func<T, int> length)
    {
        var (chars, from) = (0, all.Count);
        while (from > 0 && chars + length(all[from - 1]) <= WaitingCharsMax)
        {
            chars += length(all[--from]);
        }

        return all[from..];
    }
}
