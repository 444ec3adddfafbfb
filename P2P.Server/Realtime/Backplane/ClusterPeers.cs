namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// Which other nodes are heard. Time passes here only while this node hears itself: a node that hears nobody judges nobody. Not safe for
/// several threads.
/// </summary>
public sealed class ClusterPeers
{
    /// <summary>So many beats may be missed before a peer counts as silent: what it says may be lost.</summary>
    private const int SilentBeats = 4;

    /// <summary>So many, and it is taken for dead.</summary>
    private const int GoneBeats = 20;

    /// <summary>So many, and it is forgotten: if it still runs, its events are found by healing.</summary>
    private const int ForgottenBeats = 240;

    private readonly Dictionary<long, int> _missed = [];

    /// <summary>True while a peer that was heard is silent and has not said that it ends.</summary>
    public bool AnySilent => _missed.Values.Any(missed => missed >= SilentBeats);

    /// <summary>The peers that live.</summary>
    public IEnumerable<long> Alive => _missed.Where(pair => pair.Value < GoneBeats).Select(pair => pair.Key);

    /// <summary>True when the peer was not there before.</summary>
    public bool Heard(long node)
    {
        var isNew = !_missed.TryGetValue(node, out var missed) || missed >= GoneBeats;
        _missed[node] = 0;
        return isNew;
    }

    /// <summary>The peer said that it ends.</summary>
    public void Left(long node) => _missed.Remove(node);

    /// <summary>One beat has passed.</summary>
    public void Pass()
    {
        foreach (var node in _missed.Keys.ToList())
        {
            if (++_missed[node] >= ForgottenBeats)
            {
                _missed.Remove(node);
            }
        }
    }
}
