namespace P2P.Contracts.Dealers;

/// <summary>What a party hears of its goods orders.</summary>
public interface IGoodsOrderClient
{
    /// <summary>Durable: a goods order was placed or changed.</summary>
    Task GoodsOrderChanged(EventHead head, GoodsOrderChanged change);
}
