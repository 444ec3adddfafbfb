using System.Diagnostics.Metrics;
using P2P.Server.Core;
using P2P.Server.Core.Observing;

namespace P2P.Server.Realtime;

/// <summary>
/// Whether what carries pushes between nodes is connected; whoever carries them tells it here. Without it no event is lost and none is
/// wrong, some come a second later: a node whose backplane is down stays ready.
/// </summary>
public sealed class BackplaneState
{
    private int _state = -1;

    public BackplaneState(IMeterFactory meters) => meters.Create(ServerMeter.Name).CreateObservableGauge(
        "p2p.backplane.up",
        () => IsUp is { } up ? [new Measurement<int>(up ? 1 : 0)] : Array.Empty<Measurement<int>>(),
        description: "1 while the backplane is connected, 0 while it is not; absent where there is none.");

    /// <summary>Null where there is no backplane.</summary>
    public bool? IsUp
    {
        get => Volatile.Read(ref _state) switch
        {
            0 => false,
            1 => true,
            _ => null,
        };
        set => Volatile.Write(ref _state, value is { } up ? (up ? 1 : 0) : -1);
    }

    /// <summary>What operators are told of it.</summary>
    internal HealthPart AsPart() => new("backplane", () => IsUp is { } up ? (up ? "up" : "down") : null, _ => false);
}
