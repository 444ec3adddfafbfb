namespace P2P.Contracts.Dealers;

/// <summary>
/// The caller's connections. Each side grants the other an access level of its own. Whoever was blocked or revoked sees a stranger from
/// that moment on.
/// </summary>
public interface IPeerConnectionCalls
{
    /// <summary>Whom the caller is connected with, or blocks; newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<ConnectionView>> ListConnections(ListConnectionsRequest request);

    /// <summary>One connection.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ConnectionView> GetConnection(GetConnectionRequest request);

    /// <summary>Changes what a connected peer may do with the caller's inventory.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ConnectionView> SetAccess(SetAccessRequest request);

    /// <summary>Blocks a connected peer: neither has access at the other, until it is ended. Blocking twice changes nothing.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ConnectionReply> BlockPeer(PeerRequest request);

    /// <summary>
    /// Ends a block; without one it does nothing. What was granted before holds again, unless the connection was revoked meanwhile.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ConnectionReply> UnblockPeer(PeerRequest request);

    /// <summary>Ends a connection for both. Only another invitation connects the two again; a block stays.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<ConnectionReply> RevokeConnection(PeerRequest request);
}
