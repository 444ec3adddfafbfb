using System.Collections.Immutable;

namespace P2P.Client.Sdk.Events;

/// <summary>A part of the application that hears events, each of its own at its own pace.</summary>
internal interface IEventReader
{
    /// <summary>True when the event is for this reader.</summary>
    bool Wants(HeardEvent heard);

    /// <summary>Puts an event into the reader's queue; false when the reader has left.</summary>
    bool TryHand(EventTicket ticket, HeardEvent heard);

    /// <summary>No more events come: the client is disposed.</summary>
    void Complete();
}

/// <summary>Hands each event to all who want it, and waits for none of them.</summary>
internal sealed class EventReaders(PositionKeeper keeper, CancellationToken stopping)
{
    /// <summary>
    /// For so long a reader that leaves still holds the position before the events that it had not ended. A program that is about to stop
    /// cancels its readers first: its next start hears those events instead of losing them.
    /// </summary>
    public static readonly TimeSpan LeaveGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private ImmutableArray<IEventReader> _readers = [];

    /// <summary>Where ended events are told.</summary>
    public PositionKeeper Keeper => keeper;

    /// <summary>From the next event on the reader is handed what it wants.</summary>
    public void Join(IEventReader reader)
    {
        lock (_lock)
        {
            _readers = _readers.Add(reader);
        }

        if (stopping.IsCancellationRequested)
        {
            reader.Complete();
        }
    }

    /// <summary>Hands out an event. True when the position moved, because nobody wants it.</summary>
    public bool Publish(Guid epoch, long seq, HeardEvent heard)
    {
        var takers = _readers.Where(reader => heard.Body is not null && reader.Wants(heard)).ToList();
        var ticket = new EventTicket(epoch, seq, takers.Count);
        var moved = keeper.Pending.Add(ticket);
        foreach (var taker in takers.Where(taker => !taker.TryHand(ticket, heard)))
        {
            moved |= keeper.Pending.End(ticket);
        }

        return moved;
    }

    /// <summary>The reader hears nothing more; what it had not ended is let go after <see cref="LeaveGrace"/>.</summary>
    public void Leave(IEventReader reader, IReadOnlyCollection<EventTicket> left)
    {
        lock (_lock)
        {
            _readers = _readers.Remove(reader);
        }

        if (left.Count > 0)
        {
            _ = LetGoAsync(left);
        }
    }

    /// <summary>Ends every reader's queue.</summary>
    public void Complete()
    {
        foreach (var reader in _readers)
        {
            reader.Complete();
        }
    }

    private async Task LetGoAsync(IReadOnlyCollection<EventTicket> left)
    {
        try
        {
            await Task.Delay(LeaveGrace, stopping).ConfigureAwait(false);
            foreach (var ticket in left)
            {
                keeper.Pending.End(ticket);
            }

            await keeper.SaveAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client is disposed: the position stays before these events, and the next start hears them.
        }
        catch (ObjectDisposedException)
        {
            // The same, a moment later.
        }
    }
}
