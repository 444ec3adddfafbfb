namespace P2P.Contracts.Accounts;

/// <summary>Becoming a merchant.</summary>
public interface IMerchantCalls
{
    /// <summary>Whether the caller is a merchant, what is asked of one, what the caller has of it, and the newest application.</summary>
    /// <remarks>Codes: RATE_LIMITED, NOT_JOINED_P2P (staff without a profile).</remarks>
    Task<MerchantStatus> GetMerchantStatus();

    /// <summary>Asks to be a merchant; staff decide.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, ALREADY_MERCHANT, APPLICATION_OPEN,
    /// DEADLINE_NOT_REACHED (after a declined application), REQUIREMENTS_UNMET.
    /// </remarks>
    Task<MerchantStatus> ApplyForMerchant(ApplyForMerchantRequest request);

    /// <summary>Takes the open application back.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, NOT_FOUND (there is no open application).
    /// </remarks>
    Task<MerchantStatus> WithdrawMerchantApplication(WithdrawMerchantApplicationRequest request);
}
