using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Trading;

/// <summary>Everything that a trader can call, at <c>/hubs/trade</c>.</summary>
/// <remarks>Every call can also be refused with NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, TIMEOUT, UNAVAILABLE, DRAINING and INTERNAL.</remarks>
public interface ITradeHub :
    IAccountCalls, IWalletCalls, IAdCalls, IScheduleCalls, IOrderCalls, ILimitCalls, IDisputeCalls, IChatCalls, IEncryptionCalls, IReviewCalls,
    IComplaintCalls, IPriceCalls;
