namespace P2P.Client.Sdk.Connecting;

/// <summary>
/// The connection ended under a call, whose outcome is therefore unknown. Never reaches the application: the call is repeated or times out.
/// </summary>
internal sealed class ConnectionLostException(Exception cause) : Exception("The connection was lost.", cause);
