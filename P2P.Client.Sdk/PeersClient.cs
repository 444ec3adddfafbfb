using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Client.Sdk;

/// <summary>Who the user is in the dealers' network, and who else wants to be found there.</summary>
public sealed class PeersClient
{
    private readonly DealerHubProxy _hub;
    private readonly KeysClient _keys;

    internal PeersClient(DealerHubProxy hub, KeysClient keys) => (_hub, _keys) = (hub, keys);

    /// <summary>
    /// Connected peers came or went. Raised on the connection's thread: return soon. It may be lost: connections tell how it is.
    /// </summary>
    public event EventHandler<PeerStatusChanged>? StatusChanged;

    /// <summary>Makes this device's keys, unless there are some, and joins the network under them.</summary>
    /// <param name="name">What others read, 1 to 50 characters.</param>
    /// <param name="isDiscoverable">True to be in the directory.</param>
    /// <param name="cancellationToken">Ends the wait; whether the user joined is then unknown.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, ALREADY_DONE (the user is a peer), QUOTA_EXCEEDED (8 devices).</exception>
    public async Task<PeerView> JoinAsync(string name, bool isDiscoverable = false, CancellationToken cancellationToken = default)
    {
        var device = await _keys.RegisterAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return await _hub.JoinNetwork(
            new JoinNetworkRequest
            {
                RequestId = Guid.CreateVersion7(),
                Name = name,
                IsDiscoverable = isDiscoverable,
                KeyId = device.KeyId,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="IPeerCalls.GetPeer"/>
    public Task<PeerView> GetAsync(CancellationToken cancellationToken = default) => _hub.GetPeer(cancellationToken);

    /// <summary>Changes what is given, and leaves the rest.</summary>
    /// <param name="name">What others read.</param>
    /// <param name="isDiscoverable">True to be in the directory.</param>
    /// <param name="hidesStatus">True: connected peers do not see whether the user is connected.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<PeerView> UpdateAsync(
        string? name = null, bool? isDiscoverable = null, bool? hidesStatus = null, CancellationToken cancellationToken = default) =>
        _hub.UpdatePeer(
            new UpdatePeerRequest
            {
                RequestId = Guid.CreateVersion7(),
                Name = name,
                IsDiscoverable = isDiscoverable,
                HidesStatus = hidesStatus,
            },
            cancellationToken);

    /// <summary>The directory: peers who want to be found, the newest first.</summary>
    /// <param name="text">What names begin with; all when left out.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<PeerEntry>> SearchAsync(
        string? text = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.SearchPeers(new SearchPeersRequest { Text = text, Limit = limit, Cursor = cursor }, cancellationToken);

    internal void Hear(PeerStatusChanged change) => StatusChanged?.Invoke(this, change);
}
