using P2P.Client.Sdk.Events;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <content>End-to-end encryption of rooms. Reading and writing are the same calls as for any room.</content>
public sealed partial class ChatClient
{
    /// <summary>
    /// Proposes to encrypt an order's room end to end. Once the other party has accepted, what both write is encrypted on their devices, signed, and
    /// chained, for good; what was written before stays as it is.
    /// </summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    /// <exception cref="P2PException">NOT_FOUND, ROOM_CLOSED, ALREADY_DONE, KEYS_REQUIRED (the other party has no device with keys).</exception>
    /// <exception cref="EncryptionException">NoDevice, PeerKeysChanged, or what is wrong with the room.</exception>
    public Task<RoomEncryption> ProposeEncryptionAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _rooms.ProposeAsync(orderId, cancellationToken);

    /// <summary>Accepts the other party's proposal, after its signature and its key were checked.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    /// <exception cref="P2PException">NOT_FOUND, ROOM_CLOSED, ALREADY_DONE, NOT_REQUESTED.</exception>
    /// <exception cref="EncryptionException">
    /// NoDevice, PeerKeysChanged, RoomKeyMissing (the proposal is older than this device: decline it and propose anew), or what is wrong
    /// with the room.
    /// </exception>
    public Task<RoomEncryption> AcceptEncryptionAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _rooms.AcceptAsync(orderId, cancellationToken);

    /// <summary>Declines the other party's proposal, or takes the user's own back.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    /// <exception cref="P2PException">NOT_FOUND, NOT_REQUESTED.</exception>
    public Task<RoomEncryption> DeclineEncryptionAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.DeclineEncryption(new DeclineEncryptionRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId }, cancellationToken);

    /// <inheritdoc cref="IEncryptionCalls.GetRoomEncryption"/>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<RoomEncryption> GetEncryptionAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetRoomEncryption(orderId, cancellationToken);

    /// <summary>
    /// Writes into an order's room, with files: JPEG, PNG, WebP or PDF. They are rid here of everything but what they show, and in an encrypted room
    /// encrypted, each with a key of its own that stands in the message alone.
    /// </summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="text">At most 4,000 characters, and 12,000 bytes together with the names; null for the files alone.</param>
    /// <param name="files">1 to 10 files of at most 10 MB each.</param>
    /// <param name="progress">Hears how many bytes of the file in hand were sent so far.</param>
    /// <param name="cancellationToken">Ends the wait; whether the message was written is then unknown.</param>
    /// <exception cref="P2PException">
    /// As <see cref="FilesClient.UploadAsync"/> and <see cref="IChatCalls.SendMessage"/>; ROOM_ENCRYPTED when the other party accepted in this moment:
    /// call it again.
    /// </exception>
    /// <exception cref="EncryptionException">What is wrong with an encrypted room; PeerKeysChanged; NoDevice.</exception>
    public Task<MessageReply> SendFilesAsync(
        Guid orderId, string? text, IReadOnlyList<RoomFile> files, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        return _rooms.SendFilesAsync(orderId, text, files, progress, cancellationToken);
    }

    /// <summary>Fetches a file that hangs on a message, and opens it where it is encrypted.</summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="message">The message, as <see cref="GetMessagesAsync"/> gave it.</param>
    /// <param name="fileId">Which of its attachments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    /// <exception cref="EncryptionException">FileEdited, or what is wrong with the room.</exception>
    public Task<OpenedFile> OpenFileAsync(
        Guid orderId, MessageView message, Guid fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _rooms.OpenFileAsync(orderId, message, fileId, cancellationToken);
    }

    /// <summary>
    /// All that somebody else needs to read an encrypted room and to see that it is whole: for an arbitrator, who checks it with
    /// <see cref="TranscriptVerifier"/>. It holds the room's keys; those of messages from before this device was registered are not among them.
    /// </summary>
    /// <param name="orderId">Which order's room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EncryptionException">NoDevice, PeerKeysChanged, or what is wrong with the room.</exception>
    public Task<TranscriptBundle> DiscloseAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _rooms.DiscloseAsync(orderId, cancellationToken);

    /// <summary>Each change of rooms' encryption, in order; otherwise as <see cref="WatchAsync(CancellationToken)"/>.</summary>
    public IAsyncEnumerable<P2PEvent<EncryptionChanged>> WatchEncryptionAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<EncryptionChanged>(_events, filter: null, cancellationToken);
}
