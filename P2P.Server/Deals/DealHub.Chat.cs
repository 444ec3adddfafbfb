using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core.Hubs;
using P2P.Server.Deals.Chat;

namespace P2P.Server.Deals;

/// <summary>The rooms of the caller's orders.</summary>
public abstract partial class DealHub<TClient>
{
    [Rate(RateClass.Messages)]
    public Task<MessageReply> SendMessage(SendMessageRequest request) => deals.Chat.Flow.Send(Caller, request, Aborted);

    public Task<MessagePage> GetMessages(GetMessagesRequest request) => deals.Chat.Reads.Messages(
        new OutsideReader(Caller, Context.User, Context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString()), request, Aborted);

    public Task<Page<RoomView>> ListRooms(ListRoomsRequest request) => deals.Chat.Reads.Rooms(Caller, request, Aborted);

    public Task<UnreadCounts> GetUnreadCounts() => deals.Chat.Reads.Unread(Caller, Aborted);

    [Rate(RateClass.Receipts)]
    public Task<ReceiptReply> MarkMessagesRead(ReceiptRequest request) => deals.Chat.Receipts.Read(Caller, request, Aborted);

    [Rate(RateClass.Receipts)]
    public Task<ReceiptReply> MarkMessagesDelivered(ReceiptRequest request) => deals.Chat.Receipts.Delivered(Caller, request, Aborted);

    [Rate(RateClass.Receipts)]
    public Task SetTyping(SetTypingRequest request) => deals.Chat.Receipts.Type(Caller, request, Aborted);
}
