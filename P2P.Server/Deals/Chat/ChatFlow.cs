using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Chat;

/// <summary>Writes into rooms.</summary>
public sealed class ChatFlow(RequestLog requests, EncryptionFlow rooms, ChatLimits limits)
{
    public Task<MessageReply> Send(Caller caller, SendMessageRequest request, CancellationToken cancellation)
    {
        if (request.Envelope is not null)
        {
            return rooms.Send(caller, request, cancellation);
        }

        var files = ChatRules.Files(request.AttachmentIds);
        var text = ChatRules.Text(CleanText.Block(request.Text), files.Length > 0);
        return requests.Once(
            caller, nameof(IChatCalls.SendMessage), request, change => Send(change, caller, request.OrderId, text, files), cancellation);
    }

    private async Task<MessageReply> Send(Change change, Caller caller, Guid orderId, string text, Guid[] files)
    {
        var room = await ChatSql.Lock(change.Tx, orderId, caller.UserId) ? await ChatSql.Room(change.Tx, orderId) : null;
        if (room is null)
        {
            throw ChatReadFlow.NotFound();
        }

        var now = await change.Now();
        ChatRules.CheckOpen(room, now, limits);
        if (room.Encryption == EncryptionState.On)
        {
            throw new Refused(ErrorCodes.RoomEncrypted, "This room is encrypted: it takes neither plain text nor plain files.");
        }

        var message = new NewMessage
        {
            Id = Ids.New(),
            OrderId = room.OrderId,
            SenderId = caller.UserId,
            Kind = MessageKind.Text,
            Text = text,
        };
        await AttachmentSql.BindAll(change.Tx, message.Id, orderId, caller.UserId, files, encrypted: false);
        var seq = await ChatSql.Append(change.Tx, message, now);
        change.Tell(ChatEvents.Sent(message, seq, files.Length, room.Kind, room.BuyerId, room.SellerId));
        return new MessageReply { MessageId = message.Id, OrderId = room.OrderId, Seq = seq, At = now };
    }
}
