using System.Data;
using Npgsql;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>
/// Checks everything that must hold of money, orders, events and the audit log, in one snapshot: rows are read as a stream, so that any
/// size fits. Trading goes on meanwhile. It needs no more than the application's role may read.
/// </summary>
public static class LedgerVerifier
{
    /// <summary>How long after a deadline its timer must have acted.</summary>
    public static readonly TimeSpan TimerGraceDefault = TimeSpan.FromMinutes(1);

    /// <summary>Verifies the database; what it finds is in the report, never an exception.</summary>
    /// <param name="connectionString">Where; any role that may read the tables.</param>
    /// <param name="timerGrace">How late timers may be; null leaves deadlines out.</param>
    /// <param name="progress">Hears what is read.</param>
    /// <param name="more">Further checks on the same snapshot.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<VerifyReport> Verify(
        string connectionString,
        TimeSpan? timerGrace,
        Action<string>? progress = null,
        Func<Tx, VerifyCounts, Task<Violation?>>? more = null,
        CancellationToken cancellation = default)
    {
        DapperSetup.Apply();
        await using var source = Database.NamedSource("p2p-verifier", Patient(connectionString));
        await using var connection = source.CreateConnection();
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var tx = new Tx(connection, transaction, cancellation);
        var at = await VerifySql.BeginReading(tx);
        var findings = new Findings(progress);

        await AccountCheck.Run(tx, findings);
        await MoneyCheck.Run(tx, findings);
        await OrderCheck.Run(tx, findings, timerGrace);
        await EventCheck.Run(tx, findings);
        await AuditCheck.Run(tx, findings);
        if (more is not null)
        {
            findings.Begin("checkpoints");
            findings.Add(await more(tx, findings.Counts));
        }

        return new VerifyReport { At = at, Counts = findings.Counts, Violations = findings.Violations };
    }

    /// <summary>The server's short timeouts are not for a reader of everything.</summary>
    private static string Patient(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        CommandTimeout = 0,
        Pooling = false,
        Options = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c default_transaction_read_only=on",
        ApplicationName = Checkpoints.CheckpointSql.VerifierName,
    }.ConnectionString;
}
