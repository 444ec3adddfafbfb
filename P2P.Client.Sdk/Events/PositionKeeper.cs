using Microsoft.Extensions.Logging;

namespace P2P.Client.Sdk.Events;

/// <summary>Stores the position as it moves. Saves that come together are one, and the newest position wins.</summary>
#pragma warning disable CA1001 // The semaphore holds nothing to give back, and readers may still end events after the client is disposed.
internal sealed class PositionKeeper(IEventPositionStore store, ILogger logger)
{
#pragma warning restore CA1001
    private readonly SemaphoreSlim _one = new(1);
    private EventPosition? _saved;

    /// <summary>The events that are handed out.</summary>
    public PendingEvents Pending { get; } = new();

    /// <summary>Raised when the position has moved, so that the sequencer may take in more.</summary>
    public event Action<EventPosition>? Moved;

    /// <summary>Reads where to begin.</summary>
    public async Task<EventPosition?> LoadAsync(CancellationToken cancellationToken) =>
        _saved = await store.LoadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A reader has ended an event; ends when the position, if it moved, is stored.</summary>
    public ValueTask EndAsync(EventTicket ticket) => Pending.End(ticket) ? SaveAsync() : ValueTask.CompletedTask;

    /// <summary>Stores the newest position unless that was done.</summary>
    public async ValueTask SaveAsync()
    {
        await _one.WaitAsync().ConfigureAwait(false);
        var newest = Pending.Position;
        try
        {
            if (newest is not null && newest != _saved)
            {
                await store.SaveAsync(newest, CancellationToken.None).ConfigureAwait(false);
                _saved = newest;
            }
        }
        catch (Exception e)
        {
            // Nobody loses an event: until a later save succeeds, a new start would hear more of them again.
            SdkLog.PositionNotSaved(logger, e, newest?.Seq ?? 0);
        }
        finally
        {
            _one.Release();
        }

        if (newest is not null)
        {
            Moved?.Invoke(newest);
        }
    }
}
