namespace P2P.Contracts.Accounts;

/// <summary>What every signed-in user may call on any hub.</summary>
public interface IAccountCalls :
    IStreamCalls, INotificationCalls, IWebPushCalls, IWebhookCalls, IContactCalls, IKeyCalls, ISecondFactorCalls, IMerchantCalls, IAnnouncementCalls
{
    /// <summary>One's own profile, or another's public part.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<ProfileView> GetProfile(GetProfileRequest request);

    /// <summary>Changes one's own profile; what is left out stays.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, USERNAME_TAKEN.
    /// </remarks>
    Task<ProfileView> UpdateProfile(UpdateProfileRequest request);

    /// <summary>A user's record in numbers.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<ProfileStats> GetProfileStats(GetProfileRequest request);

    /// <summary>Finds users by name and standing.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<ProfilePage> SearchProfiles(SearchProfilesRequest request);

    /// <summary>The catalogue of payment methods, by name.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<IReadOnlyList<PaymentMethod>> ListPaymentMethods(ListPaymentMethodsRequest request);

    /// <summary>One's own payment accounts, oldest first.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<IReadOnlyList<PaymentAccount>> ListPaymentAccounts();

    /// <summary>Saves where one can be paid.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// PAYMENT_METHOD_UNKNOWN, PAYMENT_ACCOUNT_INVALID, QUOTA_EXCEEDED.
    /// </remarks>
    Task<PaymentAccountReply> SavePaymentAccount(SavePaymentAccountRequest request);

    /// <summary>Deletes one of one's own payment accounts.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<PaymentAccountReply> DeletePaymentAccount(DeletePaymentAccountRequest request);
}
