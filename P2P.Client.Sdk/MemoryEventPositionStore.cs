namespace P2P.Client.Sdk;

/// <summary>Remembers the position while the process lives: a new start begins at the stream's head.</summary>
public sealed class MemoryEventPositionStore : IEventPositionStore
{
    private volatile EventPosition? _position;

    /// <inheritdoc/>
    public ValueTask<EventPosition?> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_position);

    /// <inheritdoc/>
    public ValueTask SaveAsync(EventPosition position, CancellationToken cancellationToken)
    {
        _position = position;
        return ValueTask.CompletedTask;
    }
}
