namespace P2P.Server.Realtime.Push;

/// <summary>What becomes of an event that is offered to a connection.</summary>
public enum Offer
{
    /// <summary>It is sent.</summary>
    Push,

    /// <summary>It was sent before, or the client has it already.</summary>
    Known,

    /// <summary>Too much is unacknowledged: only the head is told.</summary>
    Beyond,
}

/// <summary>
/// Which events of its stream one connection was sent, and which it acknowledged. Pure book-keeping, not safe for several threads.
/// </summary>
/// <param name="size">Events that may be unacknowledged.</param>
/// <param name="head">The head that the client was told at first; it is taken as acknowledged, because the client pages up to it.</param>
public sealed class EventWindow(int size, long head)
{
    // Sent before their predecessors, which another thread or node is about to push: never more than the window.
    private readonly SortedSet<long> _early = [];

    /// <summary>Every event up to this number was sent, or the client has it by other means.</summary>
    public long Sent { get; private set; } = head;

    /// <summary>Every event up to this number has arrived.</summary>
    public long Acknowledged { get; private set; } = head;

    /// <summary>The highest number that the client was told of.</summary>
    public long Highest { get; private set; } = head;

    /// <summary>The highest number that may be sent now.</summary>
    public long Limit => Acknowledged + size;

    public Offer Take(long seq)
    {
        if (seq <= Sent || _early.Contains(seq))
        {
            return Offer.Known;
        }

        if (seq > Limit)
        {
            return Offer.Beyond;
        }

        _early.Add(seq);
        Advance();
        return Offer.Push;
    }

    /// <summary>The client says that it has everything up to this number. What it was never told of, it cannot have.</summary>
    public void Acknowledge(long seq)
    {
        Acknowledged = Math.Max(Acknowledged, Math.Min(seq, Highest));
        Sent = Math.Max(Sent, Acknowledged);
        Advance();
    }

    /// <summary>The client was told that the stream stands here.</summary>
    public void Told(long seq) => Highest = Math.Max(Highest, seq);

    /// <summary>The client is given a page: all after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public void Paged(long from, long to)
    {
        Told(to);
        if (from <= Sent)
        {
            Sent = Math.Max(Sent, to);
            Advance();
        }
    }

    private void Advance()
    {
        while (_early.Count > 0 && _early.Min <= Sent + 1)
        {
            Sent = Math.Max(Sent, _early.Min);
            _early.Remove(_early.Min);
        }

        Highest = Math.Max(Highest, _early.Count > 0 ? _early.Max : Sent);
    }
}
