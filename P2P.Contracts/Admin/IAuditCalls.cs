namespace P2P.Contracts.Admin;

/// <summary>The audit log.</summary>
public interface IAuditCalls
{
    /// <summary>What staff and the operator did, newest first. Roles: admin, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<AuditEntry>> ListAudit(ListAuditRequest request);
}
