using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Presence;

/// <summary>A node as this one knows it.</summary>
/// <param name="Node">Its name; another at each start.</param>
/// <param name="Connections">Hub connections that stand there.</param>
/// <param name="IsHere">True for the node that answers.</param>
public sealed record NodePresence(string Node, int Connections, bool IsHere);

/// <summary>
/// Who is connected, on this node and on the others. Others tell what they have every few seconds and what changed at once; a node that is
/// silent for some seconds is forgotten with all who were on it. Lossy: what was missed is put right by the next telling.
/// </summary>
public sealed class PresenceBoard(HubLinks links, ClusterBus bus)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (HashSet<long> Users, int Connections)> _others = [];

    /// <summary>Every node that is known, this one first.</summary>
    public IReadOnlyList<NodePresence> Nodes
    {
        get
        {
            var here = new NodePresence(ClusterBus.NameOf(bus.Node), links.All.Count(link => !link.IsEnded), IsHere: true);
            lock (_gate)
            {
                return
                [
                    here,
                    .. _others.OrderBy(pair => pair.Key)
                        .Select(pair => new NodePresence(ClusterBus.NameOf(pair.Key), pair.Value.Connections, IsHere: false)),
                ];
            }
        }
    }

    /// <summary>Users who are connected anywhere; who is on two nodes counts once.</summary>
    public int Users => Online().Count;

    /// <summary>Everybody who is connected to any node just now.</summary>
    public HashSet<long> Online()
    {
        var all = links.Streams.Select(stream => stream.UserId).ToHashSet();
        lock (_gate)
        {
            foreach (var other in _others.Values)
            {
                all.UnionWith(other.Users);
            }
        }

        return all;
    }

    /// <summary>True when the user is connected to any node.</summary>
    public bool IsOnline(long userId)
    {
        if (links.IsHere(userId))
        {
            return true;
        }

        lock (_gate)
        {
            return _others.Values.Any(other => other.Users.Contains(userId));
        }
    }

    /// <summary>The node has just these.</summary>
    internal void Set(long node, IEnumerable<long> users, int connections)
    {
        lock (_gate)
        {
            _others[node] = ([.. users], connections);
        }
    }

    /// <summary>What changed on the node since it told last.</summary>
    internal void Change(long node, IEnumerable<long> came, IEnumerable<long> went, int connections)
    {
        lock (_gate)
        {
            var users = _others.TryGetValue(node, out var known) ? known.Users : [];
            users.UnionWith(came);
            users.ExceptWith(went);
            _others[node] = (users, connections);
        }
    }

    /// <summary>Forgets all nodes but these.</summary>
    internal void Keep(IReadOnlyList<long> alive)
    {
        lock (_gate)
        {
            foreach (var node in _others.Keys.Except(alive).ToList())
            {
                _others.Remove(node);
            }
        }
    }
}
