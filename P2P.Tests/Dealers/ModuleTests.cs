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
    [Category("BesideTrading")]
    public async Task Trading_goes_on()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Read(buyer, order)).State.Status.ShouldBe(P2P.Contracts.Deals.OrderStatus.Released);
    }
}

/// <summary>Trading switched off by <c>Trading:Enabled</c>: a network of dealers alone.</summary>
public sealed class DealersAloneTests : GoodsFixture
{
    protected override Dictionary<string, string?>? Settings => new() { ["Trading:Enabled"] = "false" };

    [TestCase("/hubs/trade")]
    [TestCase("/hubs/trade/negotiate")]
    public async Task There_is_no_trade_hub(string path)
    {
        using var http = Market.Http(NewName("buyer"));
        (await http.GetAsync(path, Bounded)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync(path, null, Bounded)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Dealers_go_on()
    {
        var (seller, buyer) = await Pair();
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, await Item(seller, 3, 0.1m), 2);
        await seller.Client.Orders.FulfilAsync(order, cancellationToken: Bounded);
        await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded);
        (await StatusOf(seller, order)).ShouldBe(P2P.Contracts.Deals.OrderStatus.Completed);
        (await Balance(seller)).ShouldBe((0.2m, 0m));
        await Verified();
    }
}
