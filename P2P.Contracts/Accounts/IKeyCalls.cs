namespace P2P.Contracts.Accounts;

/// <summary>
/// The public keys of users' devices. Private keys never leave their device; the log is append-only and hash-chained, and each entry is signed by a
/// device, so the server can neither change nor leave out one unseen. docs/encryption.md has the bytes.
/// </summary>
public interface IKeyCalls
{
    /// <summary>Adds the keys of a device of the caller's. The caller hears of it, and so do the other parties of the caller's open rooms.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also a statement whose shape, points or signature are wrong, or that is another's), RATE_LIMITED, REQUEST_ID_EXPIRED,
    /// REQUEST_ID_REUSED, CHAIN_STALE, ALREADY_DONE (the device is in the log), QUOTA_EXCEEDED (8 devices; 192 entries).
    /// </remarks>
    Task<DeviceReply> RegisterDevice(RegisterDeviceRequest request);

    /// <summary>Ends that a device speaks for the caller. Whoever is concerned hears of it as of a new device.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also a statement whose shape or signature is wrong, or that is another's), RATE_LIMITED, REQUEST_ID_EXPIRED,
    /// REQUEST_ID_REUSED, CHAIN_STALE, NOT_FOUND (the caller has no such device), ALREADY_DONE (it is revoked), DEVICE_REVOKED (the signer is).
    /// </remarks>
    Task<DeviceReply> RevokeDevice(RevokeDeviceRequest request);

    /// <summary>A user's key log.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<DeviceKeyLog> GetDeviceKeys(GetDeviceKeysRequest request);
}
