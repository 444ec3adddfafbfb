namespace P2P.Contracts.Deals;

/// <summary>What a party hears of its orders.</summary>
public interface IOrderClient
{
    /// <summary>Durable: an order was placed or changed.</summary>
    Task OrderChanged(EventHead head, OrderChanged change);
}
