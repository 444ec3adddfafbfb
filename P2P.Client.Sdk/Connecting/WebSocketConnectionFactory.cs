using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>
/// Opens a hub's WebSocket at once, without SignalR's negotiation, with the token in a header where no log of addresses sees it.
/// </summary>
internal sealed class WebSocketConnectionFactory(
    Func<CancellationToken, ValueTask<string>> tokenProvider,
    Action<ClientWebSocketOptions>? configure) : IConnectionFactory
{
    /// <inheritdoc/>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var token = await tokenProvider(cancellationToken).ConfigureAwait(false);
        var socket = new ClientWebSocket();
        try
        {
            configure?.Invoke(socket.Options);
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken).ConfigureAwait(false);
            return new WebSocketConnection(socket);
        }
        catch (WebSocketException e) when (socket.HttpStatusCode == HttpStatusCode.Unauthorized)
        {
            socket.Dispose();
            throw new P2PException(ErrorCodes.Unauthenticated, "The server does not accept the token.", innerException: e);
        }
        catch (WebSocketException e) when (socket.HttpStatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            // A node that is about to stop, or has enough: the next attempt keeps the pause that it asks for.
            var code = socket.HttpStatusCode == HttpStatusCode.TooManyRequests ? ErrorCodes.RateLimited : ErrorCodes.Unavailable;
            var details = RetryAfterOf(socket);
            socket.Dispose();
            throw new P2PException(code, "The server takes no connection right now.", details, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static JsonElement RetryAfterOf(ClientWebSocket socket) =>
        socket.HttpResponseHeaders is { } headers
        && headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $"{{\"retryAfterMs\":{seconds * 1_000L}}}"))
            : default;
}
