using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Chat;

/// <summary>How far parties have received and read, and that they are writing.</summary>
public sealed class ReceiptFlow(Database database, AccountChanges changes, TypingSignals typing)
{
    /// <summary>Only what goes forward is written, so a repeat costs a read and nobody is told twice.</summary>
    public async Task<ReceiptReply> Read(Caller caller, ReceiptRequest request, CancellationToken cancellation)
    {
        var room = await RoomOf(caller, request.OrderId, cancellation);
        ChatRules.CheckReceipt(request.UpToSeq, room.LastSeq);
        return room.MarksOf(caller.UserId).ReadSeq >= request.UpToSeq
            ? Reply(room.OrderId, room.MarksOf(caller.UserId).ReadSeq)
            : await changes.Run(change => Read(change, caller, room, request.UpToSeq), cancellation);
    }

    public async Task<ReceiptReply> Delivered(Caller caller, ReceiptRequest request, CancellationToken cancellation)
    {
        var room = await RoomOf(caller, request.OrderId, cancellation);
        ChatRules.CheckReceipt(request.UpToSeq, room.LastSeq);
        return room.MarksOf(caller.UserId).DeliveredSeq >= request.UpToSeq
            ? Reply(room.OrderId, room.MarksOf(caller.UserId).DeliveredSeq)
            : await changes.Run(change => Delivered(change, caller, room, request.UpToSeq), cancellation);
    }

    /// <summary>Tells the other party's connections to this node.</summary>
    public async Task Type(Caller caller, SetTypingRequest request, CancellationToken cancellation)
    {
        var room = await RoomOf(caller, request.OrderId, cancellation);
        typing.Tell(
            room.OtherThan(caller.UserId),
            OrderAudience.Of(room.Kind),
            new TypingSignal { OrderId = room.OrderId, UserId = caller.UserId });
    }

    private static async Task<ReceiptReply> Read(Change change, Caller caller, RoomFacts room, long upToSeq)
    {
        var moved = caller.UserId == room.BuyerId
            ? await ChatSql.BuyerHasRead(change.Tx, room.OrderId, upToSeq)
            : await ChatSql.SellerHasRead(change.Tx, room.OrderId, upToSeq);
        if (!moved)
        {
            return Reply(room.OrderId, (await Again(change.Tx, room)).MarksOf(caller.UserId).ReadSeq);
        }

        await change.Now();
        change.Tell(ChatEvents.Read(room, caller.UserId, upToSeq));
        return Reply(room.OrderId, upToSeq);
    }

    private static async Task<ReceiptReply> Delivered(Change change, Caller caller, RoomFacts room, long upToSeq)
    {
        var moved = caller.UserId == room.BuyerId
            ? await ChatSql.BuyerHasReceived(change.Tx, room.OrderId, upToSeq)
            : await ChatSql.SellerHasReceived(change.Tx, room.OrderId, upToSeq);
        if (!moved)
        {
            return Reply(room.OrderId, (await Again(change.Tx, room)).MarksOf(caller.UserId).DeliveredSeq);
        }

        await change.Now();
        change.Tell(ChatEvents.Delivered(room, caller.UserId, upToSeq));
        return Reply(room.OrderId, upToSeq);
    }

    private async Task<RoomFacts> RoomOf(Caller caller, Guid orderId, CancellationToken cancellation)
    {
        var room = await database.Read(tx => ChatSql.Room(tx, orderId), cancellation);
        return room is not null && room.IsParty(caller.UserId) ? room : throw ChatReadFlow.NotFound();
    }

    /// <summary>Another device of the caller's was quicker.</summary>
    private static async Task<RoomFacts> Again(Tx tx, RoomFacts room) =>
        await ChatSql.Room(tx, room.OrderId) ?? throw new InvalidOperationException($"The room of order {room.OrderId} is gone.");

    private static ReceiptReply Reply(Guid orderId, long upToSeq) => new() { OrderId = orderId, UpToSeq = upToSeq };
}
