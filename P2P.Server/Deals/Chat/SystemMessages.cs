using System.Globalization;
using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Chat;

/// <summary>What the server writes into rooms: a code with what it speaks of, for clients that say it in another language, and English.</summary>
public static class SystemMessages
{
    /// <summary>The number of an auto-reply: it comes right after the message that the order was placed, which opens the room.</summary>
    public const long AutoReplySeq = 2;

    /// <summary>An order was placed or changed.</summary>
    public static NewMessage Of(Order order, OrderAction action, Party by) => new()
    {
        Id = Ids.New(),
        OrderId = order.Id,
        SenderId = 0,
        Kind = MessageKind.System,
        Text = TextOf(order.Kind, action, by),
        Code = string.Concat("order.", Wire(action)),
        // By hand: this is written for every change of every order, and names of enums need no escaping.
        Args = string.Concat(
            string.Concat("{\"by\":\"", Wire(by), "\",\"status\":\""),
            Wire(order.Status),
            string.Concat("\",\"version\":\"", order.Version.ToString(CultureInfo.InvariantCulture), "\"}")),
    };

    /// <summary>What the maker lets the taker read at first.</summary>
    public static NewMessage AutoReply(Order order, string text) => new()
    {
        Id = Ids.New(),
        OrderId = order.Id,
        SenderId = order.IdOf(order.Maker),
        Kind = MessageKind.AutoReply,
        Text = text,
    };

    /// <summary>A room's encryption was proposed or accepted, or it has a new key.</summary>
    public static NewMessage Encryption(RoomFacts room, EnvelopeKind kind, long byId, int epoch)
    {
        var by = byId == room.BuyerId ? Party.Buyer : Party.Seller;
        return Written(
            room.OrderId,
            string.Concat("encryption.", Wire(kind)),
            kind switch
            {
                EnvelopeKind.Propose => $"The {Name(by)} proposes to encrypt this room.",
                EnvelopeKind.Accept => $"The {Name(by)} agreed: this room is encrypted.",
                EnvelopeKind.Rekey => $"The {Name(by)} brought this room a new key.",
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No system message tells of this."),
            },
            ("by", Wire(by)),
            ("epoch", epoch.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A proposal was declined or taken back.</summary>
    public static NewMessage EncryptionDeclined(RoomFacts room, long byId)
    {
        var by = byId == room.BuyerId ? Party.Buyer : Party.Seller;
        return Written(room.OrderId, "encryption.decline", $"The {Name(by)} ended the proposal to encrypt this room.", ("by", Wire(by)));
    }

    /// <summary>A party has a device more or fewer.</summary>
    public static NewMessage KeysChanged(Guid orderId, long buyerId, KeysChanged changed)
    {
        var by = changed.ProfileId == buyerId ? Party.Buyer : Party.Seller;
        return changed.Change == KeyStatementKind.Add
            ? Written(
                orderId,
                "keys.added",
                $"The {Name(by)} has a new device: compare your safety number.",
                ("by", Wire(by)),
                ("keyId", changed.KeyId))
            : Written(orderId, "keys.revoked", $"The {Name(by)} revoked a device.", ("by", Wire(by)), ("keyId", changed.KeyId));
    }

    /// <summary>A system message in English.</summary>
    public static string TextOf(OrderKind kind, OrderAction action, Party by) => (kind == OrderKind.Goods ? GoodsTextOf(action) : null) ?? action switch
    {
        OrderAction.Place => "The order was placed and its escrow is held.",
        OrderAction.Cancel => $"The {Name(by)} cancelled the order.",
        OrderAction.ConfirmPayment => "The buyer says that the money is sent.",
        OrderAction.UndoConfirmation => "The buyer took the confirmation of the payment back.",
        OrderAction.ExtendPaymentWindow => "The seller gave the buyer more time to pay.",
        OrderAction.Release => "The seller released the escrow to the buyer.",
        OrderAction.RequestCancel => $"The {Name(by)} proposes to call the order off.",
        OrderAction.AcceptCancel => $"The {Name(by)} agreed: the order is called off.",
        OrderAction.DeclineCancel => $"The {Name(by)} ended the proposal to call the order off.",
        OrderAction.Expire => "The time to pay is over: the order expired.",
        OrderAction.Dispute => by == Party.System ? "The server opened a dispute." : $"The {Name(by)} opened a dispute.",
        OrderAction.ResolveRelease => "A ruling took effect: the buyer has the escrow.",
        OrderAction.ResolveRefund => "A ruling took effect: the seller has the escrow back.",
        OrderAction.ResolveSplit => "A ruling took effect: the escrow was divided.",
        _ => $"The order changed: {action}.",
    };

    /// <summary>What is said in another way of goods; null where it is said as of trades.</summary>
    private static string? GoodsTextOf(OrderAction action) => action switch
    {
        OrderAction.Place => "The goods were requested and are reserved.",
        OrderAction.Accept => "The seller accepted the order.",
        OrderAction.Decline => "The seller declined the order.",
        OrderAction.Pay => "The buyer paid.",
        OrderAction.FulfilPart => "A part of the goods is on its way.",
        OrderAction.Fulfil => "The last of the goods is on its way.",
        OrderAction.GiveRefund => "The seller gave a part of the money back.",
        OrderAction.ConfirmReceipt => "The buyer says that the goods arrived.",
        OrderAction.AssumeReceipt => "The time to say that the goods arrived is over: the order ended.",
        OrderAction.MarkOverdue => "The time to send the goods is over.",
        OrderAction.Expire => "The time is over: the order expired.",
        OrderAction.ResolveRelease => "A ruling took effect: the seller has the escrow.",
        OrderAction.ResolveRefund => "A ruling took effect: the buyer has the escrow back.",
        _ => null,
    };

    private static NewMessage Written(Guid orderId, string code, string text, params (string Name, string Value)[] args) => new()
    {
        Id = Ids.New(),
        OrderId = orderId,
        SenderId = 0,
        Kind = MessageKind.System,
        Text = text,
        Code = code,
        Args = JsonSerializer.Serialize(args.ToDictionary(arg => arg.Name, arg => arg.Value)),
    };

    private static string Name(Party by) => by switch
    {
        Party.Buyer => "buyer",
        Party.Seller => "seller",
        _ => "server",
    };

    private static string Wire<T>(T value)
        where T : struct, Enum => Names<T>.Of[value];

    /// <summary>The names of an enum as they go over the wire.</summary>
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
