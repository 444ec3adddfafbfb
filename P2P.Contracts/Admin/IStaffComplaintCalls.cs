namespace P2P.Contracts.Admin;

/// <summary>Complaints about orders that have ended.</summary>
public interface IStaffComplaintCalls
{
    /// <summary>Complaints: undecided ones oldest first, decided ones newest first. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffComplaintRow>> ListComplaintQueue(ListComplaintQueueRequest request);

    /// <summary>A complaint whole; the read is a row of the audit log. Roles: admin, arbitrator, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, CONFLICT_OF_INTEREST (the caller is a party).</remarks>
    Task<StaffComplaintView> GetComplaintForStaff(GetStaffComplaintRequest request);

    /// <summary>
    /// Gives a complaint to an arbitrator, or takes it from everybody. An arbitrator takes one that nobody has, or hands on their own; an admin
    /// does either with any. Roles: admin, arbitrator.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the assignee, who must have been connected as
    /// an arbitrator or admin), STALE_VERSION, WRONG_STATUS, CONFLICT_OF_INTEREST, NOT_ASSIGNED.
    /// </remarks>
    Task<StaffComplaintReply> AssignComplaint(AssignComplaintRequest request);

    /// <summary>
    /// Decides a complaint that is the caller's, or as an admin any. A suspension, and the hiding of a review, happen in the same transaction.
    /// Roles: admin, arbitrator.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the review), STALE_VERSION, WRONG_STATUS,
    /// CONFLICT_OF_INTEREST, NOT_ASSIGNED.
    /// </remarks>
    Task<StaffComplaintReply> DecideComplaint(DecideComplaintRequest request);
}
