using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>Orders, as staff see them.</summary>
public sealed class AdminOrdersClient
{
    private readonly AdminHubProxy _hub;

    internal AdminOrdersClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IStaffOrderCalls.SearchOrders"/>
    public Task<Page<StaffOrderRow>> SearchAsync(SearchOrdersRequest request, CancellationToken cancellationToken = default) =>
        _hub.SearchOrders(request, cancellationToken);

    /// <inheritdoc cref="IStaffOrderCalls.GetOrderForStaff"/>
    public Task<StaffOrderView> GetAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetOrderForStaff(orderId, cancellationToken);
}
