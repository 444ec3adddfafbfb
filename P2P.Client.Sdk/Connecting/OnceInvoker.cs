using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>Sends each call once, on the present connection or the next one.</summary>
internal sealed class OnceInvoker(Link link) : IHubInvoker
{
    /// <inheritdoc/>
    public async Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var session = await link.SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.InvokeAsync<T>(method, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException e)
        {
            throw Unknown(e);
        }
    }

    /// <inheritdoc/>
    public async Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var session = await link.SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await session.InvokeAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException e)
        {
            throw Unknown(e);
        }
    }

    /// <inheritdoc/>
    public async Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var session = await link.SessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await session.SendAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException e)
        {
            throw Unknown(e);
        }
    }

    private static P2PException Unknown(ConnectionLostException e) =>
        new(ErrorCodes.Unavailable, "The connection was lost before an answer came.", innerException: e);
}
