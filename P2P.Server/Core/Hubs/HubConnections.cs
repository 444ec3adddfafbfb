using Microsoft.AspNetCore.SignalR;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// Stands where every hub connection passes after its handshake and before its first frame: puts the guard before the connection's protocol
/// and keeps the connection within reach of its hub.
/// </summary>
public class HubConnections<THub>(ILogger<DefaultHubLifetimeManager<THub>> log, LimitSettings limits)
    : DefaultHubLifetimeManager<THub>(log)
    where THub : Hub
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Protocol = new GuardedProtocol(connection.Protocol, connection, limits.Frames);
        connection.Items[HubConnectionItem.Key] = connection;
        return base.OnConnectedAsync(connection);
    }
}

/// <summary>The connection itself, as its hub finds it.</summary>
public static class HubConnectionItem
{
    internal static readonly object Key = new();

    public static HubConnectionContext Of(HubCallerContext context) =>
        context.Items[Key] as HubConnectionContext
        ?? throw new InvalidOperationException("The connection did not pass HubConnections: the hub's lifetime manager was replaced.");
}
