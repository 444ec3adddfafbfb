using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace P2P.Client.Sdk;

/// <summary>The traces and figures of one client; both sources are called <c>P2P.Client</c>.</summary>
internal sealed class Telemetry : IDisposable
{
    public const string Name = "P2P.Client";
    private readonly Meter _meter = new(Name);

    public Telemetry()
    {
        CallSeconds = _meter.CreateHistogram<double>("p2p.client.call.duration", "s", "Calls, repeats included.");
        Repeats = _meter.CreateCounter<long>("p2p.client.call.repeats", "{call}", "Calls sent again under the same request id.");
        Events = _meter.CreateCounter<long>("p2p.client.events", "{event}", "Durable events handed out.");
        Resyncs = _meter.CreateCounter<long>("p2p.client.resyncs", "{resync}", "Times that the stream could not go on.");
        Connections = _meter.CreateCounter<long>("p2p.client.connections", "{connection}", "Connections made.");
    }

    public ActivitySource Activities { get; } = new(Name);

    public Histogram<double> CallSeconds { get; }

    public Counter<long> Repeats { get; }

    public Counter<long> Events { get; }

    public Counter<long> Resyncs { get; }

    public Counter<long> Connections { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Activities.Dispose();
        _meter.Dispose();
    }
}
