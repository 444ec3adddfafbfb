using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Client.Sdk;

/// <summary>The user's connections. Whoever was blocked or revoked sees a stranger from that moment on.</summary>
public sealed class ConnectionsClient
{
    private readonly DealerHubProxy _hub;
    private readonly EventReaders _events;

    internal ConnectionsClient(DealerHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>Whom the user is connected with, or blocks; newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ConnectionView>> ListAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListConnections(new ListConnectionsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IPeerConnectionCalls.GetConnection"/>
    public Task<ConnectionView> GetAsync(string peerId, CancellationToken cancellationToken = default) =>
        _hub.GetConnection(new GetConnectionRequest { PeerId = peerId }, cancellationToken);

    /// <inheritdoc cref="IPeerConnectionCalls.SetAccess"/>
    public Task<ConnectionView> SetAccessAsync(string peerId, AccessLevel grants, CancellationToken cancellationToken = default) =>
        _hub.SetAccess(new SetAccessRequest { RequestId = Guid.CreateVersion7(), PeerId = peerId, Grants = grants }, cancellationToken);

    /// <inheritdoc cref="IPeerConnectionCalls.BlockPeer"/>
    public Task<ConnectionReply> BlockAsync(string peerId, CancellationToken cancellationToken = default) =>
        _hub.BlockPeer(For(peerId), cancellationToken);

    /// <inheritdoc cref="IPeerConnectionCalls.UnblockPeer"/>
    public Task<ConnectionReply> UnblockAsync(string peerId, CancellationToken cancellationToken = default) =>
        _hub.UnblockPeer(For(peerId), cancellationToken);

    /// <inheritdoc cref="IPeerConnectionCalls.RevokeConnection"/>
    public Task<ConnectionReply> RevokeAsync(string peerId, CancellationToken cancellationToken = default) =>
        _hub.RevokeConnection(For(peerId), cancellationToken);

    /// <summary>
    /// Each change of the user's connections, in order. Collects from this call on, also before it is read; read it once, and to its end or
    /// cancelled:
    /// an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<ConnectionChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<ConnectionChanged>(_events, filter: null, cancellationToken);

    private static PeerRequest For(string peerId) => new() { RequestId = Guid.CreateVersion7(), PeerId = peerId };
}
