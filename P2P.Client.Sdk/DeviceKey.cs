namespace P2P.Client.Sdk;

/// <summary>A device of a user's, as the user's key log proves it.</summary>
public sealed record DeviceKey
{
    /// <summary>The device's id: SHA-256 of its public keys, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>What the user calls it; null for other users' devices.</summary>
    public string? Name { get; init; }

    /// <summary>When it was registered, by the server's clock.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>False once it is revoked.</summary>
    public required bool IsActive { get; init; }

    /// <summary>True for the device that this program runs on.</summary>
    public required bool IsThisDevice { get; init; }
}

/// <summary>The number that two users compare by another way.</summary>
public sealed record SafetyNumber
{
    /// <summary>60 digits in twelve groups of five.</summary>
    public required string Digits { get; init; }

    /// <summary>True when the user said, on this device, that this very number was compared.</summary>
    public required bool IsVerified { get; init; }
}
