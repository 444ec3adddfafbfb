namespace P2P.Client.Sdk;

/// <summary>
/// Remembers how far one user's event stream has been handled, so that the next start goes on from there. The position moves when every
/// handler of an event has ended: after a crash at most the event in hand is heard again, under the same <c>EventId</c>.
/// </summary>
/// <remarks>
/// A program whose handlers write to a database of their own reaches exactly-once: the handler stores <see cref="P2PEvent{T}.Position"/> in
/// the same transaction as its effect, <see cref="LoadAsync"/> reads it there, and <see cref="SaveAsync"/> has nothing left to do.
/// </remarks>
public interface IEventPositionStore
{
    /// <summary>The stored position; null when there is none, which begins at the stream's head.</summary>
    ValueTask<EventPosition?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the stored position. Never called twice at the same time; the next event waits until it has ended.</summary>
    ValueTask SaveAsync(EventPosition position, CancellationToken cancellationToken);
}
