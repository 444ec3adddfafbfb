using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Realtime.Push;

/// <summary>
/// One connection as the server pushes to it. Nobody who pushes ever waits for it: what is to be sent is kept here within bounds, and one
/// write at a time takes all that has gathered. A client that stops reading costs a window of events and one message a lossy channel.
/// </summary>
public sealed partial class HubLink : IThreadPoolWorkItem
{
    private const int BatchBytesMax = 64 * 1024;

    // Longer than any call may take.
    private static readonly TimeSpan AnswersMax = TimeSpan.FromSeconds(3);
    private static readonly UpDownCounter<long> Standing = ServerMeter.Meter.CreateUpDownCounter<long>(
        "p2p.connections", "{connection}", "Hub connections, by audience.");

    private static readonly Counter<long> Pushed = ServerMeter.Meter.CreateCounter<long>(
        "p2p.events.pushed", "{event}", "Durable events that were pushed.");

    private static readonly Counter<long> Heads = ServerMeter.Meter.CreateCounter<long>(
        "p2p.events.heads", "{message}", "Heads that were told instead of events, because a window was full.");

    private static readonly Histogram<double> Lags = ServerMeter.Seconds(
        "p2p.events.lag", "Time from an event's commit on this node until it is handed to a connection of this node.");

    private readonly Lock _gate = new();
    private readonly HubConnectionContext _connection;
    private readonly ILogger _log;
    private readonly Action<long> _told;
    private readonly Queue<HubFrame> _events = new();
    private readonly Queue<Func<HubFrame?>> _lossy = new();
    private readonly List<(long Seq, HubFrame Frame)> _whileShut = [];

    private EventWindow? _window;
    private Guid _epoch;
    private long _headToTell;
    private bool _writing;
    private bool _ended;

    internal HubLink(HubConnectionContext connection, Caller caller, string audience, ILogger log, Action<long> told)
    {
        (_connection, Caller, Audience, _log, _told) = (connection, caller, audience, log, told);
        IssuedAt = CallerClaims.IssuedAtOf(connection.User);
        Expires = CallerClaims.ExpiresOf(connection.User);
        Standing.Add(1, new KeyValuePair<string, object?>("audience", audience));
    }

    public Caller Caller { get; }

    public string Audience { get; }

    /// <summary>When the connection's token was issued.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>When the connection's token ends.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>True when nothing is sent any more.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    /// <summary>
    /// A channel for messages of which only the newest counts. What was not sent when the next one comes is merged into it.
    /// </summary>
    /// <param name="method">The client method.</param>
    /// <param name="merge">Pure and quick: the older message, the newer one, what both say together.</param>
    public LossyChannel<T> OpenLossy<T>(string method, Func<T, T, T> merge)
        where T : class => new(this, method, merge);

    /// <summary>The client has everything up to this number.</summary>
    public void Acknowledge(long seq)
    {
        lock (_gate)
        {
            _window?.Acknowledge(seq);
        }
    }

    /// <summary>The client is given these events as an answer; they need no push.</summary>
    public void Paged(long from, long to)
    {
        _told(Caller.UserId);
        lock (_gate)
        {
            _window?.Paged(from, to);
        }
    }

    /// <summary>Tells why, then closes. Nothing else is sent any more.</summary>
    public void Close(string code, string message)
    {
        if (End())
        {
            _ = ConnectionEnd.Close(_connection, code, message);
        }
    }

    /// <summary>
    /// The node stops: answers what runs, then tells why and closes. Ends when that is done; other pushes go on until then.
    /// </summary>
    public async Task Drain()
    {
        await ConnectionEnd.Finish(_connection, AnswersMax).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (End())
        {
            await ConnectionEnd.Close(_connection, ErrorCodes.Draining, "This node is about to stop. Connect again.");
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = Write();

    /// <summary>The client was told the head: from now on events are pushed, those first that came meanwhile.</summary>
    internal void Open(Guid epoch, long head)
    {
        lock (_gate)
        {
            _epoch = epoch;
            _window = new EventWindow(Limits.EventWindow, head);
            foreach (var (seq, frame) in _whileShut)
            {
                Take(_window, seq, frame);
            }

            _whileShut.Clear();
            StartWriting();
        }
    }

    internal void Push(long seq, HubFrame frame)
    {
        _told(Caller.UserId);
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_window is not null)
            {
                Take(_window, seq, frame);
                StartWriting();
            }
            else if (_whileShut.Count < Limits.EventWindow)
            {
                _whileShut.Add((seq, frame));
            }
            else
            {
                _headToTell = Math.Max(_headToTell, seq);
            }
        }
    }

    /// <summary>
    /// The stream stands at this number. Answers the events that are missing here and may be pushed (more than <c>From</c>, at most
    /// <c>To</c>); those beyond the window are announced. Null when nothing is missing, or may be pushed.
    /// </summary>
    internal (long From, long To)? Missing(long head)
    {
        lock (_gate)
        {
            if (_ended || _window is null || head <= _window.Sent)
            {
                return null;
            }

            if (head > _window.Limit)
            {
                TellHead(_window, head);
                StartWriting();
            }

            var to = Math.Min(head, _window.Limit);
            return to > _window.Sent ? (_window.Sent, to) : null;
        }
    }

    /// <summary>How many events of its stream, which stands at this number, the connection was not sent.</summary>
    internal long Behind(long head)
    {
        lock (_gate)
        {
            return _ended || _window is null ? 0 : Math.Max(0, head - _window.Sent);
        }
    }

    /// <summary>Something waits in a lossy channel.</summary>
    internal void PushLossy(Func<HubFrame?> take)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _lossy.Enqueue(take);
                StartWriting();
            }
        }
    }

    /// <summary>Forgets what waits. False when that was done before.</summary>
    internal bool End()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            _ended = true;
            _events.Clear();
            _lossy.Clear();
            _whileShut.Clear();
        }

        Standing.Add(-1, new KeyValuePair<string, object?>("audience", Audience));
        return true;
    }

    private void Take(EventWindow window, long seq, HubFrame frame)
    {
        // The queue is bounded by itself, too: a client may acknowledge without reading.
        switch (_events.Count < Limits.EventWindow ? window.Take(seq) : Offer.Beyond)
        {
            case Offer.Push:
                _events.Enqueue(frame);
                break;
            case Offer.Beyond:
                TellHead(window, seq);
                break;
            default:
                break;
        }
    }

    private void TellHead(EventWindow window, long seq)
    {
        if (seq > window.Highest)
        {
            _headToTell = Math.Max(_headToTell, seq);
        }
    }

    private void StartWriting()
    {
        if (!_writing && !_ended && _window is not null && (_events.Count > 0 || _lossy.Count > 0 || _headToTell > 0))
        {
            _writing = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task Write()
    {
        try
        {
            while (NextBatch() is { } batch)
            {
                await _connection.WriteAsync(new SerializedHubMessage([new SerializedMessage(HubFrame.ProtocolName, batch)]));
            }
        }
        catch (Exception e)
        {
            // The client loses its connection, no event: it resumes from its last number.
            WriteFailed(_log, Audience, e);
            End();
            _connection.Abort();
        }
    }

    /// <summary>All that waits, up to a bound, as one buffer; null when nothing does, and then nobody writes.</summary>
    private ReadOnlyMemory<byte>? NextBatch()
    {
        while (true)
        {
            List<HubFrame> frames = [];
            lock (_gate)
            {
                Collect(frames, out var waits);
                if (!waits)
                {
                    _writing = false;
                    return null;
                }
            }

            if (frames.Count > 0)
            {
                foreach (var frame in frames)
                {
                    if (frame.ToldAt is { } since)
                    {
                        Lags.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
                    }
                }

                return Join(frames);
            }
        }
    }

    private void Collect(List<HubFrame> frames, out bool waits)
    {
        waits = !_ended && (_events.Count > 0 || _lossy.Count > 0 || _headToTell > 0);
        if (!waits)
        {
            return;
        }

        var bytes = 0;
        while (bytes < BatchBytesMax && _events.TryDequeue(out var frame))
        {
            frames.Add(frame);
            bytes += frame.Bytes.Length;
        }

        Pushed.Add(frames.Count);
        if (_headToTell > 0 && _events.Count == 0)
        {
            frames.Add(new HubFrame(nameof(IConnectionClient.Head), _epoch, _headToTell));
            _window?.Told(_headToTell);
            _headToTell = 0;
            Heads.Add(1);
        }

        for (var i = _lossy.Count; i > 0 && bytes < BatchBytesMax; i--)
        {
            if (_lossy.Dequeue()() is { } frame)
            {
                frames.Add(frame);
                bytes += frame.Bytes.Length;
            }
        }
    }

    private static ReadOnlyMemory<byte> Join(List<HubFrame> frames)
    {
        if (frames is [var only])
        {
            return only.Bytes;
        }

        var joined = new byte[frames.Sum(frame => frame.Bytes.Length)];
        var at = 0;
        foreach (var frame in frames)
        {
            frame.Bytes.CopyTo(joined.AsMemory(at));
            at += frame.Bytes.Length;
        }

        return joined;
    }

    [LoggerMessage(
        EventId = 2001, Level = LogLevel.Error, Message = "Writing to a connection of audience {Audience} failed; it was closed.")]
    private static partial void WriteFailed(ILogger log, string audience, Exception exception);
}
