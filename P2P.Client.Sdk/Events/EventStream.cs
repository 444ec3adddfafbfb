using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts;

namespace P2P.Client.Sdk.Events;

/// <summary>
/// The one loop that feeds the sequencer with what a connection brings, and does what the sequencer says: hand out, ask, acknowledge. It
/// never waits for a handler nor for the server.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const int InputsMax = 4_096;
    private static readonly TimeSpan HandlerStopMax = TimeSpan.FromSeconds(5);
    private readonly Channel<Action<long>> _inputs =
        Channel.CreateBounded<Action<long>>(new BoundedChannelOptions(InputsMax) { SingleReader = true });

    private readonly Dictionary<string, Type> _bodyTypes;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ILogger _logger;
    private readonly Telemetry _telemetry;
    private readonly ITimer _timer;
    private readonly PositionKeeper _keeper;
    private EventSequencer<HeardEvent>? _sequencer;
    private HubSession? _session;
    private Task _running = Task.CompletedTask;
    private bool _lagLogged;

    public EventStream(P2PClientOptions options, IEnumerable<ClientMethod> methods, ILogger logger, Telemetry telemetry)
    {
        (_logger, _telemetry, _time) = (logger, telemetry, options.TimeProvider);
        _start = _time.GetTimestamp();
        // Not null: those without a body are left out.
        _bodyTypes = methods.Where(method => method.BodyType is not null).ToDictionary(method => method.Name, method => method.BodyType!);
        _timer = _time.CreateTimer(_ => _inputs.Writer.TryWrite(static _ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _keeper = new PositionKeeper(options.Positions, logger);
        _keeper.Moved += position => Post(now => _sequencer?.Ended(position.Epoch, position.Seq, now));
        Readers = new EventReaders(_keeper, _stop.Token);
        Handlers = new EventHandlers(Readers, logger, _stop.Token);
    }

    /// <summary>Who hears.</summary>
    public EventReaders Readers { get; }

    /// <summary>The application's handlers.</summary>
    public EventHandlers Handlers { get; }

    /// <summary>Reads the stored position and starts the loop; done once, before the first connection.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_sequencer is null)
        {
            _sequencer = new EventSequencer<HeardEvent>(await _keeper.LoadAsync(cancellationToken).ConfigureAwait(false));
            _running = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>A connection stands.</summary>
    public Task ConnectedAsync(HubSession session, ConnectedInfo info) => PostAsync(now =>
    {
        _session = session;
        _sequencer?.Connected(info.Epoch, info.HeadSeq, info.FirstSeq, now);
    });

    /// <summary>A connection is gone.</summary>
    public Task LostAsync(HubSession session) => PostAsync(session, _ =>
    {
        _session = null;
        _sequencer?.Lost();
    });

    /// <summary>An event was pushed.</summary>
    public Task PushedAsync(HubSession session, HeardEvent heard) =>
        PostAsync(session, now => _sequencer?.Pushed(heard.Head.Seq, heard, now));

    /// <summary>The server told where the stream stands.</summary>
    public Task HeadAsync(HubSession session, Guid epoch, long seq) => PostAsync(session, now => _sequencer?.HeadHeard(epoch, seq, now));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _inputs.Writer.TryComplete();
        Readers.Complete();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        // A handler that ignores its token, or that disposes the client itself, must not hold this up for ever.
        await Handlers.Running.WaitAsync(HandlerStopMax, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _keeper.SaveAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var sequencer = _sequencer!; // Set by StartAsync, which starts this loop.
        while (await _inputs.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var moved = false;
            while (_inputs.Reader.TryRead(out var input))
            {
                input(Now());
                moved |= Perform(sequencer);
            }

            sequencer.Tick(Now());
            moved |= Perform(sequencer);
            if (moved)
            {
                _ = _keeper.SaveAsync().AsTask();
            }

            LogLag(sequencer);
            SetTimer(sequencer.WakeAt);
        }
    }

    private bool Perform(EventSequencer<HeardEvent> sequencer)
    {
        var moved = false;
        foreach (var step in sequencer.TakeSteps())
        {
            switch (step)
            {
                case SequencerStep<HeardEvent>.Deliver deliver:
                    _telemetry.Events.Add(1);
                    moved |= Readers.Publish(deliver.Epoch, deliver.Seq, deliver.Event);
                    break;
                case SequencerStep<HeardEvent>.Begin begin:
                    moved |= _keeper.Pending.Add(new EventTicket(begin.Epoch, begin.Seq, holders: 0));
                    break;
                case SequencerStep<HeardEvent>.Resync resync:
                    _telemetry.Resyncs.Add(1);
                    SdkLog.Resynced(_logger, resync.Seq);
                    _keeper.Pending.Forget();
                    var ticket = new EventTicket(resync.Epoch, resync.Seq, holders: 1);
                    _keeper.Pending.Add(ticket);
                    Handlers.HandResync(ticket);
                    break;
                case SequencerStep<HeardEvent>.Ask ask when _session is { } session:
                    _ = AskAsync(session, ask);
                    break;
                case SequencerStep<HeardEvent>.Ack ack when _session is { } session:
                    _ = AckAsync(session, ack.Seq);
                    break;
            }
        }

        return moved;
    }

    private async Task AskAsync(HubSession session, SequencerStep<HeardEvent>.Ask ask)
    {
        var (id, epoch, after) = ask;
        try
        {
            var page = await session.InvokeAsync<EventPage>(nameof(IStreamCalls.EventsSince), [epoch, after], _stop.Token)
                .ConfigureAwait(false);
            var events = page.Events.Select(stored => (stored.Head.Seq, Read(stored))).ToList();
            await PostAsync(session, now => _sequencer?.PageHeard(id, events, page.HeadSeq, now)).ConfigureAwait(false);
        }
        catch (P2PException e) when (e.Code == ErrorCodes.Resync && TryReadPosition(e.Details) is { } to)
        {
            await PostAsync(session, now => _sequencer?.ResyncHeard(id, to.Epoch, to.Seq, now)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: nobody waits for the page.
        }
        catch (Exception e)
        {
            // Asked again after a while, here or on the next connection.
            SdkLog.EventsNotRead(_logger, e, after);
            await Task.Delay((e as P2PException)?.RetryAfter ?? TimeSpan.FromMilliseconds(200), _time, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await PostAsync(session, now => _sequencer?.AskFailed(id, now)).ConfigureAwait(false);
        }
    }

    private async Task AckAsync(HubSession session, long seq)
    {
        try
        {
            await session.SendAsync(nameof(IStreamCalls.Ack), [seq], _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The connection ended meanwhile: the next one acknowledges anew.
            SdkLog.AckNotSent(_logger, e, seq);
        }
    }

    private HeardEvent Read(StoredEvent stored)
    {
        if (!_bodyTypes.TryGetValue(stored.Type, out var type))
        {
            // A newer server tells of things that this version does not know; nobody here can wait for them.
            return new HeardEvent(stored.Head, stored.Type, Body: null);
        }

        try
        {
            return new HeardEvent(stored.Head, stored.Type, stored.Body.Deserialize(type, WireJson.Client));
        }
        catch (JsonException e)
        {
            SdkLog.EventUnreadable(_logger, e, stored.Type, stored.Head.Seq);
            return new HeardEvent(stored.Head, stored.Type, Body: null);
        }
    }

    private static EventPosition? TryReadPosition(JsonElement details) =>
        details.ValueKind == JsonValueKind.Object
        && details.TryGetProperty("epoch", out var epoch) && epoch.ValueKind == JsonValueKind.String && epoch.TryGetGuid(out var id)
        && details.TryGetProperty("headSeq", out var head) && TryReadSeq(head) is { } seq
            ? new EventPosition(id, seq)
            : null;

    /// <summary>A refusal's details are texts; a number is understood as well.</summary>
    private static long? TryReadSeq(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text) => text,
        _ => null,
    };

    private void LogLag(EventSequencer<HeardEvent> sequencer)
    {
        if (sequencer.Full && !_lagLogged)
        {
            SdkLog.HandlersLag(_logger, sequencer.Received);
        }

        _lagLogged = sequencer.Full;
    }

    private void SetTimer(long? wakeAt)
    {
        var due = wakeAt is { } at ? TimeSpan.FromTicks(Math.Max(at - Now(), 0)) + TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan;
        try
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Disposed: the loop is about to end.
        }
    }

    private long Now() => _time.GetElapsedTime(_start).Ticks;

    private void Post(Action<long> input)
    {
        if (!_inputs.Writer.TryWrite(input))
        {
            _ = PostAsync(input);
        }
    }

    private Task PostAsync(HubSession session, Action<long> input) => PostAsync(now =>
    {
        // What a former connection still says is told again by the present one.
        if (ReferenceEquals(session, _session))
        {
            input(now);
        }
    });

    private async Task PostAsync(Action<long> input)
    {
        try
        {
            await _inputs.Writer.WriteAsync(input).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Disposed: nobody listens any more.
        }
    }
}
