using System.Collections.Concurrent;

namespace P2P.Server.Realtime.Backplane;

/// <summary>This node's connections of one hub, by id, by user and by group.</summary>
internal sealed class HubMembers
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, HubOutbox> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<HubOutbox>> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<HubOutbox, HashSet<string>> _setsOf = [];

    public IEnumerable<HubOutbox> All => _all.Select(pair => pair.Value);

    public HubOutbox? Find(string connectionId) => _all.GetValueOrDefault(connectionId);

    public void Add(HubOutbox member)
    {
        lock (_gate)
        {
            _setsOf[member] = [];
        }

        _all[member.Connection.ConnectionId] = member;
    }

    /// <summary>The sets that the connection was in; each must be left once.</summary>
    public IReadOnlyCollection<string> Remove(string connectionId)
    {
        if (!_all.TryRemove(connectionId, out var member))
        {
            return [];
        }

        lock (_gate)
        {
            var sets = _setsOf.Remove(member, out var found) ? found : [];
            foreach (var set in sets)
            {
                TakeOut(set, member);
            }

            return sets;
        }
    }

    /// <summary>False when the connection has gone, or is in the set already.</summary>
    public bool PutInto(string set, HubOutbox member)
    {
        lock (_gate)
        {
            if (!_setsOf.TryGetValue(member, out var sets) || !sets.Add(set))
            {
                return false;
            }

            (_sets.TryGetValue(set, out var members) ? members : _sets[set] = []).Add(member);
            return true;
        }
    }

    /// <summary>False when the connection is not in the set.</summary>
    public bool TakeFrom(string set, HubOutbox member)
    {
        lock (_gate)
        {
            if (!_setsOf.TryGetValue(member, out var sets) || !sets.Remove(set))
            {
                return false;
            }

            TakeOut(set, member);
            return true;
        }
    }

    public IReadOnlyList<HubOutbox> In(string set)
    {
        lock (_gate)
        {
            return _sets.TryGetValue(set, out var members) ? [.. members] : [];
        }
    }

    private void TakeOut(string set, HubOutbox member)
    {
        if (_sets.TryGetValue(set, out var members) && members.Remove(member) && members.Count == 0)
        {
            _sets.Remove(set);
        }
    }
}
