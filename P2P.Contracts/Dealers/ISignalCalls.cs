namespace P2P.Contracts.Dealers;

/// <summary>
/// What two peers need to talk directly, or through the server without being read: signals by which they find each other, frames that the server passes on
/// as they are, and relays for networks that let nothing through. Nothing of it is stored.
/// </summary>
public interface ISignalCalls
{
    /// <summary>
    /// Passes a signal to all of a peer's connections: a connected peer's, or that of the other party of an open order. The server says from whom it comes.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also a payload of more than 16,384 characters), RATE_LIMITED (20 a second), NOT_A_PEER, NOT_FOUND (also a peer with whom there is
    /// neither a connection nor an open order), DEADLINE_PASSED (the session began more than 60 seconds ago), QUOTA_EXCEEDED (50 candidates a session).
    /// </remarks>
    Task SendSignal(SendSignalRequest request);

    /// <summary>Passes a frame of a session on to all of a peer's connections; the peers' own counters find out what is lost.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also more than 26,000 characters), RATE_LIMITED (200 a second, and 2 MB a second a session), NOT_A_PEER, NOT_FOUND (as
    /// <see cref="SendSignal"/>; a connection that ends is noticed within a second).
    /// </remarks>
    Task Relay(RelayRequest request);

    /// <summary>Which relays the caller may use, with credentials that are good for ten minutes.</summary>
    /// <remarks>Codes: RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<IceServers> GetIceServers();
}
