using P2P.Contracts;

namespace P2P.Client.Sdk.Events;

/// <summary>
/// The resume protocol: turns pushes that are late, lost, doubled or out of order into each event once and in order. Pure: time comes in
/// with each input as ticks of any clock that only moves forward, and what must be done comes out as steps, so that it runs in a simulation
/// as it runs live.
/// </summary>
/// <remarks>Not safe for several threads: one loop feeds it.</remarks>
internal sealed class EventSequencer<T>
{
    /// <summary>Events that are handed out and not ended; beyond it nothing is taken in and nothing acknowledged.</summary>
    public const int LagMax = 1_024;

    /// <summary>Events kept that came before their turn.</summary>
    public const int EarlyMax = Limits.EventWindow;

    /// <summary>Events received that are acknowledged at once.</summary>
    public const int AckEvents = 32;

    /// <summary>How long the acknowledgement of fewer events may wait.</summary>
    public static readonly long AckTicks = TimeSpan.FromMilliseconds(250).Ticks;

    /// <summary>How long a hole may fill by itself: two server nodes overtake each other.</summary>
    public static readonly long HoleTicks = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly SortedDictionary<long, T> _early = [];
    private readonly List<SequencerStep<T>> _steps = [];
    private Guid _epoch;
    private bool _begun;
    private bool _connected;
    private long _received;
    private long _ended;
    private long _head;
    private long _acked;
    private int _unacked;
    private bool _doubt;
    private long? _ackDue;
    private long? _holeDue;
    private long _askId;
    private long _askedAfter;
    private bool _asking;

    /// <summary>Starts behind a stored position, or without one at the head of the first connection.</summary>
    public EventSequencer(EventPosition? stored)
    {
        if (stored is not null)
        {
            (_begun, _epoch, _received, _ended, _head) = (true, stored.Epoch, stored.Seq, stored.Seq, stored.Seq);
        }
    }

    /// <summary>The number of the last event handed out.</summary>
    public long Received => _received;

    /// <summary>True while events wait because handlers lag behind.</summary>
    public bool Full => _received - _ended >= LagMax;

    /// <summary>When <see cref="Tick"/> is wanted next; null when only an input changes anything.</summary>
    public long? WakeAt => (_connected ? (_ackDue, _holeDue) : default) switch
    {
        (null, var hole) => hole,
        (var ack, null) => ack,
        var (ack, hole) => Math.Min(ack.Value, hole.Value),
    };

    /// <summary>Takes the steps that have come together since the last call.</summary>
    public IReadOnlyList<SequencerStep<T>> TakeSteps()
    {
        if (_steps.Count == 0)
        {
            return [];
        }

        var taken = _steps.ToArray();
        _steps.Clear();
        return taken;
    }

    /// <summary>A connection stands; its server names epoch, newest and oldest event.</summary>
    public void Connected(Guid epoch, long headSeq, long firstSeq, long now)
    {
        (_connected, _asking, _doubt, _holeDue, _ackDue) = (true, false, false, null, null);
        // A new connection has been told nothing yet.
        (_acked, _unacked) = (0, 0);
        if (!_begun)
        {
            (_begun, _epoch, _received, _ended, _head) = (true, epoch, headSeq, headSeq, headSeq);
            _steps.Add(new SequencerStep<T>.Begin(epoch, headSeq));
        }
        else if (epoch != _epoch || _received > headSeq || _received + 1 < firstSeq)
        {
            Restart(epoch, headSeq);
        }

        _head = Math.Max(_head, headSeq);
        Go(now, askNow: true);
    }

    /// <summary>The connection is gone; its answers and pushes no longer come.</summary>
    public void Lost() => (_connected, _asking, _holeDue, _ackDue) = (false, false, null, null);

    /// <summary>An event was pushed.</summary>
    public void Pushed(long seq, T pushed, long now)
    {
        if (!_connected || seq <= _received)
        {
            return;
        }

        _head = Math.Max(_head, seq);
        if (seq == _received + 1)
        {
            Receive(seq, pushed);
        }
        else if (_early.Count < EarlyMax)
        {
            _early.TryAdd(seq, pushed);
        }

        Go(now, askNow: false);
    }

    /// <summary>The server says where the stream stands instead of pushing.</summary>
    public void HeadHeard(Guid epoch, long seq, long now)
    {
        if (!_connected)
        {
            return;
        }

        if (epoch != _epoch)
        {
            // Only the answer to a question says from where on the new history is whole.
            _doubt = true;
        }
        else
        {
            _head = Math.Max(_head, seq);
        }

        Go(now, askNow: true);
    }

    /// <summary>A page came for an ask.</summary>
    public void PageHeard(long askId, IEnumerable<(long Seq, T Event)> events, long headSeq, long now)
    {
        if (!Answers(askId))
        {
            return;
        }

        _doubt = false;
        var before = _received;
        foreach (var (seq, paged) in events)
        {
            if (seq == _received + 1)
            {
                Receive(seq, paged);
            }
        }

        // A page without anything new must not be followed by the next question at once.
        _head = Math.Max(_head, headSeq);
        Go(now, askNow: _received > before);
    }

    /// <summary>The server cannot go on from the asked position.</summary>
    public void ResyncHeard(long askId, Guid epoch, long headSeq, long now)
    {
        if (!Answers(askId))
        {
            return;
        }

        // Pushes may have closed the hole while the question was on its way: only a new question tells whether the stream goes on from
        // there.
        var overtaken = epoch == _epoch && _received > _askedAfter;
        if (!overtaken)
        {
            Restart(epoch, headSeq);
        }

        Go(now, askNow: overtaken);
    }

    /// <summary>The ask got no answer; it may be repeated after a while.</summary>
    public void AskFailed(long askId, long now)
    {
        if (Answers(askId))
        {
            Go(now, askNow: false);
        }
    }

    /// <summary>Every event up to this number was handled.</summary>
    public void Ended(Guid epoch, long seq, long now)
    {
        if (_begun && epoch == _epoch && seq > _ended && seq <= _received)
        {
            _ended = seq;
            Go(now, askNow: false);
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(long now)
    {
        if (_connected)
        {
            Go(now, askNow: false);
        }
    }

    private bool Answers(long askId)
    {
        if (!_connected || !_asking || askId != _askId)
        {
            return false;
        }

        _asking = false;
        return true;
    }

    private void Restart(Guid epoch, long headSeq)
    {
        _early.Clear();
        (_epoch, _received, _ended, _head, _acked) = (epoch, headSeq, headSeq, headSeq, 0);
        (_doubt, _holeDue, _ackDue) = (false, null, null);
        _steps.Add(new SequencerStep<T>.Resync(epoch, headSeq));
    }

    private void Receive(long seq, T received)
    {
        if (!Full)
        {
            // A hole behind this event is another one, with a time of its own to fill.
            (_received, _holeDue) = (seq, null);
            _unacked++;
            _steps.Add(new SequencerStep<T>.Deliver(_epoch, seq, received));
        }
    }

    private void Go(long now, bool askNow)
    {
        while (_early.Count > 0 && _early.First() is var (seq, early) && seq <= _received + 1 && !(seq > _received && Full))
        {
            _early.Remove(seq);
            if (seq > _received)
            {
                Receive(seq, early);
            }
        }

        if (!_connected)
        {
            return;
        }

        Fill(now, askNow);
        Acknowledge(now);
    }

    private void Fill(long now, bool askNow)
    {
        // After a jam a question pays only when a good part of its page can be taken in.
        var room = _received - _ended <= LagMax / 2;
        if (!(_doubt || (_head > _received && room)) || _asking)
        {
            _holeDue = null;
            return;
        }

        _holeDue ??= now + HoleTicks;
        if (askNow || now >= _holeDue)
        {
            Ask();
        }
    }

    private void Ask()
    {
        if (!_asking)
        {
            (_asking, _askedAfter, _holeDue) = (true, _received, null);
            _steps.Add(new SequencerStep<T>.Ask(++_askId, _epoch, _received));
        }
    }

    private void Acknowledge(long now)
    {
        if (_received <= _acked)
        {
            _ackDue = null;
            return;
        }

        _ackDue ??= now + AckTicks;
        if (now >= _ackDue || _unacked >= AckEvents)
        {
            (_acked, _unacked, _ackDue) = (_received, 0, null);
            _steps.Add(new SequencerStep<T>.Ack(_received));
        }
    }
}
