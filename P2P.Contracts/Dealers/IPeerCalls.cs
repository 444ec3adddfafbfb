namespace P2P.Contracts.Dealers;

/// <summary>Who the caller is in the dealers' network, and who else wants to be found there.</summary>
public interface IPeerCalls
{
    /// <summary>
    /// Makes the caller a peer, under the keys of one of the caller's devices (<c>RegisterDevice</c> before it). The peer id is that
    /// device's id:
    /// SHA-256 of its public keys, so that nobody can bind it to other keys. It stays when further devices come and this one goes.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ALREADY_DONE (the caller is a peer), NOT_FOUND (the caller
    /// has no such
    /// device), DEVICE_REVOKED.
    /// </remarks>
    Task<PeerView> JoinNetwork(JoinNetworkRequest request);

    /// <summary>The caller as a peer.</summary>
    /// <remarks>Codes: RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<PeerView> GetPeer();

    /// <summary>Changes what is given, and leaves the rest.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER.</remarks>
    Task<PeerView> UpdatePeer(UpdatePeerRequest request);

    /// <summary>
    /// The directory: peers who want to be found, the newest first. Whoever blocks the caller, or is blocked, is not in it.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<PeerEntry>> SearchPeers(SearchPeersRequest request);
}
