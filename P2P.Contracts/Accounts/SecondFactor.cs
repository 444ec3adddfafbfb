using System.Text.Json.Serialization;

namespace P2P.Contracts.Accounts;

/// <summary>How the caller's second factor stands.</summary>
public sealed record SecondFactorStatus
{
    /// <summary>This server offers a second factor.</summary>
    public required bool Offered { get; init; }

    /// <summary>The caller has set one: guarded calls need a code.</summary>
    public required bool IsSet { get; init; }

    /// <summary>Since when; null while none is set.</summary>
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>Recovery codes that were not used yet.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>Until when no code is taken, after too many wrong ones; null when codes are taken.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>Asks for the secret of a new second factor.</summary>
public sealed record BeginSecondFactorRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }
}

/// <summary>A second factor that is about to be set: it counts once a code of it was confirmed.</summary>
public sealed record SecondFactorSetup
{
    /// <summary>The secret in base32 (RFC 4648, without padding), to be typed into an app.</summary>
    public required string Secret { get; init; }

    /// <summary>
    /// The same as an <c>otpauth://totp/</c> address, to be shown as a QR code: SHA-1, 6 digits, 30 seconds (RFC 6238).
    /// </summary>
    public required string Uri { get; init; }

    /// <summary>Until when it can be confirmed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Shows that the caller's app has the secret.</summary>
public sealed record ConfirmSecondFactorRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The six digits that the app shows now.</summary>
    public required string Code { get; init; }
}

/// <summary>Replaces the recovery codes.</summary>
public sealed record RenewRecoveryCodesRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>Recovery codes: each stands in for the app once. They are shown here and never again.</summary>
public sealed record RecoveryCodes
{
    /// <summary>Ten codes of 128 random bits each.</summary>
    public required IReadOnlyList<string> Codes { get; init; }
}

/// <summary>Removes the caller's second factor.</summary>
public sealed record RemoveSecondFactorRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>What became of a second factor.</summary>
public enum SecondFactorChange
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The user set one.</summary>
    Set,

    /// <summary>The user removed it.</summary>
    Removed,

    /// <summary>Staff removed it.</summary>
    Reset,

    /// <summary>The user has new recovery codes; the former ones are void.</summary>
    RecoveryCodesRenewed,

    /// <summary>A recovery code was used in the app's place.</summary>
    RecoveryCodeUsed,
}

/// <summary>The user's second factor changed.</summary>
public sealed record SecondFactorChanged
{
    /// <summary>How.</summary>
    public required SecondFactorChange Change { get; init; }

    /// <summary>It is set now.</summary>
    public required bool IsSet { get; init; }
}
