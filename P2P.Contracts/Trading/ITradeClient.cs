using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Trading;

/// <summary>Everything that a trader hears.</summary>
public interface ITradeClient : IAccountClient, IWalletClient, IOrderClient, IDisputeClient, IChatClient, IReviewClient, IPriceClient
{
    /// <summary>Durable: one of the caller's own ads changed.</summary>
    Task AdChanged(EventHead head, AdChanged change);

    /// <summary>Not durable: a subscribed book changed; the newest state only.</summary>
    Task AdBookChanged(AdBookChanged change);
}
