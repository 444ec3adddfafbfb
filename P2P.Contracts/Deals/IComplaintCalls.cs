namespace P2P.Contracts.Deals;

/// <summary>
/// Complaints about orders that have ended: released, cancelled or expired, also after a dispute. A complaint is a case of its own beside the
/// order: it moves no escrow and changes no order.
/// </summary>
public interface IComplaintCalls
{
    /// <summary>Files a complaint, once a party and order, within the days that the operator gives after the order's end (14).</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS (the order has not ended),
    /// ALREADY_DONE, DEADLINE_PASSED, QUOTA_EXCEEDED (open complaints of the caller's).
    /// </remarks>
    Task<ComplaintReply> FileComplaint(FileComplaintRequest request);

    /// <summary>A complaint about one of the caller's own orders, by either party, with what was shown.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<ComplaintView> GetComplaint(GetComplaintRequest request);

    /// <summary>Complaints about the caller's own orders, by either party, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<ComplaintView>> ListComplaints(ListComplaintsRequest request);

    /// <summary>Shows something to the other party and to staff, at most 20 times a party.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS (it was decided), QUOTA_EXCEEDED.
    /// </remarks>
    Task<ComplaintReply> AddComplaintEvidence(AddComplaintEvidenceRequest request);
}
