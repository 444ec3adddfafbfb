using P2P.Contracts.Encryption;

namespace P2P.Contracts.Accounts;

/// <summary>Adds the keys of a device of the caller's.</summary>
public sealed record RegisterDeviceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>
    /// The next entry of the caller's key log, base64url without padding: a <see cref="KeyStatement"/> of kind Add, signed by the new device itself.
    /// </summary>
    public required string Statement { get; init; }

    /// <summary>What the caller calls the device, at most 50 characters; only the caller reads it.</summary>
    public string? Name { get; init; }
}

/// <summary>Ends that a device speaks for the caller.</summary>
public sealed record RevokeDeviceRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>
    /// The next entry of the caller's key log, base64url without padding: a <see cref="KeyStatement"/> of kind Revoke, signed by a device of the
    /// caller's whose keys count.
    /// </summary>
    public required string Statement { get; init; }
}

/// <summary>What every change of a key log answers.</summary>
public sealed record DeviceReply
{
    /// <summary>The device's id, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>The entry's place in the log.</summary>
    public required int Seq { get; init; }

    /// <summary>The entry's link, base64url: the log's head now.</summary>
    public required string Head { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Asks for a user's key log.</summary>
public sealed record GetDeviceKeysRequest
{
    /// <summary>Whose; the caller's own when left out.</summary>
    public long? ProfileId { get; init; }
}

/// <summary>A user's key log from its beginning: trust what its signatures and links prove, nothing else.</summary>
public sealed record DeviceKeyLog
{
    /// <summary>Whose.</summary>
    public required long ProfileId { get; init; }

    /// <summary>All entries in their order; none for a user without keys, at most 200.</summary>
    public required IReadOnlyList<DeviceKeyEntry> Entries { get; init; }
}

/// <summary>One entry of a key log.</summary>
public sealed record DeviceKeyEntry
{
    /// <summary>Its place: 1, 2, 3 ...</summary>
    public required int Seq { get; init; }

    /// <summary>The <see cref="KeyStatement"/> as the device signed it, base64url.</summary>
    public required string Statement { get; init; }

    /// <summary>What the caller calls the device; null in others' logs.</summary>
    public string? Name { get; init; }

    /// <summary>When the server wrote it.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A user's keys changed: what was verified before has to be verified again.</summary>
public sealed record KeysChanged
{
    /// <summary>Whose.</summary>
    public required long ProfileId { get; init; }

    /// <summary>How.</summary>
    public required KeyStatementKind Change { get; init; }

    /// <summary>The device, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>The entry's place in the user's key log.</summary>
    public required int Seq { get; init; }
}
