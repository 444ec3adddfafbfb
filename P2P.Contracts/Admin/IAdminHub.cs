using P2P.Contracts.Accounts;

namespace P2P.Contracts.Admin;

/// <summary>
/// Everything that staff can call, at <c>/hubs/admin</c>. A connection needs one of <see cref="StaffRoles"/> and no profile; without a role
/// it is refused with FORBIDDEN.
/// </summary>
/// <remarks>
/// Every call can also be refused with FORBIDDEN (the caller has no role that the call names), TIMEOUT, UNAVAILABLE, DRAINING and INTERNAL.
/// Every act is a row of the audit log with its reason, and so is every read of private data.
/// </remarks>
public interface IAdminHub :
    IAccountCalls, IStaffUserCalls, IStaffMerchantCalls, IStaffOrderCalls, IStaffDisputeCalls, IStaffComplaintCalls, IModerationCalls, IHouseCalls,
    IAuditCalls, ILedgerWatchCalls, ICatalogueCalls, IStaffAnnouncementCalls, ICounterCalls, IAnalyticsCalls, IStaffPriceCalls;
