namespace P2P.Contracts.Trading;

/// <summary>Ads and the live book.</summary>
public interface IAdCalls
{
    /// <summary>Assets, currencies and reference prices.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<MarketsView> GetMarkets();

    /// <summary>Puts up an ad, active at once.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also amounts that are too fine, or limits that contradict each other), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// ASSET_UNKNOWN, ASSET_CLOSED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, PAYMENT_ACCOUNT_REQUIRED, QUOTA_EXCEEDED.
    /// </remarks>
    Task<AdReply> CreateAd(CreateAdRequest request);

    /// <summary>Whether <see cref="CreateAd"/> would succeed now, with every reason why not.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<AdCheck> CheckCreateAd(CheckCreateAdRequest request);

    /// <summary>
    /// Ads of others that the caller may see (none of users who block the caller or whom the caller blocks), with the reasons why the caller could
    /// not take them.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.</remarks>
    Task<Page<AdView>> ListAds(ListAdsRequest request);

    /// <summary>One ad.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND (also without the secret of an ad by link, and when one of the two blocks the other).
    /// </remarks>
    Task<AdView> GetAd(GetAdRequest request);

    /// <summary>The caller's own ads, newest first, with the reasons why they are not shown.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<AdView>> MyAds(MyAdsRequest request);

    /// <summary>Replaces an ad's terms.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED, PAYMENT_METHOD_UNKNOWN,
    /// PAYMENT_ACCOUNT_REQUIRED.
    /// </remarks>
    Task<AdReply> UpdateAd(UpdateAdRequest request);

    /// <summary>Changes how much an ad trades in all; what is left changes by the same amount.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, AD_CLOSED, TOTAL_BELOW_TAKEN.
    /// </remarks>
    Task<AdReply> ChangeAdTotal(ChangeAdTotalRequest request);

    /// <summary>Hides an ad. A paused ad stays paused.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED.</remarks>
    Task<AdReply> PauseAd(AdRequest request);

    /// <summary>Shows an ad again.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED, AD_HIDDEN (staff hid it).
    /// </remarks>
    Task<AdReply> ResumeAd(AdRequest request);

    /// <summary>Closes an ad for good; its orders go on.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED.</remarks>
    Task<AdReply> DeleteAd(AdRequest request);

    /// <summary>The book as it is now; from then on this connection hears <see cref="ITradeClient.AdBookChanged"/>. At most 10 markets a connection.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN, QUOTA_EXCEEDED.</remarks>
    Task<AdBook> SubscribeAdBook(Market market);

    /// <summary>Ends a subscription; without one it does nothing.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task UnsubscribeAdBook(Market market);
}
