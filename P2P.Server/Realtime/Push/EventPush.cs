using System.Diagnostics;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Push;

/// <summary>
/// Tells connected clients what was committed. It is the fast path only: what it fails to tell is read again from the stream. Nothing here
/// waits for any client.
/// </summary>
public sealed class EventPush(HubLinks links)
{
    /// <summary>What this node committed; handlers neither wait nor throw.</summary>
    public event Action<IReadOnlyList<AppendedEvent>>? Told;

    /// <summary>A revocation was committed here; handlers neither wait nor throw.</summary>
    public event Action? Revoked;

    /// <summary>
    /// Called after the commit. Pushes to this node's connections at once; those on other nodes hear by the backplane, or when they are healed.
    /// </summary>
    public void Tell(IReadOnlyList<AppendedEvent> events)
    {
        Deliver(events);
        Told?.Invoke(events);
    }

    /// <summary>Called after the commit of a revocation: connections are closed at once, here and on other nodes.</summary>
    public void TellRevoked() => Revoked?.Invoke();

    /// <summary>Pushes events to this node's connections, whoever committed them.</summary>
    internal void Deliver(IReadOnlyList<AppendedEvent> events)
    {
        var toldAt = Stopwatch.GetTimestamp();
        foreach (var appended in events)
        {
            var receivers = links.Of(appended.UserId, appended.Audience);
            if (receivers.Count == 0)
            {
                continue;
            }

            var frame = HubFrame.Of(appended, toldAt);
            foreach (var link in receivers)
            {
                link.Push(appended.Seq, frame);
            }
        }
    }

    /// <summary>Closes a user's connections on every audience: each hears why first.</summary>
    public void CloseUser(long userId, string code, string message)
    {
        foreach (var link in links.All.Where(link => link.Caller.UserId == userId))
        {
            link.Close(code, message);
        }
    }
}
