namespace P2P.Contracts.Admin;

/// <summary>
/// The catalogue: assets with their fees and bounds, currencies, payment methods, limits, terms. A change counts on every node within seconds and
/// for what is placed later; orders that stand keep what they were placed under.
/// </summary>
public interface ICatalogueCalls
{
    /// <summary>The whole catalogue. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<CatalogueView> GetCatalogue();

    /// <summary>Adds a payment method. Roles: admin.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN, CODE_TAKEN, QUOTA_EXCEEDED.
    /// </remarks>
    Task<CatalogueMethod> AddPaymentMethod(AddPaymentMethodRequest request);

    /// <summary>Changes a payment method, offers it no longer, or offers it again. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, PAYMENT_METHOD_UNKNOWN.</remarks>
    Task<CatalogueMethod> ChangePaymentMethod(ChangePaymentMethodRequest request);

    /// <summary>Adds an asset. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CODE_TAKEN, QUOTA_EXCEEDED.</remarks>
    Task<CatalogueAsset> AddAsset(AddAssetRequest request);

    /// <summary>Changes an asset's name, fee and bounds, closes it or opens it again. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN.</remarks>
    Task<CatalogueAsset> ChangeAsset(ChangeAssetRequest request);

    /// <summary>Adds a currency. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CODE_TAKEN, QUOTA_EXCEEDED.</remarks>
    Task<CatalogueCurrency> AddCurrency(AddCurrencyRequest request);

    /// <summary>Changes how much takers may trade in a currency, for orders that are placed from now on. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN.</remarks>
    Task<CatalogueLimits> ChangeLimits(ChangeLimitsRequest request);

    /// <summary>Publishes a new version of the terms: everyone must consent before connecting again. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<PublishedTerms> PublishTerms(PublishTermsRequest request);
}
