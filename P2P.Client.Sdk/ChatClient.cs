using System.Runtime.CompilerServices;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// The rooms of the user's orders. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; a message
/// is written once, because every repeat carries the same request id.
/// </summary>
/// <example>
/// <code>
/// await foreach (var heard in client.Chat.WatchAsync(orderId))
/// {
///     Show(heard.Body.SenderId, await client.Chat.TextOfAsync(heard));
///     await client.Chat.MarkReadAsync(orderId, heard.Body.Seq);
/// }
/// </code>
/// </example>
public sealed partial class ChatClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;
    private readonly SealedRooms _rooms;

    internal ChatClient(IDealHubProxy hub, EventReaders events, SealedRooms rooms) => (_hub, _events, _rooms) = (hub, events, rooms);

    /// <summary>
    /// The other party of an order is writing: show it for five seconds. Raised on the connection's thread: return soon. It may be lost.
    /// </summary>
    public event EventHandler<TypingSignal>? Typing;

    /// <summary>Writes into an order's room.</summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="text">At most 4,000 characters.</param>
    /// <param name="cancellationToken">Ends the wait; whether the message was written is then unknown.</param>
    public Task<MessageReply> SendAsync(Guid orderId, string text, CancellationToken cancellationToken = default) =>
        SendAsync(new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Text = text }, cancellationToken);

    /// <summary>Writes into an order's room, with files that were uploaded for it.</summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="text">At most 4,000 characters; null for the files alone.</param>
    /// <param name="attachmentIds">At most 10 files of the user's own that hang on no message yet.</param>
    /// <param name="cancellationToken">Ends the wait; whether the message was written is then unknown.</param>
    public Task<MessageReply> SendAsync(
        Guid orderId, string? text, IReadOnlyList<Guid> attachmentIds, CancellationToken cancellationToken = default) =>
        SendAsync(
            new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Text = text, AttachmentIds = attachmentIds },
            cancellationToken);

    /// <summary>Writes into an order's room: encrypted where the room is, else as it is.</summary>
    /// <param name="request">
    /// Sent again under the same request id, it is written once, in an encrypted room too. An envelope of the caller's own is sent as it is.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; whether the message was written is then unknown.</param>
    /// <exception cref="P2PException">As <see cref="IChatCalls.SendMessage"/>.</exception>
    /// <exception cref="EncryptionException">What is wrong with an encrypted room; PeerKeysChanged; NoDevice.</exception>
    public Task<MessageReply> SendAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _rooms.SendAsync(request, cancellationToken);
    }

    /// <summary>A piece of a room: the newest messages, or those before a number (newest first), or those after one (oldest first).</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="beforeSeq">Only messages before this number. Not together with <paramref name="afterSeq"/>.</param>
    /// <param name="afterSeq">Only messages after this number.</param>
    /// <param name="limit">Messages on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Encrypted messages with what they say, after signature and chain were checked; with an empty text where the key is not for this device, because
    /// the message is older than it.
    /// </returns>
    /// <exception cref="EncryptionException">The room is not what its parties wrote.</exception>
    public async Task<MessagePage> GetMessagesAsync(
        Guid orderId,
        long? beforeSeq = null,
        long? afterSeq = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var page = await _hub.GetMessages(
            new GetMessagesRequest { OrderId = orderId, BeforeSeq = beforeSeq, AfterSeq = afterSeq, Limit = limit }, cancellationToken)
            .ConfigureAwait(false);
        return await _rooms.OpenAsync(orderId, page, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A whole room, newest first, read page by page as it is enumerated.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<MessageView> HistoryAsync(Guid orderId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long? before = null;
        while (true)
        {
            var page = await GetMessagesAsync(orderId, before, limit: Limits.PageSizeMax, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            foreach (var message in page.Messages)
            {
                yield return message;
            }

            if (!page.More)
            {
                yield break;
            }

            before = page.Messages[^1].Seq;
        }
    }

    /// <summary>What a message says: as it was told live, else read from the room.</summary>
    /// <param name="heard">The event of the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> TextOfAsync(P2PEvent<MessageSent> heard, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(heard);
        if (heard.Text is { } text)
        {
            return text;
        }

        var page = await GetMessagesAsync(heard.Body.OrderId, afterSeq: heard.Body.Seq - 1, limit: 1, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return page.Messages is [{ } message] ? message.Text : "";
    }

    /// <summary>The user has read up to a message. Harmless to repeat; it never goes back.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="upToSeq">The number of the newest message that was read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ReceiptReply> MarkReadAsync(Guid orderId, long upToSeq, CancellationToken cancellationToken = default) =>
        _hub.MarkMessagesRead(new ReceiptRequest { OrderId = orderId, UpToSeq = upToSeq }, cancellationToken);

    /// <summary>The user's device has received up to a message. Harmless to repeat; it never goes back.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="upToSeq">The number of the newest message that was received.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ReceiptReply> MarkDeliveredAsync(Guid orderId, long upToSeq, CancellationToken cancellationToken = default) =>
        _hub.MarkMessagesDelivered(new ReceiptRequest { OrderId = orderId, UpToSeq = upToSeq }, cancellationToken);

    /// <summary>The user is writing: call it every few seconds while that lasts.</summary>
    /// <param name="orderId">In which order's room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task TypingAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.SetTyping(new SetTypingRequest { OrderId = orderId }, cancellationToken);

    /// <summary>
    /// The user's rooms, that of the newest order first. The newest message of an encrypted one is not opened: read it with the room.
    /// </summary>
    /// <param name="open">True for rooms of open orders only, false for those of ended ones, null for all.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<RoomView>> RoomsAsync(
        bool? open = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListRooms(new ListRoomsRequest { Open = open, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IChatCalls.GetUnreadCounts"/>
    public Task<UnreadCounts> UnreadAsync(CancellationToken cancellationToken = default) => _hub.GetUnreadCounts(cancellationToken);

    /// <summary>
    /// Each message of every room, one's own too, in order; <see cref="P2PEvent{T}.Text"/> has what it says, or
    /// <see cref="TextOfAsync"/> reads it. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an event
    /// counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<MessageSent>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<MessageSent>(_events, filter: null, cancellationToken);

    /// <summary>Each message of one room, in order; otherwise as <see cref="WatchAsync(CancellationToken)"/>.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<P2PEvent<MessageSent>> WatchAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        new EventWatch<MessageSent>(_events, sent => sent.OrderId == orderId, cancellationToken);

    /// <summary>How far the other party (or the user on another device) has read, in order.</summary>
    public IAsyncEnumerable<P2PEvent<MessagesRead>> WatchReadAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<MessagesRead>(_events, filter: null, cancellationToken);

    /// <summary>How far the other party has received, in order.</summary>
    public IAsyncEnumerable<P2PEvent<MessagesDelivered>> WatchDeliveredAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<MessagesDelivered>(_events, filter: null, cancellationToken);

    /// <summary>The server told that the other party writes.</summary>
    internal void Hear(TypingSignal signal) => Typing?.Invoke(this, signal);
}
