namespace P2P.Server.Realtime.Push;

/// <summary>
/// A message of which only the newest counts. Push one and the same object into many channels: it is written once for all of them.
/// </summary>
public sealed class LossyMessage<T>(string method, T body)
    where T : class
{
    public string Method => method;

    public T Body => body;

    internal HubFrame Frame { get; } = new(method, body);
}

/// <summary>
/// One subscription of one connection (a market of the ad book, one counterpart's presence ...). At most one message waits in it; a newer
/// one is merged with that. Pushing never waits. A channel ends with its connection; whoever pushes drops it when it is closed.
/// </summary>
public sealed class LossyChannel<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly HubLink _link;
    private readonly string _method;
    private readonly Func<T, T, T> _merge;
    private readonly Func<HubFrame?> _take;

    private LossyMessage<T>? _waiting;
    private bool _closed;

    internal LossyChannel(HubLink link, string method, Func<T, T, T> merge)
    {
        (_link, _method, _merge) = (link, method, merge);
        _take = Take;
    }

    /// <summary>True when nothing is sent here any more: the subscription or its connection ended.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) || _link.IsEnded;

    /// <summary>Sends the message, or what it and the one that waits say together.</summary>
    public void Push(LossyMessage<T> message)
    {
        bool first;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            first = _waiting is null;
            _waiting = _waiting is null ? message : new LossyMessage<T>(_method, _merge(_waiting.Body, message.Body));
        }

        if (first)
        {
            _link.PushLossy(_take);
        }
    }

    /// <summary>Sends the message to this channel alone.</summary>
    public void Push(T body) => Push(new LossyMessage<T>(_method, body));

    /// <summary>Ends the subscription; what waits is forgotten.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting = null;
        }
    }

    private HubFrame? Take()
    {
        lock (_gate)
        {
            var frame = _waiting?.Frame;
            _waiting = null;
            return frame;
        }
    }
}
