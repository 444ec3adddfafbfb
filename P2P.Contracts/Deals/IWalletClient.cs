namespace P2P.Contracts.Deals;

/// <summary>What a user hears of their balances.</summary>
public interface IWalletClient
{
    /// <summary>Durable: an available balance moved.</summary>
    Task BalanceChanged(EventHead head, BalanceChanged change);
}
