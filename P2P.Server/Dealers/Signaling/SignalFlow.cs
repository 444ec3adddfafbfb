using System.Collections.Concurrent;
using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Signaling;

/// <summary>
/// Passes signals and frames on between peers who may talk. It keeps who may for a second, and how many candidates a session had for as long as it can be
/// agreed on; of what is said nothing is kept, looked at or logged.
/// </summary>
public sealed class SignalFlow(Database database, SignalPost post)
{
    private const int KnownMax = 20_000;
    private const int SessionBytesPerSecond = 2 * 1024 * 1024;
    private const long KnownForMs = 1_000;

    private readonly ConcurrentDictionary<(long UserId, string PeerId), (SignalWay? Way, long UntilMs)> _known = new();
    private readonly ConcurrentDictionary<(long UserId, Guid SessionId), (int Count, long UntilMs)> _candidates = new();
    private readonly RateTable<(long UserId, Guid SessionId)> _relayed =
        new(_ => new Rate { PerSecond = SessionBytesPerSecond, Burst = SessionBytesPerSecond });

    public async Task Signal(Caller caller, SendSignalRequest request, CancellationToken cancellation)
    {
        SignalRules.Check(request);
        var to = PeerRules.Id(request.PeerId, "peerId");
        var way = await database.Read(tx => SignalSql.Way(tx, caller.UserId, to), cancellation);
        var target = TargetOf(way);
        SignalRules.CheckTime(request, way!.Now); // It has a target.
        if (request.Kind == SignalKind.Candidate)
        {
            Count(caller, request.SessionId, Environment.TickCount64);
        }

        post.Send(target, new ReceivedSignal
        {
            From = PeerRules.Spell(way.FromPeerId),
            ProfileId = caller.UserId,
            SessionId = request.SessionId,
            Kind = request.Kind,
            Payload = request.Payload,
        });
    }

    public async Task Relay(Caller caller, RelayRequest request, CancellationToken cancellation)
    {
        SignalRules.Check(request);
        var to = PeerRules.Id(request.PeerId, "peerId");
        var now = Environment.TickCount64;
        var key = (caller.UserId, request.PeerId);
        if (!_known.TryGetValue(key, out var known) || known.UntilMs <= now)
        {
            known = (await database.Read(tx => SignalSql.Way(tx, caller.UserId, to), cancellation), now + KnownForMs);
            Forget(_known, one => one.UntilMs <= now);
            _known[key] = known;
        }

        var target = TargetOf(known.Way);
        if (_relayed.Take((caller.UserId, request.SessionId), request.Data.Length / 4 * 3) is > 0 and var waitMs)
        {
            throw Refused.Transient(ErrorCodes.RateLimited, "Too many bytes in this session.", waitMs);
        }

        post.Send(target, new ReceivedFrame
        {
            From = PeerRules.Spell(known.Way!.FromPeerId), // It has a target.
            SessionId = request.SessionId,
            Data = request.Data,
        });
    }

    private static long TargetOf(SignalWay? way) => way is null ? throw PeerRules.NotAPeer() : way.ToId ?? throw SignalRules.NotFound();

    private void Count(Caller caller, Guid sessionId, long now)
    {
        Forget(_candidates, one => one.UntilMs <= now);
        var until = now + ((Limits.SignalSeconds + (2 * Limits.ClockSkewSeconds)) * 1_000L);
        var counted = _candidates.AddOrUpdate((caller.UserId, sessionId), (1, until), (_, before) => (before.Count + 1, before.UntilMs));
        if (counted.Count > Limits.CandidatesMax)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"A session has at most {Limits.CandidatesMax} candidates of each side.",
                ("quota", "candidates"),
                ("limit", Limits.CandidatesMax.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Forget<TKey, TValue>(ConcurrentDictionary<TKey, TValue> all, Func<TValue, bool> isOld)
        where TKey : notnull
    {
        if (all.Count < KnownMax)
        {
            return;
        }

        foreach (var old in all.Where(one => isOld(one.Value)))
        {
            all.TryRemove(old);
        }
    }
}
