using P2P.Server.Core;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// Beats four times a second on a channel that every node hears, itself included: so each knows within a second whether Redis answers, and who
/// else is there. Carries what is published to Redis while it answers.
/// </summary>
public sealed class ClusterBeat(ClusterBus bus, ILogger<ClusterBeat> log) : BackgroundService
{
    private const string Channel = "nodes";
    private const byte Here = 1;
    private const byte Leaving = 2;

    /// <summary>So many good beats in a row make a backplane that is up; one bad one makes it degraded.</summary>
    private const int GoodBeatsMin = 4;

    /// <summary>After so many bad ones the connection is made anew: the client did not find back by itself.</summary>
    private const int RenewAfterBeats = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeginPauseMax = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ClusterPeers _peers = new();
    private int _good;
    private int _bad;

    /// <summary>A peer is there; handlers neither wait nor throw.</summary>
    public event Action<long>? PeerCame;

    /// <summary>The other nodes that live, as far as this one hears.</summary>
    public IReadOnlyList<long> Peers
    {
        get
        {
            lock (_gate)
            {
                return [.. _peers.Alive];
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (bus.IsOn)
        {
            bus.PublishNow(Channel, [Leaving]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!bus.IsOn)
        {
            return;
        }

        _ = bus.Join(Channel, Hear);
        await Task.WhenAll(
            Begin(stoppingToken),
            Periodic.Run(Pause, Beat, log, stoppingToken),
            Periodic.Run(Pause / 10, Carry, log, stoppingToken));
    }

    private async Task Begin(CancellationToken stopping)
    {
        for (var pause = Pause; !stopping.IsCancellationRequested; pause = pause < BeginPauseMax ? 2 * pause : BeginPauseMax)
        {
            try
            {
                await bus.Renew();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // An address that cannot be resolved yet, for example.
                BackplaneLog.NotBegun(log, e);
            }

            try
            {
                await Task.Delay(pause, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task Beat(CancellationToken cancellation)
    {
        bus.PublishNow(Channel, [Here]);
        bool isGood;
        lock (_gate)
        {
            if (bus.IsHeard)
            {
                _peers.Pass();
            }

            isGood = bus.IsHeard && !_peers.AnySilent && !bus.IsDisturbed;
        }

        _good = isGood ? _good + 1 : 0;
        bus.Become(
            _good >= GoodBeatsMin || (_good > 0 && bus.State == BackplaneState.Up) ? BackplaneState.Up : BackplaneState.Degraded);
        _bad = bus.IsHeard ? 0 : _bad + 1;
        return _bad > 0 && _bad % RenewAfterBeats == 0 ? bus.Renew() : Task.CompletedTask;
    }

    /// <summary>Gives to Redis what waits, as long as Redis answers.</summary>
    private async Task Carry(CancellationToken cancellation)
    {
        while (await bus.HasNext(cancellation))
        {
            if (!bus.PublishNext())
            {
                return;
            }
        }
    }

    private void Hear(ClusterMessage message)
    {
        var leaves = message.Payload.Span is [Leaving];
        bool came;
        lock (_gate)
        {
            came = !leaves && _peers.Heard(message.Node);
            if (leaves)
            {
                _peers.Left(message.Node);
            }
        }

        if (came)
        {
            PeerCame?.Invoke(message.Node);
        }
    }
}
