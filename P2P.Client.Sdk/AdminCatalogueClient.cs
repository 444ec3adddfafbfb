using P2P.Client.Sdk.Generated;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>
/// Assets with their fees and bounds, currencies, payment methods, limits, terms. A request's <see cref="Contracts.IChange.RequestId"/> is made
/// with <see cref="Guid.CreateVersion7()"/> and kept for repeats.
/// </summary>
public sealed class AdminCatalogueClient
{
    private readonly AdminHubProxy _hub;

    internal AdminCatalogueClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="ICatalogueCalls.GetCatalogue"/>
    public Task<CatalogueView> GetAsync(CancellationToken cancellationToken = default) => _hub.GetCatalogue(cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.AddPaymentMethod"/>
    public Task<CatalogueMethod> AddPaymentMethodAsync(AddPaymentMethodRequest request, CancellationToken cancellationToken = default) =>
        _hub.AddPaymentMethod(request, cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.ChangePaymentMethod"/>
    public Task<CatalogueMethod> ChangePaymentMethodAsync(
        ChangePaymentMethodRequest request, CancellationToken cancellationToken = default) =>
        _hub.ChangePaymentMethod(request, cancellationToken);

    /// <summary>Offers a payment method no longer, or again.</summary>
    /// <param name="paymentMethodId">Which.</param>
    /// <param name="offered">Whether new ads and new orders take it.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<CatalogueMethod> OfferPaymentMethodAsync(
        long paymentMethodId, bool offered, string reason, CancellationToken cancellationToken = default) =>
        _hub.ChangePaymentMethod(
            new ChangePaymentMethodRequest
            {
                RequestId = Guid.CreateVersion7(),
                PaymentMethodId = paymentMethodId,
                IsOffered = offered,
                Reason = reason,
            },
            cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.AddAsset"/>
    public Task<CatalogueAsset> AddAssetAsync(AddAssetRequest request, CancellationToken cancellationToken = default) =>
        _hub.AddAsset(request, cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.ChangeAsset"/>
    public Task<CatalogueAsset> ChangeAssetAsync(ChangeAssetRequest request, CancellationToken cancellationToken = default) =>
        _hub.ChangeAsset(request, cancellationToken);

    /// <summary>Sets the maker's fee for orders that are placed from now on.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="rate">A part of the traded amount: 0.001 is 0.1 %.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<CatalogueAsset> SetFeeAsync(string asset, decimal rate, string reason, CancellationToken cancellationToken = default) =>
        _hub.ChangeAsset(
            new ChangeAssetRequest { RequestId = Guid.CreateVersion7(), Code = asset, FeeRate = rate, Reason = reason }, cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.AddCurrency"/>
    public Task<CatalogueCurrency> AddCurrencyAsync(AddCurrencyRequest request, CancellationToken cancellationToken = default) =>
        _hub.AddCurrency(request, cancellationToken);

    /// <inheritdoc cref="ICatalogueCalls.ChangeLimits"/>
    public Task<CatalogueLimits> ChangeLimitsAsync(ChangeLimitsRequest request, CancellationToken cancellationToken = default) =>
        _hub.ChangeLimits(request, cancellationToken);

    /// <summary>Publishes a new version of the terms: everyone must consent before connecting again.</summary>
    /// <param name="text">The terms.</param>
    /// <param name="language">Their language, a tag such as <c>en</c>.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<PublishedTerms> PublishTermsAsync(
        string text, string language, string reason, CancellationToken cancellationToken = default) =>
        _hub.PublishTerms(
            new PublishTermsRequest { RequestId = Guid.CreateVersion7(), Text = text, Language = language, Reason = reason },
            cancellationToken);
}
