using P2P.Client.Sdk;
using P2P.Client.Sdk.Events;

namespace P2P.Tests.Sdk;

/// <summary>
/// One random life of an event stream in virtual time: a server that commits, prunes and is restored, a link that loses, delays and
/// reorders, a client that crashes and handles events slowly. Then the link heals. Throws when the application saw a gap, a needless repeat
/// or a needless resync, or when the client does not catch up.
/// </summary>
internal sealed class ResumeSimulation
{
    private const long Ms = TimeSpan.TicksPerMillisecond;
    private const long ChaosTicks = 3_000 * Ms;
    private const long HealTicks = 1_000_000 * Ms;
    private const int PageEvents = 50;
    private readonly Random _random;
    private readonly PriorityQueue<Action, (long At, long Order)> _future = new();
    private readonly int _handlerMsMax;
    private readonly int _commitMax;
    private readonly int _window;
    private readonly double _loss;
    private long _now;
    private long _order;
    private bool _healed;

    // The server.
    private Guid _epoch;
    private long _head;
    private long _first = 1;
    private long _pushed;
    private long _windowFrom;
    private int _connection;
    private bool _up;

    // The client, and what outlives its crash: the stored position and what the application saw.
    private EventSequencer<(Guid Epoch, long Seq)> _sequencer;
    private PendingEvents _pending = new();
    private Queue<(EventTicket Ticket, bool Resync)> _queue = [];
    private bool _handling;
    private int _life;
    private long? _wake;
    private EventPosition? _stored;
    private EventPosition? _seen;
    private EventPosition? _received;
    private bool _mayRepeat;

    public ResumeSimulation(int seed)
    {
        _random = new Random(seed);
        _epoch = NewEpoch();
        _head = _random.Next(0, 20);
        _handlerMsMax = _random.Next(0, 40) == 0 ? 60 : 3;
        _commitMax = _random.Next(0, 200) == 0 ? 600 : 6;
        _window = _random.Next(1, 4) == 1 ? 256 : _random.Next(4, 40);
        _loss = _random.NextDouble() * 0.4;
        _sequencer = new EventSequencer<(Guid, long)>(null);
    }

    /// <summary>Events that the application handled.</summary>
    public int Handled { get; private set; }

    /// <summary>Times that the application was told to reload.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Events that the application saw again after a crash.</summary>
    public int Repeats { get; private set; }

    /// <summary>Lives through chaos and healing.</summary>
    public void Run()
    {
        Connect();
        In(_random.Next(0, 200), Chaos);
        Advance(ChaosTicks);
        _healed = true;
        Later(1, () =>
        {
            Disconnect();
            Connect();
        });
        Healing();
        for (var until = ChaosTicks; until < ChaosTicks + HealTicks && !CaughtUp; until += 1_000 * Ms)
        {
            Advance(until);
        }

        Require(CaughtUp, $"stored {_stored}, acknowledged {_windowFrom}, head {_head} of {_epoch}");
    }

    private bool CaughtUp => _queue.Count == 0 && _windowFrom == _head && _stored == new EventPosition(_epoch, _head);

    private void Advance(long until)
    {
        while (_future.TryPeek(out _, out var due) && due.At <= until)
        {
            var next = _future.Dequeue();
            _now = due.At;
            next();
        }

        _now = until;
    }

    private void Chaos()
    {
        if (_healed)
        {
            return;
        }

        switch (_random.Next(0, 100))
        {
            case < 70:
                _head += _random.Next(1, _commitMax + 1);
                PushMissing();
                break;
            case < 80:
                Disconnect();
                In(_random.Next(0, 500), Connect);
                break;
            case < 87:
                Crash();
                break;
            case < 90:
                _first = Math.Max(_first, _head - _random.Next(0, 30));
                break;
            case < 91:
                Restore();
                break;
            default:
                Heal();
                break;
        }

        In(_random.Next(0, 200), Chaos);
    }

    /// <summary>An old backup comes back: some events never happened, and a new epoch says so.</summary>
    private void Restore()
    {
        Disconnect();
        (_epoch, _head, _first) = (NewEpoch(), _random.NextInt64(0, _head + 1), 1);
        In(_random.Next(0, 500), Connect);
    }

    private void PushMissing()
    {
        if (!_up)
        {
            return;
        }

        while (_pushed < _head && _pushed - _windowFrom < _window)
        {
            var (epoch, seq) = (_epoch, ++_pushed);
            if (!Lost())
            {
                Deliver(Delay(), () => _sequencer.Pushed(seq, (epoch, seq), _now));
            }
        }

        if (_pushed < _head && !Lost())
        {
            var (epoch, head) = (_epoch, _head);
            Deliver(Delay(), () => _sequencer.HeadHeard(epoch, head, _now));
        }
    }

    /// <summary>Now and then the server looks whether it told everything.</summary>
    private void Heal()
    {
        if (_up && !Lost())
        {
            var (epoch, head) = (_epoch, _head);
            Deliver(Delay(), () => _sequencer.HeadHeard(epoch, head, _now));
        }
    }

    private void Healing()
    {
        Heal();
        In(5_000, Healing);
    }

    private void Connect()
    {
        if (_up)
        {
            return;
        }

        (_up, _pushed, _windowFrom) = (true, _head, _head);
        _connection++;
        _sequencer.Connected(_epoch, _head, _first, _now);
        Perform();
    }

    private void Disconnect()
    {
        if (_up)
        {
            _up = false;
            _connection++;
            _sequencer.Lost();
            Perform();
        }
    }

    private void Crash()
    {
        Disconnect();
        // What is in hand was perhaps done: it alone may be seen again.
        _mayRepeat |= _handling;
        _life++;
        (_sequencer, _pending, _queue, _handling) = (new EventSequencer<(Guid, long)>(_stored), new PendingEvents(), [], false);
        (_wake, _received) = (null, _stored);
        In(_random.Next(0, 500), Connect);
    }

    private void Perform()
    {
        foreach (var step in _sequencer.TakeSteps())
        {
            switch (step)
            {
                case SequencerStep<(Guid, long)>.Deliver deliver:
                    Require(deliver.Event == (deliver.Epoch, deliver.Seq), "the event is the one of its number");
                    Hand(deliver.Epoch, deliver.Seq, resync: false);
                    break;
                case SequencerStep<(Guid, long)>.Begin begin:
                    Require(_stored is null, "only a client without a position begins");
                    _pending.Add(new EventTicket(begin.Epoch, begin.Seq, holders: 0));
                    (_stored, _seen, _received) = (_pending.Position, _pending.Position, _pending.Position);
                    break;
                case SequencerStep<(Guid, long)>.Resync resync:
                    Require(
                        _received is not null && (_received.Epoch != _epoch || _received.Seq + 1 < _first || _received.Seq > _head),
                        $"no need to resync from {_received}");
                    _pending.Forget();
                    Hand(resync.Epoch, resync.Seq, resync: true);
                    break;
                case SequencerStep<(Guid, long)>.Ask ask:
                    Answer(ask);
                    break;
                case SequencerStep<(Guid, long)>.Ack ack when !Lost():
                    Deliver(Delay(), () =>
                    {
                        _windowFrom = Math.Max(_windowFrom, Math.Min(ack.Seq, _head));
                        PushMissing();
                    });
                    break;
            }
        }

        if (_sequencer.WakeAt is { } wake && (_wake is null || wake < _wake))
        {
            _wake = wake;
            var life = _life;
            Later(Math.Max(wake - _now, 0), () =>
            {
                if (life == _life)
                {
                    _wake = null;
                    _sequencer.Tick(_now);
                    Perform();
                }
            });
        }
    }

    private void Answer(SequencerStep<(Guid, long)>.Ask ask)
    {
        var (id, epoch, after) = ask;
        if (Lost())
        {
            Deliver(Delay() + 1_000, () => _sequencer.AskFailed(id, _now));
            return;
        }

        Deliver(Delay(), () =>
        {
            // Read when the question has arrived; the answer takes its time too.
            var (head, first, now) = (_head, _first, _epoch);
            if (epoch != now || after > head || after + 1 < first)
            {
                Deliver(Delay(), () => _sequencer.ResyncHeard(id, now, head, _now));
                return;
            }

            var page = new List<(long, (Guid, long))>();
            for (var seq = after + 1; seq <= head && page.Count < PageEvents; seq++)
            {
                page.Add((seq, (now, seq)));
            }

            Deliver(Delay(), () => _sequencer.PageHeard(id, page, head, _now));
        });
    }

    private void Hand(Guid epoch, long seq, bool resync)
    {
        var ticket = new EventTicket(epoch, seq, holders: 1);
        _pending.Add(ticket);
        _received = new EventPosition(epoch, seq);
        _queue.Enqueue((ticket, resync));
        Handle();
    }

    /// <summary>The application: one event after the other, each of which takes a while.</summary>
    private void Handle()
    {
        if (_handling || _queue.Count == 0)
        {
            return;
        }

        _handling = true;
        var (ticket, resync) = _queue.Peek();
        See(new EventPosition(ticket.Epoch, ticket.Seq), resync);
        var life = _life;
        In(_random.Next(0, _handlerMsMax + 1), () =>
        {
            if (life != _life)
            {
                return;
            }

            _queue.Dequeue();
            _handling = false;
            if (_pending.End(ticket))
            {
                _stored = _pending.Position;
                _sequencer.Ended(_stored!.Epoch, _stored.Seq, _now); // Moved, so there is a position.
                Perform();
            }

            Handle();
        });
    }

    private void See(EventPosition position, bool resync)
    {
        Handled++;
        if (resync)
        {
            Resyncs++;
        }
        else if (_seen == position && _mayRepeat)
        {
            Repeats++;
        }
        else
        {
            Require(_seen is not null && position == _seen with { Seq = _seen.Seq + 1 }, $"saw {position} after {_seen}");
        }

        (_seen, _mayRepeat) = (position, false);
    }

    /// <summary>Brings something over the present connection, if it still stands then.</summary>
    private void Deliver(int delayMs, Action arrive)
    {
        var connection = _connection;
        In(delayMs, () =>
        {
            if (_up && connection == _connection)
            {
                arrive();
                Perform();
            }
        });
    }

    private bool Lost() => !_healed && _random.NextDouble() < _loss;

    private int Delay() => _healed ? 1 : _random.Next(0, 10) == 0 ? _random.Next(0, 400) : _random.Next(0, 20);

    private void In(int delayMs, Action action) => Later(delayMs * Ms, action);

    private void Later(long ticks, Action action) => _future.Enqueue(action, (_now + ticks, _order++));

    private Guid NewEpoch()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
