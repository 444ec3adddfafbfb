using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>Dealers who order goods from each other.</summary>
public abstract class GoodsFixture : DealerFixture
{
    /// <summary>A seller and a buyer who may order.</summary>
    private protected async Task<(Dealer Seller, Dealer Buyer)> Pair(int sellerNode = 0, int buyerNode = 0)
    {
        var (seller, buyer) = (await Peer(node: sellerNode), await Peer(node: buyerNode));
        await Connect(seller, buyer);
        return (seller, buyer);
    }

    /// <summary>An item for the seller's connections.</summary>
    private protected static async Task<Guid> Item(Dealer seller, decimal stock, decimal price, string currency = "BTC")
    {
        var terms = new ItemTerms
        {
            Name = $"Lamp of {seller.Name}",
            Price = price,
            Currency = currency,
            Visibility = ItemVisibility.Customers,
            Gives = AccessLevel.Order,
        };
        return (await seller.Client.Items.CreateAsync(terms, stock, cancellationToken: Bounded)).ItemId;
    }

    private protected Task Fund(Dealer dealer, decimal bitcoin) =>
        EngineMarket.Credit(Market.Service<Server.Deals.Engine.OrderEngine>(), Id(dealer), bitcoin);

    /// <summary>An order that is paid.</summary>
    private protected static async Task<Guid> Paid(Dealer seller, Dealer buyer, Guid item, decimal quantity)
    {
        var order = (await buyer.Client.Orders.CreateAsync(item, quantity, cancellationToken: Bounded)).OrderId;
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        await buyer.Client.Orders.PayAsync(order, cancellationToken: Bounded);
        return order;
    }

    private protected static async Task<decimal> Stock(Dealer owner, Guid item) => (await owner.Client.Items.GetAsync(item, Bounded)).Stock;

    private protected static async Task<OrderStatus> StatusOf(Dealer party, Guid order) =>
        (await party.Client.Orders.GetAsync(order, Bounded)).State.Status;

    /// <summary>Bitcoin that are free, and that lie in escrow.</summary>
    private protected static async Task<(decimal Available, decimal InEscrow)> Balance(Dealer dealer) =>
        (await dealer.Client.Wallet.GetBalancesAsync(Bounded)).Where(balance => balance.Asset == "BTC")
            .Select(balance => (balance.Available, balance.InEscrow)).Single();

    private protected static async Task<IReadOnlyList<Guid>> Listed(Dealer party, ListGoodsOrdersRequest request) =>
        [.. (await party.Client.Orders.ListAsync(request, Bounded)).Items.Select(order => order.State.Id)];

    /// <summary>The whole ledger, every history and every stream are as they must be.</summary>
    private protected async Task Verified()
    {
        await GoodsInvariants.Check(Market.Database.Superuser);
        await Invariants.Check(Market.Database.Superuser);
    }
}
