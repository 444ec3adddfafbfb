namespace P2P.Contracts.Admin;

/// <summary>What staff see of orders. Acts on disputed orders are calls of the dispute queue.</summary>
public interface IStaffOrderCalls
{
    /// <summary>Finds orders, newest first. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<StaffOrderRow>> SearchOrders(SearchOrdersRequest request);

    /// <summary>
    /// An order with every change and every movement of its escrow; where the buyer pays to is not shown. Roles: admin, arbitrator,
    /// support, readonly.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<StaffOrderView> GetOrderForStaff(Guid orderId);
}
