using System.Buffers.Text;
using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Contacts;

/// <summary>A place in a list of contacts: the last row seen.</summary>
public sealed record ContactPlace(DateTimeOffset At, long OtherId);

/// <summary>Pure decisions about contacts, and the cursors of their lists.</summary>
public static class ContactRules
{
    /// <summary>Nobody blocks or favours themselves.</summary>
    public static void Check(Caller caller, ContactRequest request)
    {
        if (request.ProfileId == caller.UserId)
        {
            throw Bad("profileId", "This is your own profile.");
        }
    }

    /// <summary>Why the other cannot be held so; null when they can.</summary>
    public static Reason? CannotHold(ContactKind wanted, ContactKind? present, int heldSo) =>
        wanted == ContactKind.Favourite && present == ContactKind.Blocked
            ? Refused.Because(ErrorCodes.UserBlocked, "You block this user: end the block first.")
            : heldSo >= Limits.ContactsMax && present != wanted
                ? Refused.Because(
                    ErrorCodes.QuotaExceeded,
                    $"At most {Limits.ContactsMax} users are kept.",
                    ("quota", "contacts"),
                    ("limit", Limits.ContactsMax.ToString(CultureInfo.InvariantCulture)))
                : null;

    /// <summary>A cursor is good for the list of its own kind only.</summary>
    public static string Cursor(ContactKind kind, ContactRow last) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}|{last.At.UtcTicks}|{last.OtherId}")));

    /// <summary>Null on the first page.</summary>
    public static ContactPlace? After(ContactKind kind, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        return cursor.Length <= Limits.CursorCharsMax
            && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|') is [var list, var at, var id]
            && list == kind.ToString()
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var otherId)
            ? new ContactPlace(new DateTimeOffset(ticks, TimeSpan.Zero), otherId)
            : throw Bad("cursor", "The cursor belongs to another list: begin again without one.");
    }

    private static Refused Bad(string path, string sentence) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
