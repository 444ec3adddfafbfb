namespace P2P.Contracts.Deals;

/// <summary>What a message is.</summary>
public enum MessageKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Written by a person.</summary>
    Text,

    /// <summary>Written by the server: something happened to the order.</summary>
    System,

    /// <summary>Written beforehand by the ad's maker and sent when the order was placed.</summary>
    AutoReply,

    /// <summary>Written by a person in an encrypted room: what it says is in its envelope.</summary>
    Encrypted,
}

/// <summary>One message of a room.</summary>
public sealed record MessageView
{
    /// <summary>The message's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order whose room it is in.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Its place in the room: 1, 2, 3 ... without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Profile id of the writer; 0 for the server.</summary>
    public required long SenderId { get; init; }

    /// <summary>What it is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>What it says; of a system message in English. May be empty when there are attachments.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Of a system message: what happened, for clients that say it in another language. A change of the order is <c>order.</c> with the name of
    /// its <see cref="OrderAction"/> as on the wire: <c>order.confirmPayment</c>. Null for all else.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>
    /// Of a system message: what its code speaks of. A change of the order names <c>by</c> (<see cref="Party"/>), <c>status</c>
    /// (<see cref="OrderStatus"/>) and <c>version</c>, as on the wire. Null for all else.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Args { get; init; }

    /// <summary>
    /// Of an encrypted message, and of a system message that tells of the room's encryption: the <see cref="Encryption.Envelope"/> as the sender's
    /// device signed it, base64url. Null for all else.
    /// </summary>
    public string? Envelope { get; init; }

    /// <summary>The files that hang on it, in the order of their ids.</summary>
    public required IReadOnlyList<FileView> Attachments { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Writes into an order's room.</summary>
public sealed record SendMessageRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>
    /// At most 4,000 characters. It is stored in Unicode's composed form, without control characters and without those that turn the direction of
    /// what follows or that nobody can see; line breaks become <c>\n</c>. Something must be left, or a file hang on it.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// Files that the caller uploaded for this order and that hang on no message yet, at most 10: from then on the other party can read them. In an
    /// encrypted room they were encrypted (<c>X-File-Encrypted: 1</c>), and their keys are in the envelope; in other rooms they were not.
    /// </summary>
    public IReadOnlyList<Guid>? AttachmentIds { get; init; }

    /// <summary>
    /// In an encrypted room, in place of a text: the next <see cref="Encryption.Envelope"/> of the room's chain, of kind Message, base64url
    /// without padding.
    /// </summary>
    public string? Envelope { get; init; }
}

/// <summary>Where a message was placed.</summary>
public sealed record MessageReply
{
    /// <summary>The message's id.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The order whose room it is in.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Its place in the room.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Asks for a piece of a room: the newest messages, or those before a number (newest first), or those after a number (oldest first).</summary>
public sealed record GetMessagesRequest
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Only messages before this number. Not together with <see cref="AfterSeq"/>.</summary>
    public long? BeforeSeq { get; init; }

    /// <summary>Only messages after this number. Not together with <see cref="BeforeSeq"/>.</summary>
    public long? AfterSeq { get; init; }

    /// <summary>Messages on the page, 1 to 100; 20 when left out. Fewer come when their envelopes have more than 256 KB.</summary>
    public int? Limit { get; init; }
}

/// <summary>A piece of a room.</summary>
public sealed record MessagePage
{
    /// <summary>The messages, newest first; oldest first when those after a number were asked for.</summary>
    public required IReadOnlyList<MessageView> Messages { get; init; }

    /// <summary>True when the room goes on behind the last one, in the same direction.</summary>
    public required bool More { get; init; }
}

/// <summary>Says how far the caller has received or read a room.</summary>
public sealed record ReceiptRequest
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The number of the newest message that the caller has received or read: every one before it counts, too.</summary>
    public required long UpToSeq { get; init; }
}

/// <summary>How far it stands now: at least as far as was said.</summary>
public sealed record ReceiptReply
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The number up to which it is received or read. It never goes back.</summary>
    public required long UpToSeq { get; init; }
}

/// <summary>Says that the caller is writing.</summary>
public sealed record SetTypingRequest
{
    /// <summary>Which order's room.</summary>
    public required Guid OrderId { get; init; }
}

/// <summary>Asks for the caller's rooms.</summary>
public sealed record ListRoomsRequest
{
    /// <summary>True for rooms of open orders only, false for those of ended ones, null for all.</summary>
    public bool? Open { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <see cref="Page{T}.NextCursor"/>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>How far a party has come in a room.</summary>
public sealed record RoomMarks
{
    /// <summary>Received up to this number.</summary>
    public required long DeliveredSeq { get; init; }

    /// <summary>Read up to this number.</summary>
    public required long ReadSeq { get; init; }
}

/// <summary>A room as its list shows it.</summary>
public sealed record RoomView
{
    /// <summary>The order whose room it is.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where the order stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Profile id of the other party.</summary>
    public required long OtherId { get; init; }

    /// <summary>Until when messages can be written; null while the order is open.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>How it stands to encryption; null for off.</summary>
    public EncryptionState? Encryption { get; init; }

    /// <summary>The number of the newest message; 0 for none.</summary>
    public required long LastSeq { get; init; }

    /// <summary>How far the caller has come.</summary>
    public required RoomMarks You { get; init; }

    /// <summary>How far the other party has come.</summary>
    public required RoomMarks Other { get; init; }

    /// <summary>Messages of the other party that the caller has not read; counted to 999.</summary>
    public required int Unread { get; init; }

    /// <summary>The newest message; null when there is none.</summary>
    public MessageView? Last { get; init; }
}

/// <summary>How much waits to be read.</summary>
public sealed record UnreadCounts
{
    /// <summary>Unread messages in all rooms of open orders that are looked at: the sum over <see cref="Rooms"/>.</summary>
    public required int Total { get; init; }

    /// <summary>The rooms of open orders in which something is unread, newest order first; the newest 100 open orders are looked at.</summary>
    public required IReadOnlyList<RoomUnread> Rooms { get; init; }
}

/// <summary>How much waits in one room.</summary>
public sealed record RoomUnread
{
    /// <summary>The order whose room it is.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Messages of the other party that the caller has not read; counted to 999.</summary>
    public required int Unread { get; init; }
}
