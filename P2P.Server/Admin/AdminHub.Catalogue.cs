using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<CatalogueView> GetCatalogue() => admin.Catalogue.Get(Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueMethod> AddPaymentMethod(AddPaymentMethodRequest request) => admin.Catalogue.Add(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueMethod> ChangePaymentMethod(ChangePaymentMethodRequest request) =>
        admin.Catalogue.Change(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueAsset> AddAsset(AddAssetRequest request) => admin.Catalogue.Add(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueAsset> ChangeAsset(ChangeAssetRequest request) => admin.Catalogue.Change(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueCurrency> AddCurrency(AddCurrencyRequest request) => admin.Catalogue.Add(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<CatalogueLimits> ChangeLimits(ChangeLimitsRequest request) => admin.Catalogue.Change(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<PublishedTerms> PublishTerms(PublishTermsRequest request) => admin.Catalogue.Publish(Staff, request, Aborted);
}
