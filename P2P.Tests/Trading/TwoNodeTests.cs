using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Two nodes on one database that tell each other nothing: all that one needs of the other it finds in the database.</summary>
public sealed class TwoNodeTests : MarketFixture
{
    private const int Rounds = 50;

    private static readonly TimeSpan HeardMax = TimeSpan.FromSeconds(2);

    protected override int Nodes => 2;

    [Test]
    public async Task A_trade_across_two_nodes_is_heard_on_both()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        var (sellers, buyers) = (Hears<OrderChanged>(seller.Client), Hears<OrderChanged>(buyer.Client));
        var order = await Place(buyer, await TestMarket.Ad(seller));
        var placed = await Eventually(() => sellers.All.Count == 1, HeardMax);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        var confirmed = await Eventually(() => sellers.All.Count == 2, HeardMax);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        var released = await Eventually(() => buyers.All.Count == 3, HeardMax);
        buyers.All.Select(change => change.Order.Status)
            .ShouldBe([OrderStatus.AwaitingPayment, OrderStatus.PaymentConfirmed, OrderStatus.Released]);
        Tell($"events of the other node after {placed.TotalMilliseconds:0}, {confirmed.TotalMilliseconds:0}, {released.TotalMilliseconds:0} ms");
    }

    [Test]
    public async Task A_book_shows_what_the_other_node_changed()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        AdBook? newest = null;
        using var end = new CancellationTokenSource();
        var watching = Task.Run(
            async () =>
            {
                await foreach (var book in buyer.Client.Ads.WatchBookAsync(
                    new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" }, end.Token))
                {
                    newest = book;
                }
            },
            CancellationToken.None);
        await Eventually(() => newest is not null);
        var ad = await TestMarket.Ad(seller);
        var shown = await Eventually(() => Row() is not null, HeardMax);
        await seller.Client.Ads.ChangeTotalAsync(ad, 2, cancellationToken: Bounded);
        var changed = await Eventually(() => Row() is { Remaining: 2 }, HeardMax);
        await seller.Client.Ads.DeleteAsync(ad, cancellationToken: Bounded);
        var gone = await Eventually(() => Row() is null, HeardMax);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watching);
        Tell($"book of the other node after {shown.TotalMilliseconds:0}, {changed.TotalMilliseconds:0}, {gone.TotalMilliseconds:0} ms");

        BookRow? Row() => newest?.Rows.FirstOrDefault(row => row.AdId == ad);
    }

    [Test]
    public async Task Sign_out_at_one_node_closes_the_connections_of_the_other()
    {
        // S05
        var ann = await Buyer(node: 1);
        await using var raw = await Raw(ann.Name, node: 1);
        await raw.Hears("Connected");
        using var http = Market.Http(ann.Name, node: 0);
        (await http.PostAsync("/api/p2p/sign-out", null)).IsSuccessStatusCode.ShouldBeTrue();
        var took = await Eventually(() => raw.Closed.IsCompleted || raw.Arguments("ConnectionClosing").Count > 0, HeardMax);
        raw.Arguments("ConnectionClosing")[0][0].GetString().ShouldBe(ErrorCodes.SignedOut);
        await raw.Closed;
        Tell($"closed by the other node's sign-out after {took.TotalMilliseconds:0} ms");
    }

    [Test]
    public async Task A_suspension_at_one_node_closes_the_connections_of_the_other_and_binds_there()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        var ad = await TestMarket.Ad(seller);
        await using var raw = await Raw(buyer.Name, node: 1);
        await raw.Hears("Connected");
        await Suspend(buyer, node: 0);
        var took = await Eventually(() => raw.Arguments("ConnectionClosing").Count > 0, HeardMax);
        raw.Arguments("ConnectionClosing")[0][0].GetString().ShouldBe(ErrorCodes.Suspended);
        await raw.Closed;
        await using var again = await Raw(buyer.Name, node: 1);
        (await again.Hears("ConnectionRefused"))[0][0].GetString().ShouldBe(ErrorCodes.Suspended);
        (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items.Single(view => view.Id == ad).Remaining.ShouldBe(1);
        Tell($"closed by the other node's suspension after {took.TotalMilliseconds:0} ms");
    }

    [Test]
    public async Task One_request_sent_to_both_nodes_at_once_acts_once()
    {
        // S24: orders, ads and profiles, fifty rounds each.
        var (seller, buyer) = (await Seller(bitcoin: 100), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 100);
        var elsewhere = Market.Client(buyer.Name, node: 1);
        await elsewhere.ConnectAsync(Bounded);
        var sellerElsewhere = Market.Client(seller.Name, node: 1);
        await sellerElsewhere.ConnectAsync(Bounded);
        for (var i = 0; i < Rounds; i++)
        {
            var order = new CreateOrderRequest
            {
                RequestId = Guid.CreateVersion7(),
                AdId = ad,
                PaymentMethodId = TestMarket.MpesaKenya,
                CryptoAmount = 0.01m,
            };
            var placed = await Task.WhenAll(
                buyer.Client.Orders.CreateAsync(order, Bounded), elsewhere.Orders.CreateAsync(order, Bounded));
            placed[1].ShouldBe(placed[0]);

            var confirm = new ConfirmPaymentRequest { RequestId = Guid.CreateVersion7(), OrderId = placed[0].OrderId };
            var confirmed = await Task.WhenAll(
                buyer.Client.Orders.ConfirmPaymentAsync(confirm, Bounded), elsewhere.Orders.ConfirmPaymentAsync(confirm, Bounded));
            confirmed[1].ShouldBe(confirmed[0]);

            var release = new OrderRequest { RequestId = Guid.CreateVersion7(), OrderId = placed[0].OrderId };
            await Task.WhenAll(
                seller.Client.Orders.ReleaseAsync(release, Bounded), sellerElsewhere.Orders.ReleaseAsync(release, Bounded));

            var terms = new UpdateAdRequest { RequestId = Guid.CreateVersion7(), AdId = ad, Terms = TestMarket.Terms() };
            var changed = await Task.WhenAll(
                seller.Client.Ads.UpdateAsync(terms, Bounded), sellerElsewhere.Ads.UpdateAsync(terms, Bounded));
            changed[1].ShouldBe(changed[0]);
        }

        (await Sql<long>($"select count(*) from orders where offer_id = '{ad}' and status = 'Released'")).ShouldBe(Rounds);
        (await Sql<long>($"select count(*) from orders where offer_id = '{ad}'")).ShouldBe(Rounds);
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).Version.ShouldBe(1 + Rounds);
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).Remaining.ShouldBe(100 - (Rounds * 0.01m));
        (await Available(buyer)).ShouldBe(Rounds * 0.01m);
        (await buyer.Client.Profiles.GetStatsAsync(cancellationToken: Bounded)).CompletedTrades.ShouldBe(Rounds);
    }

    private static void Tell(string line) => TestContext.Progress.WriteLine(line);
}
