using System.Buffers.Text;
using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>The shape of requests on rooms, and who may write when.</summary>
public static class ChatRules
{
    /// <summary>What a message is stored as.</summary>
    /// <param name="cleaned">As it was cleaned; null when nothing was left.</param>
    /// <param name="hasFiles">Then it need say nothing.</param>
    public static string Text(string? cleaned, bool hasFiles) => cleaned switch
    {
        null when hasFiles => "",
        { Length: > 0 and <= Limits.ChatTextCharsMax } => cleaned,
        _ => throw Bad($"A message has 1 to {Limits.ChatTextCharsMax} characters, or a file hangs on it.", "text"),
    };

    /// <summary>The files of a message, each once.</summary>
    public static Guid[] Files(IReadOnlyList<Guid>? ids) => ids is null or { Count: <= Limits.ChatAttachmentsMax }
        ? [.. (ids ?? []).Distinct()]
        : throw Bad($"At most {Limits.ChatAttachmentsMax} files hang on a message.", "attachmentIds");

    /// <summary>As many messages, from the first on, as fit on a page; at least one.</summary>
    public static List<MessageRow> Fitting(IEnumerable<MessageRow> rows)
    {
        var fitting = new List<MessageRow>();
        var chars = 0;
        foreach (var row in rows)
        {
            chars += row.Envelope is null ? 0 : Base64Url.GetEncodedLength(row.Envelope.Length);
            if (fitting.Count > 0 && chars > Limits.MessagePageCharsMax)
            {
                break;
            }

            fitting.Add(row);
        }

        return fitting;
    }

    /// <summary>Before a number, after one, or neither.</summary>
    public static void CheckRange(long? beforeSeq, long? afterSeq)
    {
        if (beforeSeq < 1)
        {
            throw Bad("Messages are counted from 1.", "beforeSeq");
        }

        if (afterSeq < 0)
        {
            throw Bad("Messages are counted from 1.", "afterSeq");
        }

        if (beforeSeq is not null && afterSeq is not null)
        {
            throw Bad("Ask for messages before a number or after one.", "afterSeq");
        }
    }

    /// <summary>A receipt names a message that there is.</summary>
    public static void CheckReceipt(long upToSeq, long lastSeq)
    {
        if (upToSeq < 1 || upToSeq > lastSeq)
        {
            throw Bad("The room has no message of this number.", "upToSeq");
        }
    }

    /// <summary>Until when messages can be written; null while the order is open.</summary>
    public static DateTimeOffset? ClosesAt(OrderStatus status, DateTimeOffset updatedAt, ChatLimits limits) =>
        status.IsEnded() ? updatedAt.AddDays(limits.ChatDaysAfterEnd) : null;

    /// <summary>Whether a party may write now.</summary>
    public static void CheckOpen(RoomFacts room, DateTimeOffset now, ChatLimits limits)
    {
        if (ClosesAt(room.Status, room.UpdatedAt, limits) is { } closesAt && now >= closesAt)
        {
            throw new Refused(
                ErrorCodes.RoomClosed,
                "The order ended too long ago for messages.",
                ("closedAt", closesAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        }

        if (room.LastSeq >= limits.MessagesPerOrder)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"An order's room holds {limits.MessagesPerOrder} messages.",
                ("quota", "messages"),
                ("limit", limits.MessagesPerOrder.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
