using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>How the server ends a connection: the client hears why, then it is closed.</summary>
public static class ConnectionEnd
{
    private static readonly TimeSpan HearingMax = TimeSpan.FromSeconds(1);

    /// <summary>The connection was never accepted.</summary>
    public static Task Refuse(HubConnectionContext connection, string code, string message) =>
        Tell(connection, nameof(IConnectionClient.ConnectionRefused), code, message);

    /// <summary>The connection stood and is closed now.</summary>
    public static Task Close(HubConnectionContext connection, string code, string message) =>
        Tell(connection, nameof(IConnectionClient.ConnectionClosing), code, message);

    /// <summary>The node stops: no further call is taken; ends when those that run are answered.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="answersMax">Longest wait for the answers.</param>
    public static Task Finish(HubConnectionContext connection, TimeSpan answersMax) =>
        connection.Protocol is GuardedProtocol guarded ? guarded.Calls.Finish().WaitAsync(answersMax) : Task.CompletedTask;

    private static async Task Tell(HubConnectionContext connection, string method, string code, string message)
    {
        // Abort ends the reading only; what was written before is still sent. A client that does not read is not waited for.
        var told = connection.WriteAsync(new InvocationMessage(method, [code, message])).AsTask();
        await Task.WhenAny(told, Task.Delay(HearingMax));
        connection.Abort();
        if (!told.IsCompleted)
        {
            connection.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        }
    }
}
