using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<Page<ConnectionView>> ListConnections(ListConnectionsRequest request) =>
        dealers.Connections.List(Caller, request, Aborted);

    public Task<ConnectionView> GetConnection(GetConnectionRequest request) => dealers.Connections.Get(Caller, request, Aborted);

    public Task<ConnectionView> SetAccess(SetAccessRequest request) => dealers.Connections.SetAccess(Caller, request, Aborted);

    public Task<ConnectionReply> BlockPeer(PeerRequest request) => dealers.Connections.Block(Caller, request, Aborted);

    public Task<ConnectionReply> UnblockPeer(PeerRequest request) => dealers.Connections.Unblock(Caller, request, Aborted);

    public Task<ConnectionReply> RevokeConnection(PeerRequest request) => dealers.Connections.Revoke(Caller, request, Aborted);
}
