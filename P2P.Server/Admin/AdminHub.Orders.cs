using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core.Hubs;

namespace P2P.Server.Admin;

/// <summary>Orders as staff see them. What staff decide about a disputed one stands in a part of its own beside this.</summary>
public sealed partial class AdminHub
{
    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<Page<StaffOrderRow>> SearchOrders(SearchOrdersRequest request) => admin.Orders.Search(Caller, request, Aborted);

    [Roles(StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support, StaffRoles.ReadOnly)]
    public Task<StaffOrderView> GetOrderForStaff(Guid orderId) => admin.Orders.Get(orderId, Aborted);
}
