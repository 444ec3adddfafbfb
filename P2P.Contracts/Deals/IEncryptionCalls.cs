namespace P2P.Contracts.Deals;

/// <summary>
/// End-to-end encryption of a room: one party proposes, the other accepts. From then on the server stores what it cannot read, and checks
/// what it can without the key: who signed, and that each envelope follows the newest. docs/encryption.md has the whole.
/// </summary>
public interface IEncryptionCalls
{
    /// <summary>Proposes to encrypt a room: an envelope of kind Propose with a key for every device of both parties.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also an envelope whose shape or signature is wrong, or that belongs elsewhere), RATE_LIMITED (that of messages),
    /// REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ROOM_CLOSED, QUOTA_EXCEEDED, DEVICE_REVOKED, ALREADY_DONE (proposed or encrypted),
    /// CHAIN_STALE, KEYS_REQUIRED, KEYS_CHANGED.
    /// </remarks>
    Task<RoomEncryption> ProposeEncryption(SealRoomRequest request);

    /// <summary>Accepts the other party's proposal: an envelope of kind Accept that follows it. The room is encrypted for good.</summary>
    /// <remarks>
    /// Codes: as <see cref="ProposeEncryption"/>; but NOT_REQUESTED (no proposal of the other party's waits) in place of ALREADY_DONE when the room is
    /// not encrypted.
    /// </remarks>
    Task<RoomEncryption> AcceptEncryption(SealRoomRequest request);

    /// <summary>Declines the other party's proposal, or takes the caller's own back. Another may follow.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED (that of messages), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, NOT_REQUESTED.
    /// </remarks>
    Task<RoomEncryption> DeclineEncryption(DeclineEncryptionRequest request);

    /// <summary>Brings an encrypted room a new key for every device that both parties have now: an envelope of kind Rekey.</summary>
    /// <remarks>
    /// Codes: as <see cref="ProposeEncryption"/>; but ROOM_NOT_ENCRYPTED in place of ALREADY_DONE.
    /// </remarks>
    Task<RoomEncryption> RekeyRoom(SealRoomRequest request);

    /// <summary>How a room stands to encryption.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<RoomEncryption> GetRoomEncryption(Guid orderId);
}
