namespace P2P.Contracts.Admin;

/// <summary>Reference prices in staff's hands.</summary>
public interface IStaffPriceCalls
{
    /// <summary>
    /// Every source with its last prices, its last success and its last error, and every market with its price and the override in force.
    /// Roles:
    /// admin, arbitrator, support, readonly.
    /// </summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<PriceSourcesView> ListPriceSources();

    /// <summary>
    /// Puts a price in the place of the computed one, until a time or until it is lifted; floating ads follow it at once. One that is in
    /// force is
    /// replaced. Roles: admin.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.</remarks>
    Task<StaffMarketPrice> SetPriceOverride(SetPriceOverrideRequest request);

    /// <summary>
    /// Ends an override: from the answer on the price is computed from the sources again, and without enough of them there is none. Roles:
    /// admin.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN, CURRENCY_UNKNOWN,
    /// NOT_FOUND.</remarks>
    Task<StaffMarketPrice> LiftPriceOverride(LiftPriceOverrideRequest request);
}
