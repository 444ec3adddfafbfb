using P2P.Server.Accounts.Privacy;

namespace P2P.Server.Dealers.Privacy;

/// <summary>What the dealers' network knows of a person.</summary>
internal static class DealerExportSql
{
    private const string Hash = "the hash of a token of chance, which the server cannot read back";
    private const string Nonce = "bytes of chance of the one who is to check the proof";

    public static IReadOnlyList<ExportSource> Sources { get; } =
    [
        new("peer", Peer, "peers"),
        new("invitations", Invitations, "invitations"),
        new("invitation_requests", Requests, "invitation_requests"),
        new("invitation_tries", Tries, "invitation_tries"),
        new("peer_connections", Connections, "peer_connections"),
        new("items", Items, "items"),
        new("item_shares", Shares, "item_shares"),
        new("item_history", History, "item_history"),
        new("item_keys", ItemKeys, "item_keys"),
        new("goods_orders", GoodsOrders, "goods_orders"),
        new("goods_shipments", GoodsShipments, "goods_shipments"),
    ];

    public static IReadOnlyList<ExportGap> Gaps { get; } =
    [
        new("invitations.token_hash", Hash),
        new("invitations.nonce", Nonce),
        new("invitations.used_nonce", Nonce),
        new("invitations.used_key_link", "stands in the key log"),
        new("items.words", "made of the item's own text, for searches"),
        new("invitations.used_proof", "made of a secret that the two of you have"),
        new("item_keys.wrapped", "a key that a device of its user's alone can open, and that is read with the item"),
    ];

    private const string GoodsOrders =
        """
        select g.order_id, g.item_name, g.unit, g.quantity, g.price, g.currency, g.total, g.scale, g.notes, g.payment_reference, g.fulfil_days,
               g.fulfilled, g.shipments, g.refund, g.paid_at, g.fulfilled_at
          from goods_orders g
          join orders o on o.id = g.order_id
         where @userId in (o.buyer_id, o.seller_id)
         order by g.order_id
        """;

    private const string GoodsShipments =
        """
        select s.order_id, s.seq, s.quantity, s.carrier, s.tracking, s.note, s.proof_id, s.at
          from goods_shipments s
          join orders o on o.id = s.order_id
         where @userId in (o.buyer_id, o.seller_id)
         order by s.order_id, s.seq
        """;

    private const string Peer =
        """
        select encode(peer_id, 'hex') as peer_id, name, is_discoverable, hides_status, joined_at, updated_at, last_seen_at
          from peers
         where user_id = @userId
        """;

    private const string Invitations =
        """
        select id, inviter_id, locator, access, created_at, expires_at, revoked_at, used_at, used_by
          from invitations
         where inviter_id = @userId
            or used_by = @userId
         order by id
        """;

    private const string Requests =
        """
        select q.id, q.invitation_id, q.requester_id, q.grants, q.state, q.at, q.decided_at
          from invitation_requests q
          join invitations i on i.id = q.invitation_id
         where q.requester_id = @userId
            or i.inviter_id = @userId
         order by q.id
        """;

    private const string Tries =
        """
        select id, kind, at
          from invitation_tries
         where user_id = @userId
         order by at, id
        """;

    private const string Connections =
        """
        select owner_id, other_id, grants, is_blocked, is_inviter, since, updated_at, ended_at
          from peer_connections
         where owner_id = @userId
         order by other_id
        """;

    private const string Items =
        """
        select id, name, description, category, price, currency, fields, visibility, gives, images, encode(sealed, 'hex') as sealed, key_version,
               created_at, closed_at
          from items
         where owner_id = @userId
         order by id
        """;

    private const string Shares =
        """
        select s.item_id, s.user_id, s.access, s.at
          from item_shares s
          join items i on i.id = s.item_id
         where i.owner_id = @userId
            or s.user_id = @userId
         order by s.item_id, s.user_id
        """;

    private const string ItemKeys =
        """
        select k.item_id, k.user_id, encode(k.key_id, 'hex') as key_id, k.at
          from item_keys k
          join items i on i.id = k.item_id
         where i.owner_id = @userId
            or k.user_id = @userId
         order by k.item_id, k.key_id
        """;

    private const string History =
        """
        select h.item_id, h.version, h.action, h.price, h.stock, h.at
          from item_history h
         where h.actor_id = @userId
         order by h.item_id, h.version
        """;
}
