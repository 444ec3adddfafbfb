namespace P2P.Contracts.Deals;

/// <summary>Disputes on orders whose payment was confirmed. The parties may settle until the end: by a release or by cancelling together.</summary>
public interface IDisputeCalls
{
    /// <summary>Opens a dispute: the escrow stays held until the parties settle or a ruling takes effect.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, QUOTA_EXCEEDED.
    /// </remarks>
    Task<DisputeReply> RaiseDispute(RaiseDisputeRequest request);

    /// <summary>One of the caller's own disputes with its rulings, evidence and steps.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<DisputeView> GetDispute(GetDisputeRequest request);

    /// <summary>The caller's own disputes, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<DisputeView>> ListDisputes(ListDisputesRequest request);

    /// <summary>Shows something to the other party and to staff, at most 20 times a party.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED.
    /// </remarks>
    Task<EvidenceReply> SubmitEvidence(SubmitEvidenceRequest request);

    /// <summary>Asks for staff before the time to negotiate is over.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS.
    /// </remarks>
    Task<DisputeReply> EscalateDispute(DisputeRequest request);

    /// <summary>Accepts the ruling; when both do, it takes effect at once.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
    /// </remarks>
    Task<DisputeReply> AcceptRuling(DisputeRequest request);

    /// <summary>Appeals: somebody else of the staff decides, and that is final. Each party has one appeal, a dispute has one.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE,
    /// DEADLINE_PASSED.
    /// </remarks>
    Task<DisputeReply> AppealRuling(AppealRulingRequest request);
}
