using System.Data;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Npgsql;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Admin.Ledger;

/// <summary>
/// Checks the ledger once a minute: what changed since the last round, and the next part of everything. One node at a time, chosen by a
/// session lock on a connection of its own. What it finds stops releases.
/// </summary>
public sealed partial class LedgerWatch(Database database, FindingFlow findings, WatchSettings settings, ILogger<LedgerWatch> log)
    : BackgroundService
{
    private const string Session = "-c statement_timeout=10000 -c default_transaction_read_only=on " + SessionLeader.KeepAlive;

    private static readonly Histogram<double> Took = ServerMeter.Seconds(
        "p2p.ledger.watch.round", "Time that a round of the ledger's watch took.");

    private readonly SessionLeader _leader = new(
        () => new NpgsqlConnectionStringBuilder(database.Options.App)
        {
            CommandTimeout = 20,
            Options = Session,
            ApplicationName = CheckpointSql.VerifierName,
        },
        WatchSql.TryLead,
        staysConnected: false);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.WatchSeconds == 0)
        {
            LogOff();
            return;
        }

        await Periodic.Run(TimeSpan.FromSeconds(settings.WatchSeconds), Round, log, stoppingToken);
        await _leader.DisposeAsync();
    }

    private async Task Round(CancellationToken cancellation)
    {
        try
        {
            if (await _leader.Try(cancellation) is { } connection)
            {
                await Check(connection, cancellation);
            }
        }
        catch
        {
            await _leader.DisposeAsync();
            throw;
        }
    }

    private async Task Check(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        PartialReport report;
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation))
        {
            var tx = new Tx(connection, transaction, cancellation);
            report = await PartialVerifier.Verify(tx, await WatchSql.Place(tx), settings.WatchRows);
        }

        // Findings first: a node that ends in between looks at the same part again.
        await findings.Raise(report.Violations, FindingSource.Watch, cancellation);
        var took = Stopwatch.GetElapsedTime(begun);
        Took.Record(took.TotalSeconds);
        await database.Write(tx => WatchSql.Save(tx, report.Place, (int)took.TotalMilliseconds), cancellation);
    }

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "This node does not watch the ledger: Ledger:WatchSeconds is 0")]
    private partial void LogOff();
}
