using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<PeerView> JoinNetwork(JoinNetworkRequest request) => dealers.Peers.Join(Caller, request, Aborted);

    public Task<PeerView> GetPeer() => dealers.Peers.Get(Caller, Aborted);

    public Task<PeerView> UpdatePeer(UpdatePeerRequest request) => dealers.Peers.Update(Caller, request, Aborted);

    public Task<Page<PeerEntry>> SearchPeers(SearchPeersRequest request) => dealers.Peers.Search(Caller, request, Aborted);
}
