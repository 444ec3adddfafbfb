using System.Buffers.Text;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Db;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Chat;

/// <summary>Writes envelopes into rooms: checks what can be told without the key, and stores what cannot be read.</summary>
public sealed class EncryptionFlow(Database database, RequestLog requests, ChatLimits limits)
{
    /// <summary>Proposes, accepts, or brings a new key.</summary>
    public Task<RoomEncryption> Seal(
        Caller caller, string call, SealRoomRequest request, EnvelopeKind kind, CancellationToken cancellation)
    {
        var envelope = EncryptionRules.Read(request.Envelope, kind);
        return requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                var (room, chain, at) = await Admit(change, caller, request.OrderId, request.RequestId, envelope);
                var message = SystemMessages.Encryption(room, kind, caller.UserId, envelope.Head.Epoch);
                var state = EncryptionRules.After(kind);
                var seq = await EncryptionSql.Seal(change.Tx, message, envelope, caller.UserId, state, at);
                change.Tell(ChatEvents.Encryption(room, new EncryptionChanged
                {
                    OrderId = room.OrderId,
                    State = state,
                    By = caller.UserId,
                    Epoch = envelope.Head.Epoch,
                    Seq = seq,
                }));
                return View(room.OrderId, chain with
                {
                    State = state,
                    ProposerId = kind == EnvelopeKind.Propose ? caller.UserId : chain.ProposerId,
                    Epoch = envelope.Head.Epoch,
                    Length = chain.Length + 1,
                    Head = envelope.Link,
                });
            },
            cancellation);
    }

    /// <summary>Declines the other party's proposal, or takes one's own back.</summary>
    public Task<RoomEncryption> Decline(Caller caller, DeclineEncryptionRequest request, CancellationToken cancellation) => requests.Once(
        caller,
        nameof(IEncryptionCalls.DeclineEncryption),
        request,
        async change =>
        {
            var room = await Lock(change.Tx, caller, request.OrderId);
            var chain = await EncryptionSql.Chain(change.Tx, room.OrderId);
            if (chain is null || await EncryptionSql.Decline(change.Tx, room.OrderId) == 0)
            {
                throw EncryptionRules.NotRequested();
            }

            var message = SystemMessages.EncryptionDeclined(room, caller.UserId);
            var seq = await ChatSql.Append(change.Tx, message, await change.Now());
            change.Tell(ChatEvents.Encryption(room, new EncryptionChanged
            {
                OrderId = room.OrderId,
                State = EncryptionState.Declined,
                By = caller.UserId,
                Epoch = chain.Epoch,
                Seq = seq,
            }));
            return View(room.OrderId, chain with { State = EncryptionState.Declined });
        },
        cancellation);

    /// <summary>Writes an encrypted message.</summary>
    public Task<MessageReply> Send(Caller caller, SendMessageRequest request, CancellationToken cancellation)
    {
        EncryptionRules.CheckAlone(request);
        var files = ChatRules.Files(request.AttachmentIds);
        var envelope = EncryptionRules.Read(request.Envelope ?? "", EnvelopeKind.Message);
        return requests.Once(
            caller,
            nameof(IChatCalls.SendMessage),
            request,
            async change =>
            {
                var (room, _, at) = await Admit(change, caller, request.OrderId, request.RequestId, envelope);
                var message = new NewMessage
                {
                    Id = Ids.New(),
                    OrderId = room.OrderId,
                    SenderId = caller.UserId,
                    Kind = MessageKind.Encrypted,
                    Text = "",
                };
                await AttachmentSql.BindAll(change.Tx, message.Id, room.OrderId, caller.UserId, files, encrypted: true);
                var seq = await EncryptionSql.Seal(change.Tx, message, envelope, caller.UserId, EncryptionState.On, at);
                change.Tell(ChatEvents.Sent(message, seq, files.Length, room.Kind, room.BuyerId, room.SellerId));
                return new MessageReply { MessageId = message.Id, OrderId = room.OrderId, Seq = seq, At = at };
            },
            cancellation);
    }

    public async Task<RoomEncryption> Get(Caller caller, Guid orderId, CancellationToken cancellation) => await database.Snapshot(
        async tx => await ChatSql.Room(tx, orderId) is { } room && room.IsParty(caller.UserId)
            ? View(orderId, await EncryptionSql.Chain(tx, orderId) ?? RoomChainFacts.Empty(room))
            : throw ChatReadFlow.NotFound(),
        cancellation);

    /// <summary>Everything that is checked, under the room's lock.</summary>
    private async Task<(RoomFacts Room, RoomChainFacts Chain, DateTimeOffset At)> Admit(
        Change change, Caller caller, Guid orderId, Guid requestId, Envelope envelope)
    {
        var room = await Lock(change.Tx, caller, orderId);
        var at = await change.Now();
        ChatRules.CheckOpen(room, at, limits);
        // Read after the lock: a device that is revoked meanwhile tells this room before, or waits.
        var devices = (await KeySql.Devices(change.Tx, [room.BuyerId, room.SellerId])).ToList();
        EncryptionRules.CheckSigned(envelope, orderId, requestId, caller.UserId, devices);
        var chain = await EncryptionSql.Chain(change.Tx, orderId) ?? RoomChainFacts.Empty(room);
        EncryptionRules.CheckTurn(envelope.Head.Kind, caller.UserId, chain);
        EncryptionRules.CheckNext(envelope, chain);
        EncryptionRules.CheckKeySet(envelope, room, chain, devices);
        return (room, chain, at);
    }

    private static async Task<RoomFacts> Lock(Tx tx, Caller caller, Guid orderId) =>
        (await ChatSql.Lock(tx, orderId, caller.UserId) ? await ChatSql.Room(tx, orderId) : null) ?? throw ChatReadFlow.NotFound();

    private static RoomEncryption View(Guid orderId, RoomChainFacts chain) => new()
    {
        OrderId = orderId,
        State = chain.State,
        ProposedBy = chain.State == EncryptionState.Off ? null : chain.ProposerId,
        Epoch = chain.Epoch,
        Length = chain.Length,
        Head = Base64Url.EncodeToString(chain.Head),
    };
}
