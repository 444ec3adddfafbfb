using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using P2P.Contracts;

namespace P2P.Client.Sdk.Events;

/// <summary>Runs the application's handlers, one event after the other and for each event one handler after the other.</summary>
internal sealed class EventHandlers : IEventReader
{
    private readonly Channel<(EventTicket Ticket, HeardEvent? Heard)> _queue =
        Channel.CreateUnbounded<(EventTicket, HeardEvent?)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly PositionKeeper _keeper;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private readonly Lock _lock = new();
    private ImmutableArray<Handler> _handlers = [];

    public EventHandlers(EventReaders readers, ILogger logger, CancellationToken stopping)
    {
        (_keeper, _logger, _stopping) = (readers.Keeper, logger, stopping);
        readers.Join(this);
        Running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Ends when the queue has ended and the handler in hand has returned.</summary>
    public Task Running { get; }

    /// <summary>Adds a handler for events of one type; disposing the answer takes it away.</summary>
    public IDisposable Add<T>(Func<P2PEvent<T>, CancellationToken, Task> handler) =>
        // The body is of type T: handlers are chosen by it.
        Add(new Handler(
            typeof(T),
            (heard, position, token) => handler(new P2PEvent<T>(heard.Head, (T)heard.Body!, position) { Text = heard.Text }, token)));

    /// <summary>Adds a handler that hears when events were lost for good.</summary>
    public IDisposable AddResync(Func<StreamResync, CancellationToken, Task> handler) =>
        Add(new Handler(typeof(StreamResync), (_, position, token) => handler(new StreamResync(position), token)));

    /// <inheritdoc/>
    public bool Wants(HeardEvent heard) => heard.Body is { } body && _handlers.Any(handler => handler.BodyType == body.GetType());

    /// <inheritdoc/>
    public bool TryHand(EventTicket ticket, HeardEvent heard) => _queue.Writer.TryWrite((ticket, heard));

    /// <summary>Events were lost for good; the position moves there once the application was told.</summary>
    public void HandResync(EventTicket ticket) => _queue.Writer.TryWrite((ticket, null));

    /// <inheritdoc/>
    public void Complete() => _queue.Writer.TryComplete();

    private Removal Add(Handler handler)
    {
        lock (_lock)
        {
            _handlers = _handlers.Add(handler);
        }

        return new Removal(this, handler);
    }

    private async Task RunAsync()
    {
        await foreach (var (ticket, heard) in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (_stopping.IsCancellationRequested)
            {
                // Not handled, so not ended: the next start hears it.
                return;
            }

            var type = heard is null ? typeof(StreamResync) : heard.Body?.GetType();
            foreach (var handler in _handlers.Where(handler => handler.BodyType == type))
            {
                if (!await RunAsync(handler, ticket, heard).ConfigureAwait(false))
                {
                    return;
                }
            }

            await _keeper.EndAsync(ticket).ConfigureAwait(false);
        }
    }

    private async Task<bool> RunAsync(Handler handler, EventTicket ticket, HeardEvent? heard)
    {
        try
        {
            await handler.Run(heard ?? NoEvent, new EventPosition(ticket.Epoch, ticket.Seq), _stopping).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // The application's own fault, told to its log: one handler that fails must not hold up every later event.
            SdkLog.HandlerFailed(_logger, e, heard?.Type ?? nameof(StreamResync), ticket.Seq);
            return true;
        }
    }

    private static readonly HeardEvent NoEvent = new(new EventHead { EventId = Guid.Empty, Seq = 0, At = default }, "", null);

    private sealed record Handler(Type BodyType, Func<HeardEvent, EventPosition, CancellationToken, Task> Run);

    private sealed class Removal(EventHandlers owner, Handler handler) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._handlers = owner._handlers.Remove(handler);
            }
        }
    }
}
