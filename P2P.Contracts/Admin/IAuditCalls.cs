namespace P2P.Contracts.Admin;

/// <summary>The audit log.</summary>
public interface IAuditCalls
{
    /// <summary>What staff and the operator did, newest first. Roles: admin, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<AuditEntry>> ListAudit(ListAuditRequest request);

    /// <summary>
    /// Checks the chain of the audit log, 10,000 rows a call: whether a row was changed, removed or put in. The row at which a part begins
    /// is taken as sound. Roles: admin, readonly.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<AuditVerification> VerifyAudit(VerifyAuditRequest request);
}
