namespace P2P.Contracts.Admin;

/// <summary>What a member of staff hears of cases: only what is addressed to them.</summary>
public interface IStaffCaseClient
{
    /// <summary>Durable: a case was given to the caller, taken away, wants their signature, or ended.</summary>
    Task CaseChanged(EventHead head, CaseChanged change);
}
