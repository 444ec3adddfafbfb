namespace P2P.Contracts.Deals;

/// <summary>
/// The rooms of the caller's orders. Each order has one, opened with it: what the parties write, a system message for every change of the order, and
/// the maker's auto-reply.
/// </summary>
public interface IChatCalls
{
    /// <summary>Writes a message, while the order is open and for seven days (a setting) after its end.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED (a rate of its own), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a file that is not there,
    /// is not the caller's, hangs on a message already, or is not encrypted as the room is), ROOM_CLOSED, QUOTA_EXCEEDED, ROOM_ENCRYPTED (for what
    /// comes without an envelope). For an envelope after QUOTA_EXCEEDED: BAD_INPUT (its signature is wrong, or it belongs elsewhere),
    /// DEVICE_REVOKED, ROOM_NOT_ENCRYPTED, CHAIN_STALE, KEYS_CHANGED.
    /// </remarks>
    Task<MessageReply> SendMessage(SendMessageRequest request);

    /// <summary>A piece of a room.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<MessagePage> GetMessages(GetMessagesRequest request);

    /// <summary>The caller's rooms, that of the newest order first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<RoomView>> ListRooms(ListRoomsRequest request);

    /// <summary>How much waits to be read in the rooms of open orders.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<UnreadCounts> GetUnreadCounts();

    /// <summary>The caller has read up to a message; then it has received up to there, too. Needs no request id: it never goes back.</summary>
    /// <remarks>Codes: BAD_INPUT (also a number that no message has), RATE_LIMITED (a rate of its own), NOT_FOUND.</remarks>
    Task<ReceiptReply> MarkMessagesRead(ReceiptRequest request);

    /// <summary>The caller has received up to a message. Needs no request id: it never goes back.</summary>
    /// <remarks>Codes: BAD_INPUT (also a number that no message has), RATE_LIMITED (a rate of its own), NOT_FOUND.</remarks>
    Task<ReceiptReply> MarkMessagesDelivered(ReceiptRequest request);

    /// <summary>
    /// The caller is writing: say so every few seconds while it lasts. The other party hears it at once or never; nothing is kept.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED (a rate of its own), NOT_FOUND.</remarks>
    Task SetTyping(SetTypingRequest request);
}
