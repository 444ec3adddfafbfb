using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Dealers;

/// <summary>
/// Everything that a dealer can call, at <c>/hubs/dealer</c>. A server whose operator switched the dealers' network off has no such path.
/// </summary>
/// <remarks>Every call can also be refused with NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, TIMEOUT, UNAVAILABLE, DRAINING and
/// INTERNAL.</remarks>
public interface IDealerHub :
    IAccountCalls, IWalletCalls, IDisputeCalls, IChatCalls, IEncryptionCalls, IReviewCalls, IComplaintCalls, IPeerCalls, IInvitationCalls,
    IPeerConnectionCalls, IItemCalls, IGoodsOrderCalls, ISalesCalls, ISignalCalls;
