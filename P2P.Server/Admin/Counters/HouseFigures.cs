using System.Diagnostics.Metrics;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Admin.Counters;

/// <summary>
/// How the house stands, for operators' graphs: read every 15 seconds on every node, while somebody counts, so that any node can be asked.
/// </summary>
public sealed class HouseFigures : BackgroundService
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    private readonly Database _database;
    private readonly ILogger<HouseFigures> _log;
    private readonly ObservableGauge<double> _escrow;
    private IReadOnlyList<Measurement<double>> _held = [];
    private IReadOnlyList<Measurement<long>> _open = [];
    private IReadOnlyList<Measurement<double>> _timerLag = [];
    private IReadOnlyList<Measurement<long>> _findings = [];

    public HouseFigures(Database database, IMeterFactory meters, ILogger<HouseFigures> log)
    {
        (_database, _log) = (database, log);
        var meter = meters.Create(ServerMeter.Name);
        _escrow = meter.CreateObservableGauge(
            "p2p.escrow.held", () => _held, description: "What the escrows of open orders hold, by asset.");
        meter.CreateObservableGauge("p2p.orders.open", () => _open, "{order}", "Orders that have not ended, by status.");
        meter.CreateObservableGauge(
            "p2p.timers.lag", () => _timerLag, "s", "How long the oldest deadline is over that no timer has acted on.");
        meter.CreateObservableGauge(
            "p2p.ledger.findings.open", () => _findings, "{finding}", "Findings of the ledger that nobody has acknowledged.");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(ReadEvery, Look, _log, stoppingToken);

    internal async Task Look(CancellationToken cancellation)
    {
        if (!_escrow.Enabled)
        {
            return;
        }

        var (open, queues) = await _database.Read(
            async tx => ((await CounterSql.Open(tx)).ToList(), await CounterSql.Queues(tx)), cancellation);
        // Figures of a graph, which has nothing more exact: no amount of money is ever computed from them.
        _held =
        [
            .. open.GroupBy(row => row.Asset).Select(group => new Measurement<double>(
                (double)group.Sum(row => row.Held), new KeyValuePair<string, object?>("asset", group.Key))),
        ];
        _open =
        [
            .. open.GroupBy(row => row.Status).Select(group => new Measurement<long>(
                group.Sum(row => row.Orders), new KeyValuePair<string, object?>("status", Enum.GetName(group.Key)))),
        ];
        _timerLag = [new Measurement<double>(queues.TimerLagMs / 1_000d)];
        _findings = [new Measurement<long>(queues.OpenFindings)];
    }
}
