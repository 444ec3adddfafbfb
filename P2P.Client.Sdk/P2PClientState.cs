namespace P2P.Client.Sdk;

/// <summary>How a client stands to its server.</summary>
public enum P2PClientState
{
    /// <summary>Not connected, and nothing tries to.</summary>
    Disconnected,

    /// <summary>The first connection is being made, again and again until it stands.</summary>
    Connecting,

    /// <summary>Connected: calls go out and events come in.</summary>
    Connected,

    /// <summary>The connection was lost and is being made again; calls wait.</summary>
    Reconnecting,

    /// <summary>
    /// The server does not want this user or this client (NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, CLIENT_TOO_OLD), or the first two
    /// tokens were refused. Nothing tries again until <c>ConnectAsync</c> is called.
    /// </summary>
    Refused,

    /// <summary>Disposed.</summary>
    Closed,
}

/// <summary>A change of a client's state.</summary>
/// <param name="State">The state now.</param>
/// <param name="Error">Why, when the state is worse than before and the reason is known.</param>
public sealed record P2PClientStateChange(P2PClientState State, Exception? Error);
