namespace P2P.Contracts.Admin;

/// <summary>The dispute queue: who has which case, and what is decided. Every act names its reason, which stands in the audit log.</summary>
public interface IStaffDisputeCalls
{
    /// <summary>Disputes: open ones with the nearest deadline first, ended ones newest first. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffDisputeRow>> ListDisputeQueue(ListDisputeQueueRequest request);

    /// <summary>
    /// A case whole: order, parties, what they said and showed, rulings, and their past cases. The read is a row of the audit log. Roles:
    /// admin, arbitrator.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, CONFLICT_OF_INTEREST (the caller is a party).</remarks>
    Task<StaffDisputeView> GetDisputeForStaff(GetStaffDisputeRequest request);

    /// <summary>To whom a case can be given: members of staff, as their last connections said. Roles: admin, arbitrator.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffMemberView>> ListStaff(ListStaffRequest request);

    /// <summary>
    /// Gives a case to an arbitrator, or takes it from everybody; one that is being negotiated is staff's from then on. An arbitrator takes
    /// a case that nobody has, or hands on their own; an admin does either with any. Roles: admin, arbitrator.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also of the assignee, who must have been
    /// connected as an arbitrator or admin), STALE_VERSION, WRONG_STATUS, CONFLICT_OF_INTEREST, NOT_ASSIGNED, SAME_PERSON.
    /// </remarks>
    Task<StaffDisputeReply> AssignDispute(AssignDisputeRequest request);

    /// <summary>
    /// Decides a case that is the caller's, or as an admin any; of an appealed one this is the last word and takes effect at once. On more
    /// than the configured amount the ruling waits for <see cref="ConfirmRuling"/>. Roles: admin, arbitrator.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS,
    /// CONFLICT_OF_INTEREST, NOT_ASSIGNED, SAME_PERSON, AMOUNT_TOO_SMALL, RELEASES_PAUSED.
    /// </remarks>
    Task<StaffDisputeReply> RuleDispute(RuleDisputeRequest request);

    /// <summary>What <see cref="RuleDispute"/> would do now, or every first reason against it; nothing is changed. Roles: admin, arbitrator.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<RulingCheck> CheckRuling(CheckRulingRequest request);

    /// <summary>Agrees, as a second person, to a ruling on a high amount. Roles: admin, arbitrator.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS,
    /// CONFLICT_OF_INTEREST, NOT_REQUESTED, SAME_PERSON.
    /// </remarks>
    Task<StaffDisputeReply> ConfirmRuling(StaffDisputeRequest request);

    /// <summary>
    /// Lets a member of staff read the room of a case and its files, and nothing more. For the arbitrator who has the case, and admins.
    /// Roles: admin, arbitrator.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the helper), WRONG_STATUS,
    /// CONFLICT_OF_INTEREST, NOT_ASSIGNED, QUOTA_EXCEEDED.
    /// </remarks>
    Task<StaffDisputeReply> AddDisputeHelper(DisputeHelperRequest request);

    /// <summary>Takes that away again; harmless when there is nothing to take. Roles: admin, arbitrator.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the helper), CONFLICT_OF_INTEREST,
    /// NOT_ASSIGNED.
    /// </remarks>
    Task<StaffDisputeReply> RemoveDisputeHelper(DisputeHelperRequest request);

    /// <summary>Puts a case on the caller's own watch list, or off it. Roles: admin, arbitrator, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, QUOTA_EXCEEDED.</remarks>
    Task<StaffDisputeReply> WatchDispute(WatchDisputeRequest request);

    /// <summary>
    /// Messages of the room of an order whose open case the caller has, or helps with. The read is a row of the audit log, and the parties
    /// see it after the case is closed. Roles: admin, arbitrator, support.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, NOT_ASSIGNED.</remarks>
    Task<Deals.MessagePage> GetCaseMessages(GetCaseMessagesRequest request);
}
