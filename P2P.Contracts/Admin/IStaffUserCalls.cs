namespace P2P.Contracts.Admin;

/// <summary>What staff do about users.</summary>
public interface IStaffUserCalls
{
    /// <summary>Finds users, newest id last; nothing private is shown. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffUserRow>> SearchUsers(SearchUsersRequest request);

    /// <summary>
    /// All that is known of a user, private fields included: the read itself is a row of the audit log. Roles: admin, arbitrator, support.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<UserDossier> GetUser(GetUserRequest request);

    /// <summary>
    /// Suspends a user, or gives a suspension another reason and end. Every connection of theirs closes within two seconds. Roles: admin,
    /// support.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also an end that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.
    /// </remarks>
    Task<StaffUserReply> SuspendUser(SuspendUserRequest request);

    /// <summary>Ends a user's suspension. Roles: admin, support.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also a user who is not suspended), OWN_ACCOUNT.
    /// </remarks>
    Task<StaffUserReply> LiftSuspension(StaffUserRequest request);

    /// <summary>Says that the user's identity was checked. Roles: admin, support.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
    /// profile).
    /// </remarks>
    Task<StaffUserReply> VerifyUser(StaffUserRequest request);

    /// <summary>Makes the user a merchant. Roles: admin.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
    /// profile).
    /// </remarks>
    Task<StaffUserReply> SetMerchant(StaffUserRequest request);

    /// <summary>Makes the user a merchant no longer. Roles: admin.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
    /// profile).
    /// </remarks>
    Task<StaffUserReply> RevokeMerchant(StaffUserRequest request);

    /// <summary>
    /// Refuses every token that the user was given until now and closes their connections within two seconds. Roles: admin, support.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.</remarks>
    Task<StaffUserReply> RevokeTokens(StaffUserRequest request);

    /// <summary>
    /// Removes the second factor of a user who has lost app and recovery codes; the user is told of it. Roles: admin.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, SECOND_FACTOR_NOT_SET.
    /// </remarks>
    Task<StaffUserReply> ResetSecondFactor(StaffUserRequest request);
}
