using System.Buffers.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>Reads rooms: for their parties, and for whom <see cref="ChatReaders"/> lets read.</summary>
public sealed class ChatReadFlow(Database database, ChatReaders readers, ChatLimits limits)
{
    public async Task<MessagePage> Messages(OutsideReader reader, GetMessagesRequest request, CancellationToken cancellation)
    {
        ChatRules.CheckRange(request.BeforeSeq, request.AfterSeq);
        var size = ListPage.Size(request.Limit);
        return await database.Read(
            async tx => await ChatSql.Room(tx, request.OrderId) is { } room
                && (room.IsParty(reader.Caller.UserId) || await readers(tx, request, reader))
                    ? await Page(tx, request, size)
                    : throw NotFound(),
            cancellation);
    }

    /// <summary>A piece of a room for staff: whoever calls this has asked whether they may, and records that they did.</summary>
    public static Task<MessagePage> MessagesForStaff(Tx tx, GetMessagesRequest request)
    {
        ChatRules.CheckRange(request.BeforeSeq, request.AfterSeq);
        return Page(tx, request, ListPage.Size(request.Limit));
    }

    public async Task<Page<RoomView>> Rooms(Caller caller, ListRoomsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        return await database.Snapshot(
            async tx =>
            {
                var rows = (await ChatSql.Rooms(tx, caller.UserId, request.Open, before, size + 1)).ToList();
                Guid[] ids = [.. rows.Take(size).Select(row => row.OrderId)];
                var unread = (await ChatSql.Unread(tx, caller.UserId, ids, Limits.UnreadMax)).ToDictionary(row => row.OrderId, row => row.Unread);
                var newest = (await Views(tx, await ChatSql.Newest(tx, ids))).ToDictionary(message => message.OrderId);
                return new Page<RoomView>
                {
                    Items =
                    [
                        .. rows.Take(size).Select(row =>
                            View(row, caller.UserId, unread.GetValueOrDefault(row.OrderId), newest.GetValueOrDefault(row.OrderId))),
                    ],
                    NextCursor = rows.Count > size ? ListPage.After(ids[^1]) : null,
                };
            },
            cancellation);
    }

    public async Task<UnreadCounts> Unread(Caller caller, CancellationToken cancellation)
    {
        var rows = await database.Snapshot(
            async tx =>
            {
                var rooms = await ChatSql.Rooms(tx, caller.UserId, open: true, before: null, Limits.PageSizeMax);
                return (await ChatSql.Unread(tx, caller.UserId, [.. rooms.Select(room => room.OrderId)], Limits.UnreadMax)).ToList();
            },
            cancellation);
        return new UnreadCounts
        {
            Total = rows.Sum(row => row.Unread),
            Rooms = [.. rows.Select(row => new RoomUnread { OrderId = row.OrderId, Unread = row.Unread })],
        };
    }

    /// <summary>What a stranger hears of a room, whether there is one or not.</summary>
    public static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such order.");

    private static async Task<MessagePage> Page(Tx tx, GetMessagesRequest request, int size)
    {
        var rows = (request.AfterSeq is { } after
            ? await ChatSql.After(tx, request.OrderId, after, size + 1)
            : await ChatSql.Before(tx, request.OrderId, request.BeforeSeq, size + 1)).ToList();
        var shown = ChatRules.Fitting(rows.Take(size));
        return new MessagePage { Messages = await Views(tx, shown), More = rows.Count > shown.Count };
    }

    private static async Task<List<MessageView>> Views(Tx tx, IEnumerable<MessageRow> messages)
    {
        var rows = messages.ToList();
        // The server's own messages never have files, and most rooms have nothing else.
        Guid[] ids = [.. rows.Where(row => row.Kind == MessageKind.Text).Select(row => row.Id)];
        var files = (ids.Length == 0 ? [] : await AttachmentSql.OfMessages(tx, ids)).ToLookup(file => file.MessageId, file => file.View());
        return [.. rows.Select(row => View(row, [.. files[row.Id]]))];
    }

    private RoomView View(RoomFacts room, long callerId, int unread, MessageView? newest) => new()
    {
        OrderId = room.OrderId,
        Status = room.Status,
        OtherId = room.OtherThan(callerId),
        ClosesAt = ChatRules.ClosesAt(room.Status, room.UpdatedAt, limits),
        Encryption = room.Encryption,
        LastSeq = room.LastSeq,
        You = room.MarksOf(callerId),
        Other = room.MarksOf(room.OtherThan(callerId)),
        Unread = unread,
        Last = newest,
    };

    private static MessageView View(MessageRow row, IReadOnlyList<FileView> files) => new()
    {
        Id = row.Id,
        OrderId = row.OrderId,
        Seq = row.Seq,
        SenderId = row.SenderId,
        Kind = row.Kind,
        Text = row.Text,
        Code = row.Code,
        Envelope = row.Envelope is null ? null : Base64Url.EncodeToString(row.Envelope),
        Args = row.Args is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(row.Args),
        Attachments = files,
        At = row.At,
    };
}
