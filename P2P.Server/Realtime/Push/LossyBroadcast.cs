using System.Runtime.CompilerServices;

namespace P2P.Server.Realtime.Push;

/// <summary>
/// Tells many connections one message of which only the newest counts, unless <paramref name="merge"/> says what two of them say together; it is
/// written once for all of them.
/// </summary>
public sealed class LossyBroadcast<T>(string method, Func<T, T, T>? merge = null)
    where T : class
{
    /// <summary>A channel ends with its connection, and so does its place here.</summary>
    private readonly ConditionalWeakTable<HubLink, LossyChannel<T>> _channels = new();

    public void Tell(IEnumerable<HubLink> links, T body)
    {
        var message = new LossyMessage<T>(method, body);
        foreach (var link in links.Where(link => !link.IsEnded))
        {
            _channels.GetValue(link, Open).Push(message);
        }
    }

    private LossyChannel<T> Open(HubLink link) => link.OpenLossy(method, merge ?? (static (_, newest) => newest));
}
