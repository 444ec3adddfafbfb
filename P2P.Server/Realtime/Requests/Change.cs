using P2P.Db;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Requests;

/// <summary>A changing call while it runs: its transaction, and the events that are recorded as the last thing before its commit.</summary>
public sealed class Change
{
    private readonly List<PendingEvent> _events = [];

    internal Change(Tx tx, DateTimeOffset begunAt)
    {
        Tx = tx;
        At = begunAt;
    }

    public Tx Tx { get; }

    internal IReadOnlyList<PendingEvent> Events => _events;

    /// <summary>The time of the change's events: the last clock that was read.</summary>
    internal DateTimeOffset At { get; private set; }

    internal bool Revokes { get; private set; }

    /// <summary>The database's clock, to be read after the locks: only then no one who waited decides by an old time.</summary>
    public async Task<DateTimeOffset> Now() => At = await RequestSql.Now(Tx);

    /// <summary>Says that the change writes a revocation: nodes look for it as soon as it is committed.</summary>
    public void TellRevoked() => Revokes = true;

    /// <summary>Records an event with the change.</summary>
    public void Tell(PendingEvent pending) => _events.Add(pending);

    /// <summary>Records events with the change.</summary>
    public void Tell(IEnumerable<PendingEvent> pending) => _events.AddRange(pending);
}
