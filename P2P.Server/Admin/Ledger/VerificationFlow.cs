using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Ledger;

/// <summary>Verifications of everything that staff ask for: begun by a call, run by this node beside its calls, one at a time in the house.</summary>
public sealed partial class VerificationFlow(
    Database database, RequestLog requests, FindingFlow findings, IHostApplicationLifetime life, ILogger<VerificationFlow> log)
{
    private const string Late = "I10";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public async Task<LedgerVerification> Begin(StaffCaller staff, VerifyLedgerRequest request, CancellationToken cancellation)
    {
        var reason = StaffActs.Reason(request.Reason, "A reason");
        var asked = await requests.Once(
            staff.Caller, nameof(IAdminHub.VerifyLedger), request, change => Ask(change, staff.Actor, reason), cancellation);

        // A repeat finds it claimed, and nothing runs twice.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => Run(asked.Id, life.ApplicationStopping), CancellationToken.None);
        }

        return asked;
    }

    public async Task<LedgerVerification> Get(Guid id, CancellationToken cancellation)
    {
        var row = await database.Read(tx => VerificationSql.Find(tx, id), cancellation)
            ?? throw new Refused(ErrorCodes.NotFound, "There is no such verification.");
        return new LedgerVerification
        {
            Id = row.Id,
            State = row.IsLost ? VerificationState.Failed : row.State,
            AskedBy = row.AskedBy,
            AskedAt = row.AskedAt,
            Stage = row.Stage,
            EndedAt = row.EndedAt,
            Report = row.Report is { } report ? JsonSerializer.Deserialize<LedgerReport>(report, WireJson.Client) : null,
        };
    }

    private static async Task<LedgerVerification> Ask(Change change, StaffActor actor, string reason)
    {
        await VerificationSql.Lock(change.Tx);
        if (await VerificationSql.Running(change.Tx) is { } running)
        {
            throw new Refused(
                ErrorCodes.VerificationRunning, "Another verification runs: wait for its end.", ("verificationId", running.ToString()));
        }

        var (id, at) = (Ids.New(), await change.Now());
        await VerificationSql.Insert(change.Tx, id, actor.Name, reason, at);
        await StaffSql.Audit(change.Tx, actor, "ledger.verify", $"verification:{id}", null, "begun", reason);
        return new LedgerVerification { Id = id, State = VerificationState.Waiting, AskedBy = actor.Name, AskedAt = at };
    }

    private async Task Run(Guid id, CancellationToken stopping)
    {
        try
        {
            if (await database.Write(tx => VerificationSql.Claim(tx, id), stopping) == 0)
            {
                return;
            }

            var report = await Verify(id, stopping);

            // A late timer is told in the report; no money is wrong for it.
            await findings.Raise([.. report.Violations.Where(violation => violation.Rule != Late)], FindingSource.Verification, stopping);
            var state = report.Ok ? VerificationState.Clean : VerificationState.Violated;
            var json = JsonSerializer.Serialize(ReportOf(report), WireJson.Client);
            await database.Write(tx => VerificationSql.End(tx, id, state, json), stopping);
        }
        catch (Exception e)
        {
            // Whoever asked reads that it failed, now or when it has been silent for half a minute.
            LogFailed(id, e);
            await TryEnd(id);
        }
    }

    private async Task<VerifyReport> Verify(Guid id, CancellationToken stopping)
    {
        string? stage = null;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var beats = Periodic.Run(Beat, ct => database.Write(tx => VerificationSql.Beat(tx, id, Volatile.Read(ref stage)), ct), log, done.Token);
        try
        {
            return await LedgerVerifier.Verify(
                database.Options.App, LedgerVerifier.TimerGraceDefault, read => Volatile.Write(ref stage, read.Trim()), cancellation: stopping);
        }
        finally
        {
            await done.CancelAsync();
            await beats;
        }
    }

    private async Task TryEnd(Guid id)
    {
        try
        {
            await database.Write(tx => VerificationSql.End(tx, id, VerificationState.Failed, null), CancellationToken.None);
        }
        catch (Exception e)
        {
            // Then its silence tells.
            LogFailed(id, e);
        }
    }

    private static LedgerReport ReportOf(VerifyReport report) => new()
    {
        At = report.At,
        Accounts = report.Counts.Accounts,
        Entries = report.Counts.Entries,
        Transfers = report.Counts.Transfers,
        Orders = report.Counts.Orders,
        HistoryRows = report.Counts.HistoryRows,
        Streams = report.Counts.Streams,
        Events = report.Counts.Events,
        AuditRows = report.Counts.AuditRows,
        Violations = [.. report.Violations.Select(violation => violation.ToString())],
    };

    [LoggerMessage(EventId = 5103, Level = LogLevel.Error, Message = "Verification {VerificationId} of the ledger failed")]
    private partial void LogFailed(Guid verificationId, Exception e);
}
