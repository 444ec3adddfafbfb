namespace P2P.Contracts.Admin;

/// <summary>The ledger's watch: what it found, and verifications of everything on demand.</summary>
public interface ILedgerWatchCalls
{
    /// <summary>How the watch stands. Roles: admin, support, readonly.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<LedgerWatchView> GetLedgerWatch();

    /// <summary>What was found, newest first. Roles: admin, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<LedgerFinding>> ListFindings(ListFindingsRequest request);

    /// <summary>
    /// Takes note of a finding. It pauses nothing again as long as it is seen again within seven days; releases stay paused until
    /// <see cref="IHouseCalls.ResumeReleases"/>. Roles: admin.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ALREADY_DONE.</remarks>
    Task<LedgerFinding> AcknowledgeFinding(AcknowledgeFindingRequest request);

    /// <summary>
    /// Begins a verification of everything and answers at once; <see cref="GetVerification"/> tells how far it is. What it finds becomes a
    /// finding and pauses releases, late timers (I10) aside. Trading goes on meanwhile. Roles: admin.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, VERIFICATION_RUNNING (one at a time in the house).
    /// </remarks>
    Task<LedgerVerification> VerifyLedger(VerifyLedgerRequest request);

    /// <summary>A verification. Roles: admin, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<LedgerVerification> GetVerification(Guid verificationId);
}
