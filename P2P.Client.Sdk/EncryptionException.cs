namespace P2P.Client.Sdk;

/// <summary>What is wrong with an encrypted room, a sealed item, or a key log.</summary>
public enum EncryptionFault
{
    /// <summary>Nothing is known to be wrong.</summary>
    None,

    /// <summary>An envelope is missing: one that comes later is there.</summary>
    Dropped,

    /// <summary>Envelopes stand in another order than they were written in, or one stands there twice.</summary>
    Reordered,

    /// <summary>An envelope is not what its sender signed.</summary>
    Edited,

    /// <summary>An envelope was added that the room's chain does not hold, or that may not stand where it does.</summary>
    Invented,

    /// <summary>An envelope is signed by, or a key is for, a device that neither party has.</summary>
    UnknownKey,

    /// <summary>A key log is not what it was, or its signatures and links are wrong.</summary>
    KeyLogBroken,

    /// <summary>The room's key is not the one to which its parties committed.</summary>
    WrongRoomKey,

    /// <summary>The room's key for this part of it is not there: it was made for other devices.</summary>
    RoomKeyMissing,

    /// <summary>The sender's device encrypted what nobody can open.</summary>
    Unreadable,

    /// <summary>A file is not the one that its sender signed, or not of the kind that it is said to be.</summary>
    FileEdited,

    /// <summary>Two messages use one nonce.</summary>
    NonceReused,

    /// <summary>
    /// The other party's keys are not those that the user verified: compare the safety number anew, then
    /// <see cref="KeysClient.MarkVerifiedAsync"/>, or <see cref="KeysClient.TrustAsync"/> without.
    /// </summary>
    PeerKeysChanged,

    /// <summary>This device has no keys, or they are revoked: <see cref="KeysClient.RegisterAsync"/> comes first.</summary>
    NoDevice,

    /// <summary>
    /// Of an invitation: the keys that the server shows of the other party are not those that the link or the proof names. Somebody stands between the
    /// two.
    /// </summary>
    PeerKeysForged,

    /// <summary>A goods order costs more than may be ordered with somebody whose keys were not verified (<see cref="P2PClientOptions.UnverifiedOrderMax"/>).</summary>
    PeerNotVerified,

    /// <summary>A sealed item's key was not brought to this device yet.</summary>
    ItemKeyMissing,

    /// <summary>
    /// A backup, or a key store with a passphrase, does not open: the passphrase is another one, or the file was changed. The two cannot be told apart.
    /// </summary>
    BackupNotOpened,
}

/// <summary>
/// Something is wrong that encryption is there to find. Show it to the user and send nothing more into the room; it does not pass by trying again.
/// </summary>
public sealed class EncryptionException : Exception
{
    /// <summary>Makes one.</summary>
    public EncryptionException(EncryptionFault fault, string message, Guid? orderId = null, int? index = null)
        : base(message)
    {
        Fault = fault;
        OrderId = orderId;
        Index = index;
    }

    /// <summary>What is wrong.</summary>
    public EncryptionFault Fault { get; }

    /// <summary>In which order's room; null for a key log.</summary>
    public Guid? OrderId { get; }

    /// <summary>Where in the room's chain; null where that is not known.</summary>
    public int? Index { get; }
}
