using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Dealers;

/// <summary>Everything that a dealer hears.</summary>
public interface IDealerClient : IAccountClient, IWalletClient, IGoodsOrderClient, IDisputeClient, IChatClient, IReviewClient, IComplaintClient,
    ISignalClient
{
    /// <summary>Durable: the caller's own name or choices changed; read them with <c>GetPeer</c>.</summary>
    Task PeerChanged(EventHead head, PeerChanged change);

    /// <summary>Lossy: a connected peer came or went; heard within seconds, and never of one who hides it.</summary>
    Task PeerStatusChanged(PeerStatusChanged change);

    /// <summary>Durable: an invitation of the caller's was made, accepted or revoked.</summary>
    Task InvitationChanged(EventHead head, InvitationChanged change);

    /// <summary>Durable: somebody asks the caller to connect, or was answered; both of them hear it.</summary>
    Task InvitationRequestChanged(EventHead head, InvitationRequestChanged change);

    /// <summary>Durable: a connection of the caller's began, changed or ended, as the caller sees it.</summary>
    Task ConnectionChanged(EventHead head, ConnectionChanged change);

    /// <summary>
    /// Durable: an item that the caller sees or saw changed. Heard by the owner and by connected peers; who sees a public item without a connection
    /// reads it.
    /// </summary>
    Task ItemChanged(EventHead head, ItemChanged change);
}
