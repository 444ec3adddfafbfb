namespace P2P.Contracts;

/// <summary>What every hub tells its clients about the connection itself.</summary>
public interface IConnectionClient
{
    /// <summary>The connection stands. Heard first, once.</summary>
    Task Connected(ConnectedInfo info);

    /// <summary>
    /// The connection is refused and about to be closed: NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED or CLIENT_TOO_OLD.
    /// </summary>
    Task ConnectionRefused(string code, string message);

    /// <summary>The server is about to close the connection: TOKEN_EXPIRED, SUSPENDED, SIGNED_OUT, ROLE_CHANGED, DRAINING, RATE_LIMITED or BAD_INPUT.</summary>
    Task ConnectionClosing(string code, string message);

    /// <summary>
    /// The stream stands at this number; events up to it were recorded and are not all pushed, because too many are unacknowledged or a push was
    /// lost. Page them with <c>EventsSince</c>.
    /// </summary>
    Task Head(Guid epoch, long seq);
}
