using System.Buffers.Text;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// The encrypted rooms of this device: reads each from its beginning, checks every link, and signs what comes next. What the server refuses because
/// it has gone on is read, and signed again.
/// </summary>
internal sealed partial class SealedRooms(
    IDealHubProxy hub,
    Func<Guid, CancellationToken, Task<(long BuyerId, long SellerId)>> parties,
    KeysClient keys,
    IKeyStore store,
    FilesClient files)
{
    private const int RoomsMax = 256;
    private const int TriesMax = 20;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, SealedRoom> _rooms = [];

    /// <summary>Writes a message: encrypted where the room is, else as it is.</summary>
    public async Task<MessageReply> SendAsync(SendMessageRequest request, CancellationToken cancellationToken)
    {
        if (await keys.LoadAsync(cancellationToken).ConfigureAwait(false) is null || request.Envelope is not null)
        {
            return await hub.SendMessage(request, cancellationToken).ConfigureAwait(false);
        }

        // What this device knows to be encrypted stays so, whatever the server says; else it is asked before any text leaves.
        var room = await FindAsync(request.OrderId, cancellationToken).ConfigureAwait(false);
        var isOn = room is { IsOn: true }
            || (await hub.GetRoomEncryption(request.OrderId, cancellationToken).ConfigureAwait(false)).State == EncryptionState.On;
        if (!isOn)
        {
            try
            {
                return await hub.SendMessage(request, cancellationToken).ConfigureAwait(false);
            }
            catch (P2PException e) when (e.Code == ErrorCodes.RoomEncrypted)
            {
                // The other party accepted in this moment. Under this request id the refusal is stored: the message gets another.
                request = request with { RequestId = Guid.CreateVersion7() };
            }
        }

        CheckText(request);
        room ??= await GetAsync(request.OrderId, cancellationToken).ConfigureAwait(false);
        var says = MessageContent.Of(request.Text ?? ""); // Not null: it was checked.
        return await InTurnAsync(
            room, () => SendSealedAsync(room, request.RequestId, says, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page with what its encrypted messages say.</summary>
    public async Task<MessagePage> OpenAsync(Guid orderId, MessagePage page, CancellationToken cancellationToken)
    {
        if (page.Messages.Count == 0 || await keys.LoadAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            return page;
        }

        var room = await FindAsync(orderId, cancellationToken).ConfigureAwait(false);
        if (room is null && page.Messages.All(message => message.Envelope is null && message.Kind != MessageKind.Encrypted))
        {
            return page;
        }

        room ??= await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(
            room,
            async () =>
            {
                if (page.Messages.Max(message => message.Seq) > room.Seq)
                {
                    await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                }

                CheckDense(orderId, page);
                return page with { Messages = [.. page.Messages.Select(room.Open)] };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Proposes to encrypt a room.</summary>
    public async Task<RoomEncryption> ProposeAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var room = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(
            room, () => BringKeyAsync(room, EnvelopeKind.Propose, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Accepts the other party's proposal.</summary>
    public async Task<RoomEncryption> AcceptAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var room = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(
            room,
            () => RepeatAsync(
                async () =>
                {
                    await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                    if (room.Chain.State != EncryptionState.Proposed || room.Chain.ProposerId == keys.Me)
                    {
                        throw new P2PException(
                            room.IsOn ? ErrorCodes.AlreadyDone : ErrorCodes.NotRequested, "No proposal of the other party's waits here.");
                    }

                    await keys.TrustedLogAsync(PeerOf(room), cancellationToken).ConfigureAwait(false);
                    var reply = await hub.AcceptEncryption(
                        Request(room, room.Accept), cancellationToken).ConfigureAwait(false);
                    await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                    return reply;
                },
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything that somebody else needs to read the room, and to see that it is whole.</summary>
    public async Task<TranscriptBundle> DiscloseAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var room = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        return await InTurnAsync(
            room,
            async () =>
            {
                await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                var envelopes = new List<TranscriptEnvelope>();
                long seq = 0;
                while (envelopes.Count < room.Chain.Length)
                {
                    var page = await PageAsync(orderId, seq, cancellationToken).ConfigureAwait(false);
                    envelopes.AddRange(page.Messages.Where(message => message.Envelope is not null).Select(message =>
                        new TranscriptEnvelope { Envelope = message.Envelope ?? "", Seq = message.Seq, At = message.At })); // Not null: filtered.
                    if (page.Messages.Count == 0)
                    {
                        break;
                    }

                    seq = page.Messages[^1].Seq;
                }

                return new TranscriptBundle
                {
                    OrderId = orderId,
                    BuyerId = room.Chain.BuyerId,
                    SellerId = room.Chain.SellerId,
                    Envelopes = [.. envelopes.Take(room.Chain.Length)],
                    KeyLogs =
                    [
                        // Whoever is trusted now: what was written stays what it is.
                        TranscriptBundle.Public((await keys.LogAsync(room.Chain.BuyerId, cancellationToken).ConfigureAwait(false)).Source),
                        TranscriptBundle.Public((await keys.LogAsync(room.Chain.SellerId, cancellationToken).ConfigureAwait(false)).Source),
                    ],
                    RoomKeys = [.. room.Keys.OrderBy(key => key.Key).Select(key =>
                        new TranscriptKey { Epoch = key.Key, Key = Base64Url.EncodeToString(key.Value) })],
                };
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<MessageReply> SendSealedAsync(
        SealedRoom room, Guid requestId, MessageContent says, CancellationToken cancellationToken) =>
        await RepeatAsync(
            async () =>
            {
                await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                if (room.Sent(requestId) is { } sent)
                {
                    return sent;
                }

                if (room.Key is null)
                {
                    await BringKeyAsync(room, EnvelopeKind.Rekey, cancellationToken).ConfigureAwait(false);
                }

                var envelope = room.Seal(requestId, says);
                try
                {
                    return await hub.SendMessage(
                        new SendMessageRequest
                        {
                            RequestId = requestId,
                            OrderId = room.Chain.OrderId,
                            Envelope = Base64Url.EncodeToString(envelope.Bytes),
                            AttachmentIds = says.Files.Count == 0 ? null : [.. says.Files.Select(file => file.Id)],
                        },
                        cancellationToken).ConfigureAwait(false);
                }
                catch (P2PException e) when (e.Code == ErrorCodes.KeysChanged)
                {
                    await BringKeyAsync(room, EnvelopeKind.Rekey, cancellationToken).ConfigureAwait(false);
                    throw;
                }
                catch (P2PException e) when (e.Code == ErrorCodes.RequestIdReused)
                {
                    // An earlier try, whose answer was lost, has written it: then the room holds it.
                    await SyncAsync(room, cancellationToken).ConfigureAwait(false);
                    if (room.Sent(requestId) is { } written)
                    {
                        return written;
                    }

                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Brings the room a key for the devices that both parties have now.</summary>
    private Task<RoomEncryption> BringKeyAsync(SealedRoom room, EnvelopeKind kind, CancellationToken cancellationToken) => RepeatAsync(
        async () =>
        {
            await SyncAsync(room, cancellationToken).ConfigureAwait(false);
            var logs = await LogsAsync(room, cancellationToken).ConfigureAwait(false);
            var device = await keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
            if (logs[0].Find(device.KeyId) is not { IsActive: true })
            {
                throw new EncryptionException(
                    EncryptionFault.NoDevice, "This device's keys are revoked, or were never registered.", room.Chain.OrderId);
            }

            if (!logs[1].Active.Any())
            {
                throw new P2PException(ErrorCodes.KeysRequired, "The other party has no device with keys.");
            }

            var request = Request(room, id => room.BringKey(kind, id, logs.SelectMany(log => log.Active)));
            var reply = kind == EnvelopeKind.Propose
                ? await hub.ProposeEncryption(request, cancellationToken).ConfigureAwait(false)
                : await hub.RekeyRoom(request, cancellationToken).ConfigureAwait(false);
            await SyncAsync(room, cancellationToken).ConfigureAwait(false);
            return reply;
        },
        cancellationToken);

    /// <summary>The key logs of the user and of the other party; refused when the user verified other keys than that one has now.</summary>
    private async Task<KeyLog[]> LogsAsync(SealedRoom room, CancellationToken cancellationToken) =>
    [
        await keys.LogAsync(keys.Me, cancellationToken).ConfigureAwait(false),
        await keys.TrustedLogAsync(PeerOf(room), cancellationToken).ConfigureAwait(false),
    ];

    /// <summary>Reads what is new in a room.</summary>
    private async Task SyncAsync(SealedRoom room, CancellationToken cancellationToken)
    {
        MessagePage page;
        do
        {
            page = await PageAsync(room.Chain.OrderId, room.Seq, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Messages)
            {
                var envelope = SealedRoom.Read(message.Envelope);
                if (!room.Knows(envelope))
                {
                    // Who signs may be new; reading is no trust: sending asks for that.
                    room.Learn(
                    [
                        await keys.LogAsync(room.Chain.BuyerId, cancellationToken).ConfigureAwait(false),
                        await keys.LogAsync(room.Chain.SellerId, cancellationToken).ConfigureAwait(false),
                    ]);
                }

                room.Take(message, envelope);
            }
        }
        while (page.More && page.Messages.Count > 0);
        room.CheckPin();
        if (room.NewPin() is { } pin)
        {
            await store.SaveAsync(RoomPin.Name(room.Chain.OrderId), pin.Write(), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<MessagePage> PageAsync(Guid orderId, long seq, CancellationToken cancellationToken) => hub.GetMessages(
        new GetMessagesRequest { OrderId = orderId, AfterSeq = seq, Limit = Limits.PageSizeMax }, cancellationToken);

    /// <summary>A room that this device knows to be encrypted or proposed; null for others.</summary>
    private async Task<SealedRoom?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var device = await keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
        return Known(orderId, device) is null
            && await store.LoadAsync(RoomPin.Name(orderId), cancellationToken).ConfigureAwait(false) is null
            ? null
            : await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A room that was read by this device before; one that was read with former keys is read anew.</summary>
    private SealedRoom? Known(Guid orderId, Device device)
    {
        lock (_lock)
        {
            return _rooms.TryGetValue(orderId, out var known) && known.Device == device ? known : null;
        }
    }

    private async Task<SealedRoom> GetAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var device = await keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
        if (Known(orderId, device) is { } known)
        {
            return known;
        }

        var pin = RoomPin.Read(await store.LoadAsync(RoomPin.Name(orderId), cancellationToken).ConfigureAwait(false));
        var (buyerId, sellerId) = (pin?.BuyerId, pin?.SellerId);
        if (pin is null)
        {
            (buyerId, sellerId) = await parties(orderId, cancellationToken).ConfigureAwait(false);
        }

        var made = new SealedRoom(new RoomChain(orderId, buyerId ?? 0, sellerId ?? 0), device, pin);
        lock (_lock)
        {
            if (_rooms.Count >= RoomsMax && !_rooms.ContainsKey(orderId))
            {
                // Its next use reads it again.
                _rooms.Remove(_rooms.Keys.First());
            }

            // Another task may have been quicker.
            return _rooms.TryGetValue(orderId, out var other) && other.Device == device ? other : _rooms[orderId] = made;
        }
    }

    private long PeerOf(SealedRoom room) => room.Chain.BuyerId == keys.Me ? room.Chain.SellerId : room.Chain.BuyerId;

    private static SealRoomRequest Request(SealedRoom room, Func<Guid, Envelope> sign)
    {
        var id = Guid.CreateVersion7();
        return new SealRoomRequest { RequestId = id, OrderId = room.Chain.OrderId, Envelope = Base64Url.EncodeToString(sign(id).Bytes) };
    }

    private static async Task<T> InTurnAsync<T>(SealedRoom room, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await room.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What was found once stays so, also for what was read before and needs no reading now.
            if (room.Broken is { } broken)
            {
                throw new EncryptionException(broken.Fault, broken.Message, broken.OrderId, broken.Index);
            }

            return await work().ConfigureAwait(false);
        }
        finally
        {
            room.Turn.Release();
        }
    }

    /// <summary>Does it again when the room or the keys have gone on meanwhile.</summary>
    private static async Task<T> RepeatAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (P2PException e) when (e.Code is ErrorCodes.ChainStale or ErrorCodes.KeysChanged && i < TriesMax)
            {
                // Read what is new, and sign again.
            }
        }
    }

    private static void CheckText(SendMessageRequest request)
    {
        if (request.AttachmentIds is { Count: > 0 })
        {
            throw new P2PException(ErrorCodes.RoomEncrypted, "An encrypted room takes files that are encrypted for it: SendFilesAsync does that.");
        }

        if (request.Text is not { Length: <= Limits.ChatTextCharsMax } text || SafeText.Of(text).Length == 0
            || System.Text.Encoding.UTF8.GetByteCount(text) > Limits.SealedTextBytesMax)
        {
            throw new P2PException(ErrorCodes.BadInput, $"A message has 1 to {Limits.ChatTextCharsMax} characters.");
        }
    }

    private static void CheckDense(Guid orderId, MessagePage page)
    {
        for (var i = 1; i < page.Messages.Count; i++)
        {
            if (Math.Abs(page.Messages[i].Seq - page.Messages[i - 1].Seq) != 1)
            {
                throw new EncryptionException(EncryptionFault.Dropped, "The server left messages out of a page.", orderId);
            }
        }
    }
}
