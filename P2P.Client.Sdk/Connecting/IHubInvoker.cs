namespace P2P.Client.Sdk.Connecting;

/// <summary>How a typed proxy reaches its hub: once, or again and again until there is an answer.</summary>
internal interface IHubInvoker
{
    /// <summary>Calls and waits for the answer.</summary>
    Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken);

    /// <summary>Calls and waits until the call has ended.</summary>
    Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken);

    /// <summary>Calls without waiting for an answer.</summary>
    Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken);
}
