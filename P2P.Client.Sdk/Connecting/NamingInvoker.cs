using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;

namespace P2P.Client.Sdk.Connecting;

/// <summary>Names the request id of a changing call in what it fails with, so that the caller can repeat it.</summary>
internal sealed class NamingInvoker(IHubInvoker inner) : IHubInvoker
{
    /// <inheritdoc/>
    public Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        NameAsync(inner.InvokeAsync<T>(method, arguments, cancellationToken), arguments);

    /// <inheritdoc/>
    public Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        NameAsync(DoneAsync(inner.InvokeAsync(method, arguments, cancellationToken)), arguments);

    /// <inheritdoc/>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        NameAsync(DoneAsync(inner.SendAsync(method, arguments, cancellationToken)), arguments);

    private static async Task<bool> DoneAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private static async Task<T> NameAsync<T>(Task<T> call, object?[] arguments)
    {
        if (arguments is not [IChange change])
        {
            return await call.ConfigureAwait(false);
        }

        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (P2PException e) when (e.InnerException is HubException)
        {
            e.RequestId = change.RequestId;
            throw;
        }
        catch (P2PException e)
        {
            // Others may wait for the same connection and fail with the same object.
            throw new P2PException(e.Code, e.Message, e.Details, e) { RequestId = change.RequestId };
        }
    }
}
