using System.Diagnostics.Metrics;
using P2P.Server.Core;
using P2P.Server.Core.Observing;

namespace P2P.Server.Realtime.Backplane;

/// <summary>
/// What operators are told of the backplane. Without it no event is lost and none is wrong, some come a second later: a node whose backplane
/// is degraded stays ready.
/// </summary>
public sealed class BackplaneFigures
{
    private readonly ClusterBus _bus;

    public BackplaneFigures(ClusterBus bus, IMeterFactory meters)
    {
        _bus = bus;
        meters.Create(ServerMeter.Name).CreateObservableGauge(
            "p2p.backplane.up",
            () => IsUp is { } up ? [new Measurement<int>(up ? 1 : 0)] : Array.Empty<Measurement<int>>(),
            description: "1 while the backplane is connected, 0 while it is not; absent where there is none.");
    }

    private bool? IsUp => _bus.State switch
    {
        BackplaneState.Absent => null,
        var state => state == BackplaneState.Up,
    };

    internal HealthPart AsPart() => new("backplane", () => IsUp is { } up ? (up ? "up" : "down") : null, _ => false);
}
