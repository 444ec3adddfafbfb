using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Invitations;

/// <summary>What a good request to accept says.</summary>
public sealed record GivenAcceptance(string Locator, byte[] TokenHash, AccessLevel Grants, byte[] KeyLink, byte[] Nonce, byte[] Proof);

/// <summary>What a good request to invite says.</summary>
public sealed record GivenInvitation(AccessLevel Access, int Hours, byte[] TokenHash, byte[] Nonce);

/// <summary>Pure decisions about invitations.</summary>
public static class InvitationRules
{
    /// <summary>How long a try that failed counts.</summary>
    public static readonly TimeSpan TriesCount = TimeSpan.FromHours(1);

    /// <summary>Throws BAD_INPUT.</summary>
    public static GivenInvitation Read(CreateInvitationRequest request) => new(
        PeerRules.Level(request.Access, "access"),
        request.Hours is >= 1 and <= Limits.InvitationHoursMax
            ? request.Hours
            : throw PeerRules.Bad("hours", $"An invitation can be accepted for 1 to {Limits.InvitationHoursMax} hours."),
        Bytes(request.TokenHash, P256.HashBytes, "tokenHash"),
        Bytes(request.Nonce, Limits.InvitationNonceBytes, "nonce"));

    /// <summary>Throws BAD_INPUT.</summary>
    public static GivenAcceptance Read(AcceptInvitationRequest request) => new(
        Locator(request.Locator),
        TokenHash(request.Token),
        PeerRules.Level(request.Grants, "grants"),
        Bytes(request.KeyLink, P256.HashBytes, "keyLink"),
        Bytes(request.Nonce, Limits.InvitationNonceBytes, "nonce"),
        Bytes(request.Proof, P256.HashBytes, "proof"));

    /// <summary>The eight symbols. Throws BAD_INPUT.</summary>
    public static string Locator(string text) => InvitationCode.TryReadLocator(text)
        ?? throw PeerRules.Bad("locator", "A locator looks like AD-7X9K-2M4P.");

    /// <summary>What the server keeps of a token. Throws BAD_INPUT.</summary>
    public static byte[] TokenHash(string token) => InvitationProof.HashOf(Bytes(token, P256.HashBytes, "token"));

    public static InvitationState StateOf(Invitation row, DateTimeOffset now) =>
        row.UsedAt is not null ? InvitationState.Used
        : row.RevokedAt is not null ? InvitationState.Revoked
        : row.ExpiresAt <= now ? InvitationState.Expired
        : InvitationState.Pending;

    /// <summary>How many tries of a kind may fail within an hour.</summary>
    public static int TriesMax(TryKind kind) =>
        kind == TryKind.Secret ? Limits.InvitationSecretTriesMax : Limits.InvitationLocatorTriesMax;

    /// <summary>Why one try more is not taken; null when it is.</summary>
    public static Reason? NoMoreTries(TryKind kind, IReadOnlyList<DateTimeOffset> recent) =>
        recent.Count >= TriesMax(kind) ? NoMoreTries(recent.Order().ElementAt(recent.Count - TriesMax(kind)) + TriesCount) : null;

    public static Reason NoMoreTries(DateTimeOffset until) => Refused.Because(
        ErrorCodes.TooManyTries, "Too many wrong codes: wait until they are taken again.", ("until", WireJson.Spell(until)));

    /// <summary>One answer for whatever is wrong.</summary>
    public static Refused NotFound() => new(ErrorCodes.InvitationNotFound, "There is no such invitation, or it cannot be used any more.");

    public static Refused Quota(string quota, int limit) => new(
        ErrorCodes.QuotaExceeded,
        $"At most {limit} wait at one time.",
        ("quota", quota),
        ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    private static byte[] Bytes(string text, int count, string path) =>
        KeyRules.Bytes(text, count) is { } bytes && bytes.Length == count
            ? bytes
            : throw PeerRules.Bad(path, $"This is {count} bytes in base64url.");
}
