using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Tests.Support;

/// <summary>What must hold of a database in every snapshot: I1 to I10, by the verifier that operators run.</summary>
public static class Invariants
{
    /// <summary>Fails when anything is violated, and when there was nothing to check: no order, no entry, no event.</summary>
    /// <param name="connectionString">Any role that may read.</param>
    /// <param name="timerGrace">How late timers may be; null where no timer runs.</param>
    public static async Task<VerifyReport> Check(string connectionString, TimeSpan? timerGrace = null)
    {
        var report = await Look(connectionString, timerGrace);
        report.Violations.ShouldBeEmpty();
        report.Counts.Entries.ShouldBePositive("no entry was checked");
        report.Counts.HistoryRows.ShouldBePositive("no order was checked");
        report.Counts.Events.ShouldBePositive("no event was checked");
        return report;
    }

    /// <summary>What the verifier says, whatever it is.</summary>
    public static async Task<VerifyReport> Look(string connectionString, TimeSpan? timerGrace = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(Tier.Pick(everyRun: 2, nightly: 10)));
        return await LedgerVerifier.Verify(connectionString, timerGrace, cancellation: patience.Token);
    }
}
