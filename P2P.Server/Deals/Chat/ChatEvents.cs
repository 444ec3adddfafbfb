using P2P.Contracts.Deals;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Chat;

/// <summary>What is told of rooms.</summary>
public static class ChatEvents
{
    /// <summary>A message was written: both parties hear it, and what it says only live.</summary>
    public static IEnumerable<PendingEvent> Sent(NewMessage message, long seq, int attachments, OrderKind kind, long buyerId, long sellerId) =>
        PendingEvent.ForAll(
            [buyerId, sellerId],
            OrderAudience.Of(kind),
            nameof(IChatClient.MessageSent),
            new MessageSent
            {
                OrderId = message.OrderId,
                MessageId = message.Id,
                Seq = seq,
                SenderId = message.SenderId,
                Kind = message.Kind,
                Attachments = attachments,
            })
            .Select(pending => pending with { Live = message.Kind == MessageKind.Encrypted ? null : message.Text });

    /// <summary>A room's encryption changed: both parties hear it.</summary>
    public static IEnumerable<PendingEvent> Encryption(RoomFacts room, EncryptionChanged changed) => PendingEvent.ForAll(
        [room.BuyerId, room.SellerId], OrderAudience.Of(room.Kind), nameof(IChatClient.EncryptionChanged), changed);

    /// <summary>A party has read: the other one hears it, and the reader's other devices, whose counts fall.</summary>
    public static IEnumerable<PendingEvent> Read(RoomFacts room, long readerId, long upToSeq) => PendingEvent.ForAll(
        [room.BuyerId, room.SellerId],
        OrderAudience.Of(room.Kind),
        nameof(IChatClient.MessagesRead),
        new MessagesRead { OrderId = room.OrderId, ReaderId = readerId, UpToSeq = upToSeq });

    /// <summary>A party has received: the other one hears it.</summary>
    public static IEnumerable<PendingEvent> Delivered(RoomFacts room, long receiverId, long upToSeq) => PendingEvent.ForAll(
        [room.OtherThan(receiverId)],
        OrderAudience.Of(room.Kind),
        nameof(IChatClient.MessagesDelivered),
        new MessagesDelivered { OrderId = room.OrderId, ReceiverId = receiverId, UpToSeq = upToSeq });
}
