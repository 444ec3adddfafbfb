using System.Buffers.Binary;
using System.Buffers.Text;
using P2P.Contracts;

namespace P2P.Server.Core;

/// <summary>What all keyset pages have in common: how many rows, and the cursor of a list that runs by one key.</summary>
public static class ListPage
{
    /// <summary>The number of rows on a page.</summary>
    public static int Size(int? limit) => (limit ?? Limits.PageSizeDefault) is >= 1 and <= Limits.PageSizeMax and var size
        ? size
        : throw new Refused(ErrorCodes.BadInput, $"A page has 1 to {Limits.PageSizeMax} rows.", ("path", "limit"));

    /// <summary>The cursor after a row with this number.</summary>
    public static string After(long last)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, last);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The cursor after a row with this id.</summary>
    public static string After(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    /// <summary>The cursor after a row of a list that runs by time, then by id.</summary>
    public static string After(DateTimeOffset at, Guid last)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + 16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.UtcTicks);
        last.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Time and id of the last row seen; nulls on the first page.</summary>
    public static (DateTimeOffset? At, Guid? Id) Moment(string? cursor)
    {
        if (cursor is null)
        {
            return (null, null);
        }

        Span<byte> bytes = stackalloc byte[sizeof(long) + 16];
        return Read(cursor, bytes) && BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks
            && ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[sizeof(long)..], bigEndian: true))
            : throw Bad();
    }

    /// <summary>The number of the last row seen; null on the first page.</summary>
    public static long? Number(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return cursor is null ? null : Read(cursor, bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : throw Bad();
    }

    /// <summary>The id of the last row seen; null on the first page.</summary>
    public static Guid? Id(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return cursor is null ? null : Read(cursor, bytes) ? new Guid(bytes, bigEndian: true) : throw Bad();
    }

    // TryDecode tries the room only: for text that is no Base64Url it throws.
    private static bool Read(string cursor, Span<byte> bytes) =>
        cursor.Length <= Limits.CursorCharsMax
        && Base64Url.IsValid(cursor)
        && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
        && length == bytes.Length;

    private static Refused Bad() => new(ErrorCodes.BadInput, "This is no cursor of this list.", ("path", "cursor"));
}
