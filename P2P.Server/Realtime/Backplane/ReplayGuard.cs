namespace P2P.Server.Realtime.Backplane;

/// <summary>What becomes of a genuine message.</summary>
public enum Freshness
{
    /// <summary>It is new.</summary>
    New,

    /// <summary>It was heard before, or is so far behind that nobody can tell.</summary>
    Replayed,

    /// <summary>Its time is too far from ours.</summary>
    Stale,
}

/// <summary>
/// Lets each message of each node through once. Numbers may overtake each other within a window; what is older than a minute is refused, so
/// that nodes can be forgotten. Pure book-keeping, not safe for several threads.
/// </summary>
public sealed class ReplayGuard
{
    private const int WindowNumbers = 4_096;
    private const int NodesMax = 1_024;
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, Window> _nodes = [];

    public Freshness Take(long node, long number, DateTimeOffset sentAt, DateTimeOffset now)
    {
        if ((now - sentAt).Duration() > AgeMax)
        {
            return Freshness.Stale;
        }

        if (!_nodes.TryGetValue(node, out var window))
        {
            if (_nodes.Count >= NodesMax)
            {
                Forget(now);
            }

            window = _nodes[node] = new Window(number);
        }

        window.HeardAt = now;
        return window.Take(number) ? Freshness.New : Freshness.Replayed;
    }

    /// <summary>Whatever these said is too old by now to be taken again.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var node in _nodes.Where(pair => now - pair.Value.HeardAt > 2 * AgeMax).Select(pair => pair.Key).ToList())
        {
            _nodes.Remove(node);
        }
    }

    private sealed class Window(long first)
    {
        private readonly bool[] _taken = new bool[WindowNumbers];
        private long _highest = first - 1;

        public DateTimeOffset HeardAt { get; set; }

        public bool Take(long number)
        {
            if (number <= _highest - WindowNumbers)
            {
                return false;
            }

            for (var skipped = Math.Max(_highest + 1, number - WindowNumbers + 1); skipped <= number; skipped++)
            {
                _taken[Place(skipped)] = false;
            }

            _highest = Math.Max(_highest, number);
            var isNew = !_taken[Place(number)];
            _taken[Place(number)] = true;
            return isNew;
        }

        private static int Place(long number) => (int)(number & (WindowNumbers - 1));
    }
}
