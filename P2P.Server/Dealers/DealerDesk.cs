using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Dealers.Invitations;
using P2P.Server.Dealers.Items;
using P2P.Server.Dealers.Peers;
using P2P.Server.Dealers.Sales;
using P2P.Server.Dealers.Signaling;

namespace P2P.Server.Dealers;

/// <summary>What the calls of the dealer hub work with.</summary>
public sealed record DealerDesk(
    PeerFlow Peers,
    InvitationFlow Invitations,
    InvitationRequestFlow Requests,
    ConnectionFlow Connections,
    ItemFlow Items,
    ItemShareFlow Shares,
    ItemReadFlow ItemReads,
    SealedItemFlow SealedItems,
    GoodsOrderFlow Orders,
    GoodsOrderReadFlow OrderReads,
    SalesFlow Sales,
    SignalFlow Signals,
    IceFlow Ice);
