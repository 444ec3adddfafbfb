using System.Diagnostics;
using System.Diagnostics.Metrics;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>The engine's figures and spans. Nothing here allocates for a command while nobody listens.</summary>
internal sealed class EngineMeters
{
    private const string Ok = "OK";

    private readonly Counter<long> _commands;
    private readonly Counter<long> _again;
    private readonly Histogram<int> _batchSizes;
    private readonly Histogram<double> _queueWaits;
    private readonly Histogram<double> _loads;
    private readonly Histogram<double> _saves;

    public EngineMeters(IMeterFactory meters, Func<int> queueLength)
    {
        var meter = meters.Create(ServerMeter.Name);
        _commands = meter.CreateCounter<long>("p2p.engine.commands", "{command}", "Commands that were answered, by command and code.");
        _again = meter.CreateCounter<long>(
            "p2p.engine.batches.again", "{batch}", "Batches that ran again (retry) or one by one (split), by way and SQL state.");
        _batchSizes = ServerMeter.Counts("p2p.engine.batch.commands", "{command}", "Commands in one transaction.", meter);
        _queueWaits = ServerMeter.Seconds("p2p.engine.queue.wait", "Time that a command waited for a writer.", meter);
        _loads = ServerMeter.Seconds(
            "p2p.engine.load.duration",
            "Time of a batch's first round trip, which locks and reads: what grows in it are waits for locks.",
            meter);
        _saves = ServerMeter.Seconds("p2p.engine.commit.duration", "Time of a batch's second round trip, which writes and commits.", meter);
        meter.CreateObservableGauge("p2p.engine.queue.length", queueLength, "{command}", "Commands that wait.");
    }

    public void Answered(EngineCommand command, string? code) => _commands.Add(
        1, new KeyValuePair<string, object?>("command", NameOf(command)), new KeyValuePair<string, object?>("code", code ?? Ok));

    public void Taken(List<WaitingCommand> batch)
    {
        _batchSizes.Record(batch.Count);
        foreach (var waiting in batch)
        {
            _queueWaits.Record(waiting.Age.TotalSeconds);
        }
    }

    public void Loaded(long since) => _loads.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    public void Saved(long since) => _saves.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);

    public void Again(string way, string sqlState) => _again.Add(
        1, new KeyValuePair<string, object?>("way", way), new KeyValuePair<string, object?>("sqlstate", sqlState));

    /// <summary>
    /// The span of a batch, in no caller's trace and linked with that of each of its commands; null when none is traced. It is the
    /// current one when this returns.
    /// </summary>
    public static Activity? Begin(List<WaitingCommand> commands)
    {
        if (!ServerMeter.Traces.HasListeners())
        {
            return null;
        }

        var links = commands.Where(waiting => waiting.Caller != default).Select(waiting => new ActivityLink(waiting.Caller)).ToList();
        Activity.Current = null;
        var batch = ServerMeter.Traces.StartActivity(
            ActivityKind.Internal, tags: [new("p2p.batch.commands", commands.Count)], links: links, name: "engine batch");
        if (batch is not null)
        {
            commands.ForEach(waiting => waiting.Batch = batch.Context);
        }

        return batch;
    }

    /// <summary>The names of enum values are kept by the runtime, and so are those of types.</summary>
    private static string NameOf(EngineCommand command) => command switch
    {
        MoveOrder move => Enum.GetName(move.Action) ?? nameof(OrderAction.Unknown),
        MoveDispute move => Enum.GetName(move.Action) ?? nameof(DisputeAction.Unknown),
        PlaceOrder => nameof(OrderAction.Place),
        _ => command.GetType().Name,
    };
}
