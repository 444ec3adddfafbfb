namespace P2P.Contracts.Trading;

/// <summary>What is heard of reference prices.</summary>
public interface IPriceClient
{
    /// <summary>Not durable: reference prices changed or became stale; the newest state of each, about once a second.</summary>
    Task PricesChanged(PricesChanged change);
}
