namespace P2P.Client.Sdk.Events;

/// <summary>An event that was handed out: the position moves over it when nobody has it in hand any more.</summary>
internal sealed class EventTicket(Guid epoch, long seq, int holders)
{
    public Guid Epoch { get; } = epoch;

    public long Seq { get; } = seq;

    /// <summary>Readers that have not ended it; changed under the lock of <see cref="PendingEvents"/>.</summary>
    public int Holders { get; set; } = holders;
}

/// <summary>
/// Knows which events are handled. Readers end theirs in any order; the position is the last event before which none is open. Pure but for
/// its lock.
/// </summary>
internal sealed class PendingEvents
{
    private readonly Lock _lock = new();
    private readonly Queue<EventTicket> _open = [];

    /// <summary>Everything up to here is handled; null before anything was.</summary>
    public EventPosition? Position { get; private set; }

    /// <summary>An event goes out to so many readers. True when the position moved at once, because nobody wants it.</summary>
    public bool Add(EventTicket ticket)
    {
        lock (_lock)
        {
            _open.Enqueue(ticket);
            return Move();
        }
    }

    /// <summary>One reader has ended an event. True when the position moved.</summary>
    public bool End(EventTicket ticket)
    {
        lock (_lock)
        {
            ticket.Holders--;
            return Move();
        }
    }

    /// <summary>The stream goes on elsewhere: events that are still open no longer hold the position, nor move it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _open.Clear();
        }
    }

    private bool Move()
    {
        var moved = false;
        while (_open.TryPeek(out var first) && first.Holders <= 0)
        {
            _open.Dequeue();
            (Position, moved) = (new EventPosition(first.Epoch, first.Seq), true);
        }

        return moved;
    }
}
