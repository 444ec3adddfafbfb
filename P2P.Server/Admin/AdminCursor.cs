using System.Buffers.Binary;
using System.Buffers.Text;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Admin;

/// <summary>Cursors of staff's lists: the key of the last row.</summary>
internal static class AdminCursor
{
    public static string Write(long last)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, last);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Write(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    public static long? ReadNumber(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return cursor is null ? null : Read(cursor, bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : throw Bad();
    }

    public static Guid? ReadId(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return cursor is null ? null : Read(cursor, bytes) ? new Guid(bytes, bigEndian: true) : throw Bad();
    }

    public static int PageSize(int? limit) => (limit ?? Limits.PageSizeDefault) is >= 1 and <= Limits.PageSizeMax and var size
        ? size
        : throw new Refused(ErrorCodes.BadInput, $"A page has 1 to {Limits.PageSizeMax} rows.", ("path", "limit"));

    // TryDecode tries the room only: for text that is no Base64Url it throws.
    private static bool Read(string cursor, Span<byte> bytes) =>
        cursor.Length <= Limits.CursorCharsMax
        && Base64Url.IsValid(cursor)
        && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
        && length == bytes.Length;

    private static Refused Bad() => new(ErrorCodes.BadInput, "This is no cursor of this list.", ("path", "cursor"));
}
