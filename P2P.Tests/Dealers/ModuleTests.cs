using System.Net;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>The network switched off by <c>Dealers:Enabled</c>.</summary>
public sealed class ModuleTests : MarketFixture
{
    protected override Dictionary<string, string?>? Settings => new() { ["Dealers:Enabled"] = "false" };

    [TestCase("/hubs/dealer")]
    [TestCase("/hubs/dealer/negotiate")]
    public async Task There_is_no_dealer_hub(string path)
    {
        using var http = Market.Http(NewName("buyer"));
        (await http.GetAsync(path, Bounded)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync(path, null, Bounded)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Trading_goes_on()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Read(buyer, order)).State.Status.ShouldBe(P2P.Contracts.Deals.OrderStatus.Released);
    }
}
