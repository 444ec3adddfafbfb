using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<PriceSourcesView> ListPriceSources() => admin.Prices.List(Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffMarketPrice> SetPriceOverride(SetPriceOverrideRequest request) => admin.Prices.Override(Staff, request, Aborted);

    [Roles(StaffRoles.Admin)]
    public Task<StaffMarketPrice> LiftPriceOverride(LiftPriceOverrideRequest request) => admin.Prices.Lift(Staff, request, Aborted);
}
