using P2P.Client.Sdk.Generated;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>Reference prices in staff's hands: where they come from, and prices of staff's own in their place.</summary>
public sealed class AdminPricesClient
{
    private readonly AdminHubProxy _hub;

    internal AdminPricesClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IStaffPriceCalls.ListPriceSources"/>
    public Task<PriceSourcesView> ListSourcesAsync(CancellationToken cancellationToken = default) =>
        _hub.ListPriceSources(cancellationToken);

    /// <summary>Puts a price in the place of the computed one; floating ads follow it at once.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="price">Fiat for one unit of the asset.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">When it ends; null until it is lifted.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffMarketPrice> OverrideAsync(
        string asset,
        string fiat,
        decimal price,
        string reason,
        DateTimeOffset? until = null,
        CancellationToken cancellationToken = default) =>
        OverrideAsync(
            new SetPriceOverrideRequest
            {
                RequestId = Guid.CreateVersion7(),
                Asset = asset,
                Fiat = fiat,
                Price = price,
                Until = until,
                Reason = reason,
            },
            cancellationToken);

    /// <inheritdoc cref="IStaffPriceCalls.SetPriceOverride"/>
    public Task<StaffMarketPrice> OverrideAsync(SetPriceOverrideRequest request, CancellationToken cancellationToken = default) =>
        _hub.SetPriceOverride(request, cancellationToken);

    /// <summary>Ends an override: the price is computed from the sources again.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffMarketPrice> LiftOverrideAsync(
        string asset, string fiat, string reason, CancellationToken cancellationToken = default) =>
        LiftOverrideAsync(
            new LiftPriceOverrideRequest { RequestId = Guid.CreateVersion7(), Asset = asset, Fiat = fiat, Reason = reason },
            cancellationToken);

    /// <inheritdoc cref="IStaffPriceCalls.LiftPriceOverride"/>
    public Task<StaffMarketPrice> LiftOverrideAsync(LiftPriceOverrideRequest request, CancellationToken cancellationToken = default) =>
        _hub.LiftPriceOverride(request, cancellationToken);
}
