using System.Threading.Channels;

namespace P2P.Client.Sdk.Events;

/// <summary>
/// One <c>await foreach</c> over events of one type. It collects from the moment it is made, so that nothing is missed between making and
/// reading it; an event is ended when the next one is asked for.
/// </summary>
internal sealed class EventWatch<T> : IEventReader, IAsyncEnumerable<P2PEvent<T>>, IAsyncEnumerator<P2PEvent<T>>
{
    private readonly EventReaders _readers;
    private readonly Func<T, bool>? _filter;
    private readonly Channel<(EventTicket Ticket, HeardEvent Heard)> _queue;
    private readonly CancellationToken _made;
    private readonly CancellationTokenRegistration _abandoned;
    private CancellationToken _enumerating;
    private EventTicket? _inHand;
    private P2PEvent<T>? _current;
    private int _enumerated;
    private int _left;

    public EventWatch(EventReaders readers, Func<T, bool>? filter, CancellationToken cancellationToken)
    {
        (_readers, _filter, _made) = (readers, filter, cancellationToken);
        // Bounded by the sequencer, which takes in no more while any reader lags so far behind.
        _queue = Channel.CreateUnbounded<(EventTicket, HeardEvent)>(new UnboundedChannelOptions { SingleWriter = true });
        readers.Join(this);
        _abandoned = cancellationToken.Register(LeaveUnread);
    }

    /// <inheritdoc/>
    public P2PEvent<T> Current => _current ?? throw new InvalidOperationException("MoveNextAsync comes first.");

    /// <inheritdoc/>
    public bool Wants(HeardEvent heard) => heard.Body is T body && (_filter is null || _filter(body));

    /// <inheritdoc/>
    public bool TryHand(EventTicket ticket, HeardEvent heard) => _queue.Writer.TryWrite((ticket, heard));

    /// <inheritdoc/>
    public void Complete() => _queue.Writer.TryComplete();

    /// <inheritdoc/>
    public IAsyncEnumerator<P2PEvent<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _enumerated, 1) == 1)
        {
            throw new InvalidOperationException("A watch is read once: make another one.");
        }

        _enumerating = cancellationToken;
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MoveNextAsync()
    {
        if (_inHand is { } ended)
        {
            _inHand = null;
            await _readers.Keeper.EndAsync(ended).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_made, _enumerating);
        either.Token.ThrowIfCancellationRequested();
        while (await _queue.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false))
        {
            if (_queue.Reader.TryRead(out var next))
            {
                _inHand = next.Ticket;
                var position = new EventPosition(next.Ticket.Epoch, next.Ticket.Seq);
                // Wants let it in, so it has a body of this type.
                _current = new P2PEvent<T>(next.Heard.Head, (T)next.Heard.Body!, position) { Text = next.Heard.Text };
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _abandoned.DisposeAsync().ConfigureAwait(false);
        Leave();
    }

    private void LeaveUnread()
    {
        // A watch that is being read leaves when its reader does, which may have an event in hand.
        if (Volatile.Read(ref _enumerated) == 0)
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) == 1)
        {
            return;
        }

        Complete();
        var left = new List<EventTicket>();
        if (_inHand is { } inHand)
        {
            left.Add(inHand);
        }

        while (_queue.Reader.TryRead(out var unread))
        {
            left.Add(unread.Ticket);
        }

        _readers.Leave(this, left);
    }
}
