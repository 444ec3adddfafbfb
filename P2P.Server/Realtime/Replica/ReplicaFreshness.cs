using System.Collections.Concurrent;
using System.Diagnostics;

namespace P2P.Server.Realtime.Replica;

/// <summary>
/// Who may read a replica: everybody who has done and heard nothing since the moment up to which the replica is known to show everything.
/// Moments are of this process's own clock, so nothing is asked of the database when somebody changes something.
/// </summary>
/// <param name="lagMax">A replica that is further behind is read by nobody.</param>
public sealed class ReplicaFreshness(TimeSpan lagMax)
{
    private const int SamplesMax = 1_000;
    private const int UsersMax = 100_000;
    private const long Never = long.MinValue;

    private readonly ConcurrentDictionary<long, long> _changed = [];
    private readonly Queue<(long At, long Place)> _samples = new();
    private int _waiting;
    private long _outUntil = Never;
    private long _reached = Never;
    private long _everybodyChanged = Never;

    /// <summary>How far the replica is behind; null while it is left out.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _reached) is var reached && reached == Never ? null : Stopwatch.GetElapsedTime(reached);

    /// <summary>Users whose last change is not yet known to be on the replica.</summary>
    public int UsersWaiting => _changed.Count;

    /// <summary>The user changed something, or is told of a change: from now on they read what holds it.</summary>
    public void Touch(long userId)
    {
        if (_changed.TryAdd(userId, Stopwatch.GetTimestamp()))
        {
            if (Interlocked.Increment(ref _waiting) > UsersMax)
            {
                // Rather everybody reads the primary for a while than memory grows with a replica that stands still.
                Volatile.Write(ref _everybodyChanged, Stopwatch.GetTimestamp());
                _changed.Clear();
                Volatile.Write(ref _waiting, 0);
            }
        }
        else
        {
            _changed[userId] = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Why a user may not read the replica now; null when they may.</summary>
    public string? WhyNot(long userId)
    {
        var reached = Volatile.Read(ref _reached);
        return reached == Never || Stopwatch.GetTimestamp() < Volatile.Read(ref _outUntil) ? "out"
            : Stopwatch.GetElapsedTime(reached) > lagMax ? "lag"
            : Volatile.Read(ref _everybodyChanged) >= reached || (_changed.TryGetValue(userId, out var at) && at >= reached) ? "own"
            : null;
    }

    /// <summary>The replica is read by nobody until it is compared again.</summary>
    public void LeaveOut() => Volatile.Write(ref _reached, Never);

    /// <summary>A read failed there: whoever comes next does not wait for the same.</summary>
    public void LeaveOut(TimeSpan time) =>
        Volatile.Write(ref _outUntil, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>The primary wrote at this place when it was asked, which was after the moment.</summary>
    internal void Written(long moment, long place)
    {
        _samples.Enqueue((moment, place));
        if (_samples.Count > SamplesMax)
        {
            // What is forgotten is made up for by the next one that the replica passes.
            _samples.Dequeue();
        }
    }

    /// <summary>The replica shows everything up to this place.</summary>
    internal void Replayed(long place)
    {
        var reached = Never;
        while (_samples.TryPeek(out var sample) && sample.Place <= place)
        {
            reached = sample.At;
            _samples.Dequeue();
        }

        if (reached == Never)
        {
            return;
        }

        Volatile.Write(ref _reached, reached);
        foreach (var (userId, at) in _changed)
        {
            if (at < reached && _changed.TryRemove(KeyValuePair.Create(userId, at)))
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }
}
