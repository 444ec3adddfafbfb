using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>
/// A place in a list: the last row's sort keys and id, sealed with a mark of the filters and the order, so that a cursor is good for
/// nothing else.
/// </summary>
public sealed record AdCursor(Guid Id, decimal Key, int Count)
{
    private const int MarkBytes = 8;
    private const int IdBytes = 16;
    private const int HeadBytes = MarkBytes + IdBytes + sizeof(int);

    /// <summary>What a list's cursors carry.</summary>
    /// <param name="filters">Everything that decides which rows come in which order.</param>
    public static byte[] MarkOf(params IReadOnlyList<object?> filters)
    {
        var words = filters.Select(filter =>
            filter is decimal amount ? WireJson.Spell(amount) : Convert.ToString(filter, CultureInfo.InvariantCulture));
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words)));
    }

    public string Write(byte[] mark)
    {
        var key = Encoding.UTF8.GetBytes(WireJson.Spell(Key));
        var bytes = new byte[HeadBytes + key.Length];
        Id.TryWriteBytes(bytes.AsSpan(MarkBytes));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(MarkBytes + IdBytes), Count);
        key.CopyTo(bytes, HeadBytes);
        Seal(mark, bytes).CopyTo(bytes, 0);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null without a cursor; BAD_INPUT for one of another list.</summary>
    public static AdCursor? Read(string? cursor, byte[] mark)
    {
        if (cursor is null)
        {
            return null;
        }

        if (cursor.Length <= Limits.CursorCharsMax && Base64Url.IsValid(cursor))
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length > HeadBytes
                && bytes.AsSpan(0, MarkBytes).SequenceEqual(Seal(mark, bytes))
                && WireJson.TryReadAmount(Encoding.UTF8.GetString(bytes.AsSpan(HeadBytes)), out var key))
            {
                return new AdCursor(
                    new Guid(bytes.AsSpan(MarkBytes, IdBytes)),
                    key,
                    BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(MarkBytes + IdBytes)));
            }
        }

        throw new Refused(AdTermsRules.Bad("cursor", "The cursor belongs to another list: begin again without one."));
    }

    private static byte[] Seal(byte[] mark, byte[] bytes) => SHA256.HashData([.. mark, .. bytes.AsSpan(MarkBytes)])[..MarkBytes];
}
