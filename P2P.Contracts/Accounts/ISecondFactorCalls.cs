namespace P2P.Contracts.Accounts;

/// <summary>
/// The caller's second factor: a code of an authenticator app (RFC 6238) that <c>ReleaseCrypto</c>, <c>RequestWithdrawal</c>,
/// <c>SavePaymentAccount</c> and the removal of the factor itself need once it is set.
/// </summary>
/// <remarks>
/// A code counts for one request id, and for its repeats. After 5 wrong codes within 15 minutes none is taken until the first of them is 15
/// minutes old (SECOND_FACTOR_LOCKED). SECOND_FACTOR_REQUIRED, SECOND_FACTOR_WRONG and SECOND_FACTOR_LOCKED are not remembered: the same
/// request may be repeated under its id.
/// </remarks>
public interface ISecondFactorCalls
{
    /// <summary>How the caller's second factor stands.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<SecondFactorStatus> GetSecondFactor();

    /// <summary>Makes a secret for the caller's app. Nothing is guarded by it before it is confirmed, within 15 minutes.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET.
    /// </remarks>
    Task<SecondFactorSetup> BeginSecondFactor(BeginSecondFactorRequest request);

    /// <summary>Sets the second factor with a code of the secret; answers the recovery codes.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET, SECOND_FACTOR_NOT_SET (there is no secret to confirm, or it has expired).
    /// </remarks>
    Task<RecoveryCodes> ConfirmSecondFactor(ConfirmSecondFactorRequest request);

    /// <summary>Makes ten new recovery codes; the former ones are void.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG,
    /// REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_SET.
    /// </remarks>
    Task<RecoveryCodes> RenewRecoveryCodes(RenewRecoveryCodesRequest request);

    /// <summary>Removes the second factor. Whoever has lost app and recovery codes asks staff.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG,
    /// REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_SET.
    /// </remarks>
    Task<SecondFactorStatus> RemoveSecondFactor(RemoveSecondFactorRequest request);
}
