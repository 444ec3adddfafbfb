using P2P.Client.Sdk;
using P2P.Contracts.Deals;

namespace P2P.Tests.Dealers;

/// <summary>Orders with somebody whose keys were not verified, or are others now, are neither accepted nor paid above a limit. (S54)</summary>
public sealed class UnverifiedOrderTests : GoodsFixture
{
    [Test]
    public async Task Above_the_limit_only_whose_keys_are_verified_is_dealt_with()
    {
        var (careful, other) = (await Careful(), await Peer());
        await Connect(careful, other);
        var item = await Item(careful, stock: 100, price: 10, currency: "KES");

        var small = await Order(other, item, 5);
        await careful.Client.Orders.AcceptAsync(small, cancellationToken: Bounded);
        var large = await Order(other, item, 6);
        await IsRefused(() => careful.Client.Orders.AcceptAsync(large, cancellationToken: Bounded));
        (await StatusOf(careful, large)).ShouldBe(OrderStatus.Requested);

        await Verify(careful, other);
        await careful.Client.Orders.AcceptAsync(large, cancellationToken: Bounded);
        (await StatusOf(careful, large)).ShouldBe(OrderStatus.Accepted);

        // A new device: what was compared is not what is there now.
        var second = Connecting(other.Name, new MemoryKeyStore());
        await second.ConnectAsync(Bounded);
        await second.Keys.RegisterAsync("second", Bounded);
        var later = await Order(other, item, 6);
        await IsRefused(() => careful.Client.Orders.AcceptAsync(later, cancellationToken: Bounded));
        await Verify(careful, other);
        await careful.Client.Orders.AcceptAsync(later, cancellationToken: Bounded);
    }

    [Test]
    public async Task Nothing_is_paid_to_an_unverified_seller_in_a_currency_that_is_not_named()
    {
        var (seller, careful) = (await Peer(), await Careful());
        await Connect(seller, careful);
        await Fund(careful, 1);
        // By the invitation's link the seller's keys were verified; that is taken back here.
        await careful.Client.Keys.TrustAsync(Id(seller), Bounded);
        var item = await Item(seller, stock: 10, price: 0.01m);
        var order = await Order(careful, item, 1);
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        await IsRefused(() => careful.Client.Orders.PayAsync(order, cancellationToken: Bounded));
        (await Balance(careful)).ShouldBe((1m, 0m));
        await Verify(careful, seller);
        await careful.Client.Orders.PayAsync(order, cancellationToken: Bounded);
        (await Balance(careful)).ShouldBe((0.99m, 0.01m));
    }

    private static async Task<Guid> Order(Dealer buyer, Guid item, decimal quantity) =>
        (await buyer.Client.Orders.CreateAsync(item, quantity, cancellationToken: Bounded)).OrderId;

    private static async Task Verify(Dealer one, Dealer other)
    {
        var number = await one.Client.Keys.SafetyNumberAsync(Id(other), Bounded);
        await one.Client.Keys.MarkVerifiedAsync(Id(other), number.Digits, Bounded);
    }

    private static async Task IsRefused(Func<Task> call) =>
        (await Should.ThrowAsync<EncryptionException>(call)).Fault.ShouldBe(EncryptionFault.PeerNotVerified);

    /// <summary>Somebody who deals for 50 KES at most with unverified peers, and for nothing in any other currency.</summary>
    private async Task<Dealer> Careful()
    {
        var keys = new MemoryKeyStore();
        var joined = await Stranger(keys);
        var peer = await joined.Client.Peers.JoinAsync(joined.Name, cancellationToken: Bounded);
        var client = new DealerClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(joined.Name)),
            Keys = keys,
            UnverifiedOrderMax = new Dictionary<string, decimal> { ["KES"] = 50 },
        });
        Closes(client);
        await client.ConnectAsync(Bounded);
        return new Dealer(joined.Name, client, peer.PeerId);
    }
}
