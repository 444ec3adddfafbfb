using System.Buffers.Binary;
using System.Buffers.Text;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Dealers.Peers;

/// <summary>A place in a list that runs by time, then by user: the last row seen.</summary>
public sealed record PeerPlace(DateTimeOffset At, long UserId);

/// <summary>Pure decisions about peers, their ids, and the cursors of lists of them.</summary>
public static class PeerRules
{
    /// <summary>What others read. Throws BAD_INPUT.</summary>
    public static string Name(string text) => CleanText.Line(text) is { Length: <= Limits.PeerNameCharsMax } name
        ? name
        : throw Bad("name", $"A peer's name has 1 to {Limits.PeerNameCharsMax} characters.");

    /// <summary>An id of 32 bytes, a peer's or a device's. Throws BAD_INPUT.</summary>
    public static byte[] Id(string text, string path) => Hash(text) ?? throw Bad(path, "An id of a peer is 32 bytes in base64url.");

    public static byte[]? Hash(string text) => KeyRules.Bytes(text, P256.HashBytes) is { Length: P256.HashBytes } bytes ? bytes : null;

    public static string Spell(byte[] id) => Base64Url.EncodeToString(id);

    /// <summary>A level that can be granted. Throws BAD_INPUT.</summary>
    public static AccessLevel Level(AccessLevel level, string path) => level is AccessLevel.View or AccessLevel.Order or AccessLevel.Manage
        ? level
        : throw Bad(path, "An access level is view, order or manage.");

    /// <summary>What names begin with, so that LIKE takes it literally; null for all names. Throws BAD_INPUT.</summary>
    public static string? Prefix(string? text)
    {
        if (text?.Length > Limits.SearchCharsMax)
        {
            throw Bad("text", $"A search has at most {Limits.SearchCharsMax} characters.");
        }

        return CleanText.Line(text) is not { } clean ? null
            : clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
    }

    public static string Cursor(DateTimeOffset at, long userId)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], userId);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null on the first page. Throws BAD_INPUT.</summary>
    public static PeerPlace? After(string? cursor) =>
        cursor is null ? null
        : KeyRules.Bytes(cursor, 2 * sizeof(long)) is { Length: 2 * sizeof(long) } bytes
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks
            && ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new PeerPlace(new DateTimeOffset(ticks, TimeSpan.Zero), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(long))))
            : throw Bad("cursor", "This is no cursor of this list.");

    public static Refused NotAPeer() => new(ErrorCodes.NotAPeer, "You have not joined the dealers' network.");

    public static Refused Bad(string path, string sentence) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
