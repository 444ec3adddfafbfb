namespace P2P.Contracts.Admin;

/// <summary>Who becomes a merchant, and who stays one. The status itself can also be given and taken by hand: <see cref="IStaffUserCalls.SetMerchant"/>.</summary>
public interface IStaffMerchantCalls
{
    /// <summary>Applications, oldest first, with what the applicants have of what is asked; the read is a row of the audit log. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffMerchantApplication>> ListMerchantApplications(ListMerchantApplicationsRequest request);

    /// <summary>
    /// Approves an application, which makes the applicant a merchant whether all requirements are met or not, or declines it. Roles: admin.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, WRONG_STATUS (it is not open any more).
    /// </remarks>
    Task<MerchantDecisionReply> DecideMerchantApplication(DecideMerchantApplicationRequest request);

    /// <summary>Merchants who no longer meet the requirements, longest first. Roles: admin, support.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<MerchantReview>> ListMerchantReviews(ListMerchantReviewsRequest request);

    /// <summary>
    /// Lets a merchant stay one although requirements are not met: for 30 days the server proposes no other look (<c>Merchants:KeptDays</c>).
    /// Roles: admin.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also a user whom nobody should look at), OWN_ACCOUNT.
    /// </remarks>
    Task<StaffUserReply> KeepMerchant(StaffUserRequest request);
}
