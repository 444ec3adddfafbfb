using System.Buffers.Text;
using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Keys;

/// <summary>Where a chain stands: how many entries it has, and the link of the newest.</summary>
public sealed record ChainHead(int Length, byte[] Link)
{
    /// <summary>Refuses what does not come next.</summary>
    public void Check(int length, byte[] previous)
    {
        if (length != Length || !previous.AsSpan().SequenceEqual(Link))
        {
            throw new Refused(
                ErrorCodes.ChainStale,
                "The chain has gone on: read what is new and sign again.",
                ("seq", Length.ToString(CultureInfo.InvariantCulture)),
                ("head", Base64Url.EncodeToString(Link)));
        }
    }
}

/// <summary>Pure decisions about devices and their keys.</summary>
public static class KeyRules
{
    private const int StatementBytesMax = 273;

    /// <summary>Bytes as the wire spells them; null when the text is none, or too long.</summary>
    public static byte[]? Bytes(string text, int bytesMax) =>
        text.Length <= Base64Url.GetEncodedLength(bytesMax) && !text.Contains('=', StringComparison.Ordinal)
            && !text.Any(char.IsWhiteSpace) && Base64Url.IsValid(text)
            ? Base64Url.DecodeFromChars(text)
            : null;

    /// <summary>A statement of one kind about the caller's own log. Whatever is wrong with it, the answer is the same.</summary>
    public static KeyStatement Read(string text, KeyStatementKind kind, long callerId) =>
        Bytes(text, StatementBytesMax) is { } bytes && KeyStatement.TryRead(bytes) is { } statement && statement.Kind == kind
            && statement.UserId == callerId
            ? statement
            : throw Malformed();

    /// <summary>A new device signs for itself.</summary>
    public static void CheckAdded(KeyStatement statement)
    {
        if (!statement.SignerId.AsSpan().SequenceEqual(statement.KeyId) || !statement.IsSignedBy(statement.SigningKey))
        {
            throw Malformed();
        }
    }

    /// <summary>Why one device more cannot be added; null when it can. The last entries of a log are kept for revoking.</summary>
    public static Reason? CannotAdd(int active, int entries) =>
        active >= Limits.DevicesMax
            ? Quota("devices", Limits.DevicesMax, $"A user has at most {Limits.DevicesMax} devices: revoke one first.")
            : entries >= Limits.KeyLogEntriesMax - Limits.DevicesMax
                ? Quota("keyLog", Limits.KeyLogEntriesMax - Limits.DevicesMax, "This key log takes no more devices.")
                : null;

    /// <summary>Checks who revokes whom.</summary>
    /// <param name="statement">What was signed.</param>
    /// <param name="signer">The signer as the caller's log knows it; null when it does not.</param>
    /// <param name="subject">The device that is to be revoked, likewise.</param>
    public static void CheckRevoked(KeyStatement statement, DeviceRow? signer, DeviceRow? subject)
    {
        if (signer is null || !statement.IsSignedBy(signer.SigningKey))
        {
            throw Malformed();
        }

        if (subject is null)
        {
            throw new Refused(ErrorCodes.NotFound, "You have no such device.");
        }

        if (!subject.IsActive)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "This device is revoked.");
        }

        if (!signer.IsActive)
        {
            throw new Refused(ErrorCodes.DeviceRevoked, "The device that signed is revoked.");
        }
    }

    private static Refused Malformed() =>
        new(ErrorCodes.BadInput, "The statement is malformed, another's, or its signature is wrong.", ("path", "statement"));

    private static Reason Quota(string quota, int limit, string sentence) => Refused.Because(
        ErrorCodes.QuotaExceeded, sentence, ("quota", quota), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
}
