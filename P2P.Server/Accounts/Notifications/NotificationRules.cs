using System.Buffers.Text;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications;

/// <summary>The shape of the requests, and the cursors of the lists.</summary>
public static class NotificationRules
{
    private const char CursorSeparator = '|';

    /// <summary>Exactly one way of naming what is read.</summary>
    public static void Check(MarkNotificationsReadRequest request)
    {
        if (request.All is false)
        {
            throw Bad("What is given as all is true.", "all");
        }

        if (request.Ids is { Count: 0 or > Limits.NotificationIdsMax })
        {
            throw Bad($"One call marks 1 to {Limits.NotificationIdsMax} by id.", "ids");
        }

        var given = (request.Ids is null ? 0 : 1) + (request.UpTo is null ? 0 : 1) + (request.All is null ? 0 : 1);
        if (given != 1)
        {
            throw Bad("Give exactly one of ids, upTo and all.", "all");
        }
    }

    /// <summary>A cursor is good for the list that it came from and for no other.</summary>
    public static string Cursor(string list, Guid last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(CursorSeparator, list, last.ToString("N"))));

    /// <summary>Id of the last row seen; null on the first page.</summary>
    public static Guid? Before(string? cursor, string list)
    {
        if (cursor is null)
        {
            return null;
        }

        if (cursor.Length <= Limits.CursorCharsMax && Base64Url.IsValid(cursor))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(CursorSeparator);
            if (parts.Length == 2 && parts[0] == list && Guid.TryParseExact(parts[1], "N", out var id))
            {
                return id;
            }
        }

        throw Bad("The cursor belongs to another list: begin again without one.", "cursor");
    }

    internal static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
