using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Access;

/// <summary>What a right request of each of the dealer hub's own calls looks like.</summary>
internal static class DealerRequests
{
    /// <summary>A request that is right in every member; null for a call that takes none.</summary>
    public static JsonObject? Of(string method, DealerWorld world)
    {
        var id = Guid.CreateVersion7();
        return method switch
        {
            nameof(IDealerHub.GetPeer) or nameof(IDealerHub.GetIceServers) or nameof(IDealerHub.GetGoodsOrder) or nameof(IDealerHub.GetGoodsOrderActions) => null,
            nameof(IDealerHub.JoinNetwork) =>
                Json(new JoinNetworkRequest { RequestId = id, Name = "me", IsDiscoverable = false, KeyId = world.Owner.PeerId }),
            nameof(IDealerHub.UpdatePeer) => Json(new UpdatePeerRequest { RequestId = id, HidesStatus = false }),
            nameof(IDealerHub.SearchPeers) => Json(new SearchPeersRequest { Limit = 5 }),
            nameof(IDealerHub.CreateInvitation) => Json(new CreateInvitationRequest
            {
                RequestId = id,
                Access = AccessLevel.View,
                Hours = 1,
                TokenHash = Bytes(32),
                Nonce = Bytes(16),
            }),
            nameof(IDealerHub.ListInvitations) or nameof(IDealerHub.ListInvitationRequests) =>
                Json(new ListInvitationsRequest { Limit = 5 }),
            nameof(IDealerHub.RevokeInvitation) =>
                Json(new RevokeInvitationRequest { RequestId = id, InvitationId = world.Invitation }),
            nameof(IDealerHub.OpenInvitation) => Json(new OpenInvitationRequest { Locator = world.Locator, Token = world.Token }),
            nameof(IDealerHub.AcceptInvitation) => Json(new AcceptInvitationRequest
            {
                RequestId = id,
                Locator = world.Locator,
                Token = world.Token,
                Grants = AccessLevel.View,
                KeyLink = Bytes(32),
                Nonce = Bytes(16),
                Proof = Bytes(32),
            }),
            nameof(IDealerHub.RequestInvitation) =>
                Json(new RequestInvitationRequest { RequestId = id, Locator = world.Locator, Grants = AccessLevel.View }),
            nameof(IDealerHub.ApproveInvitationRequest) or nameof(IDealerHub.DeclineInvitationRequest) =>
                Json(new AnswerInvitationRequest { RequestId = id, InvitationRequestId = world.Request }),
            nameof(IDealerHub.CutBranch) => Json(new PeerRequest { RequestId = id, PeerId = world.Connected.PeerId }),
            nameof(IDealerHub.ListConnections) => Json(new ListConnectionsRequest { Limit = 5 }),
            nameof(IDealerHub.GetConnection) => Json(new GetConnectionRequest { PeerId = world.Owner.PeerId }),
            nameof(IDealerHub.SetAccess) =>
                Json(new SetAccessRequest { RequestId = id, PeerId = world.Owner.PeerId, Grants = AccessLevel.Order }),
            nameof(IDealerHub.BlockPeer) or nameof(IDealerHub.UnblockPeer) or nameof(IDealerHub.RevokeConnection) =>
                Json(new PeerRequest { RequestId = id, PeerId = world.Owner.PeerId }),
            nameof(IDealerHub.CreateItem) => Json(new CreateItemRequest { RequestId = id, Terms = Terms(), Stock = 1, Unit = "piece" }),
            nameof(IDealerHub.UpdateItem) => Json(new UpdateItemRequest { RequestId = id, ItemId = world.Item, Terms = Terms() }),
            nameof(IDealerHub.SetItemPrice) => Json(new SetItemPriceRequest { RequestId = id, ItemId = world.Item, Price = 11 }),
            nameof(IDealerHub.SetItemStock) => Json(new SetItemStockRequest { RequestId = id, ItemId = world.Item, Stock = 4 }),
            nameof(IDealerHub.ArrangeItemImages) => Json(new ArrangeItemImagesRequest { RequestId = id, ItemId = world.Item, ImageIds = [] }),
            nameof(IDealerHub.SetItemKeys) => Json(new SetItemKeysRequest
            {
                RequestId = id,
                ItemId = world.SealedItem,
                KeyVersion = 1,
                Keys = [new ItemKey { KeyId = world.Connected.PeerId, Wrapped = Wrapped() }],
            }),
            nameof(IDealerHub.ListItemReaders) => Json(new ItemPageRequest { ItemId = world.SealedItem }),
            nameof(IDealerHub.DeleteItem) => Json(new ItemRequest { RequestId = id, ItemId = world.Item }),
            nameof(IDealerHub.ShareItem) =>
                Json(new ShareItemRequest { RequestId = id, ItemId = world.Item, PeerId = world.Connected.PeerId, Access = AccessLevel.View }),
            nameof(IDealerHub.UnshareItem) =>
                Json(new UnshareItemRequest { RequestId = id, ItemId = world.Item, PeerId = world.Connected.PeerId }),
            nameof(IDealerHub.GetItem) => Json(new GetItemRequest { ItemId = world.Item }),
            nameof(IDealerHub.ListItems) => Json(new ListItemsRequest { Category = "Light" }),
            nameof(IDealerHub.SearchItems) => Json(new SearchItemsRequest { Text = "lamp" }),
            nameof(IDealerHub.ListItemShares) or nameof(IDealerHub.ListItemHistory) => Json(new ItemPageRequest { ItemId = world.Item }),
            nameof(IDealerHub.CreateGoodsOrder) => Json(new CreateGoodsOrderRequest { RequestId = id, ItemId = world.Item, Quantity = 1 }),
            nameof(IDealerHub.CheckCreateGoodsOrder) => Json(new CheckCreateGoodsOrderRequest { ItemId = world.Item, Quantity = 1 }),
            nameof(IDealerHub.GetSales) => Json(new GetSalesRequest { From = new(2026, 1, 1), To = new(2026, 1, 2), By = SalesGrouping.Item }),
            nameof(IDealerHub.GetStockTurnover) => Json(new GetStockTurnoverRequest { From = new(2026, 1, 1), To = new(2026, 1, 2) }),
            nameof(IDealerHub.ListGoodsOrders) => Json(new ListGoodsOrdersRequest { Limit = 5 }),
            nameof(IDealerHub.AcceptGoodsOrder) => Json(new AcceptGoodsOrderRequest { RequestId = id, OrderId = world.Order, FulfilDays = 3 }),
            nameof(IDealerHub.PayGoodsOrder) => Json(new PayGoodsOrderRequest { RequestId = id, OrderId = world.Order, PaymentReference = "1" }),
            nameof(IDealerHub.FulfilGoodsOrderPart) => Json(new FulfilPartRequest { RequestId = id, OrderId = world.Order, Quantity = 0.5m }),
            nameof(IDealerHub.FulfilGoodsOrder) => Json(new FulfilRequest { RequestId = id, OrderId = world.Order, Carrier = "DHL" }),
            nameof(IDealerHub.GiveGoodsRefund) => Json(new GiveRefundRequest { RequestId = id, OrderId = world.Order, Amount = 0.01m }),
            nameof(IDealerHub.DeclineGoodsOrder) or nameof(IDealerHub.CancelGoodsOrder) or nameof(IDealerHub.ConfirmGoodsReceipt)
                or nameof(IDealerHub.RequestGoodsCancel) or nameof(IDealerHub.AcceptGoodsCancel) or nameof(IDealerHub.DeclineGoodsCancel) =>
                Json(new GoodsOrderRequest { RequestId = id, OrderId = world.Order }),
            nameof(IDealerHub.SendSignal) => Json(
                new SendSignalRequest { PeerId = world.Owner.PeerId, SessionId = id, Kind = SignalKind.Offer, Payload = "hello" }),
            nameof(IDealerHub.Relay) => Json(new RelayRequest { PeerId = world.Owner.PeerId, SessionId = id, Data = "AA" }),
            _ => throw new InvalidOperationException($"Say here what a right {method} looks like."),
        };
    }

    /// <summary>What has the shape of a key that is wrapped for a device.</summary>
    private static string Wrapped()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Base64Url.EncodeToString([.. P256.Point(key.ExportParameters(includePrivateParameters: false)), .. new byte[48]]);
    }

    public static ItemTerms Terms() => new()
    {
        Name = "Lamp",
        Price = 0.1m,
        Currency = "BTC",
        Visibility = ItemVisibility.Customers,
        Gives = AccessLevel.Order,
    };

    private static string Bytes(int count) => Base64Url.EncodeToString(new byte[count]);

    private static JsonObject Json<T>(T request) =>
        JsonSerializer.SerializeToNode(request, WireJson.Server)!.AsObject(); // Not null: a record is an object.
}
