using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications;

/// <summary>A user's own notifications.</summary>
public sealed class NotificationFlow(Database database, RequestLog requests)
{
    public async Task<Page<NotificationView>> List(Caller caller, ListNotificationsRequest request, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var unreadOnly = request.UnreadOnly ?? false;
        var list = unreadOnly ? "unread" : "notifications";
        var before = NotificationRules.Before(request.Cursor, list);
        var rows = (await database.Read(
            tx => NotificationSql.OfUser(tx, caller.UserId, unreadOnly, before, limit + 1), cancellation)).ToList();
        return new Page<NotificationView>
        {
            Items = [.. rows.Take(limit).Select(View)],
            NextCursor = rows.Count > limit ? NotificationRules.Cursor(list, rows[limit - 1].Id) : null,
        };
    }

    public Task<UnreadNotifications> Unread(Caller caller, CancellationToken cancellation) =>
        database.Read(tx => Unread(tx, caller.UserId), cancellation);

    public Task<UnreadNotifications> MarkRead(Caller caller, MarkNotificationsReadRequest request, CancellationToken cancellation)
    {
        NotificationRules.Check(request);
        return requests.Once(
            caller, nameof(INotificationCalls.MarkNotificationsRead), request, change => MarkRead(change, caller, request), cancellation);
    }

    private static async Task<UnreadNotifications> MarkRead(Change change, Caller caller, MarkNotificationsReadRequest request)
    {
        var at = await change.Now();
        if (request.Ids is { } ids)
        {
            await NotificationSql.MarkRead(change.Tx, caller.UserId, [.. ids], at);
        }
        else if (request.UpTo is { } upTo && !await NotificationSql.Exists(change.Tx, caller.UserId, upTo))
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such notification");
        }
        else
        {
            await NotificationSql.MarkReadUpTo(change.Tx, caller.UserId, request.UpTo, at);
        }

        return await Unread(change.Tx, caller.UserId);
    }

    private static async Task<UnreadNotifications> Unread(Tx tx, long userId) =>
        new() { Unread = await NotificationSql.CountUnread(tx, userId, Limits.UnreadCountMax) };

    private static NotificationView View(NotificationRow row) => new()
    {
        Id = row.Id,
        Kind = Enum.TryParse<NotificationKind>(row.Kind, out var kind) ? kind : NotificationKind.Unknown,
        Args = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Args)
            ?? throw new InvalidOperationException("A notification has no args."),
        At = row.At,
        ReadAt = row.ReadAt,
    };
}
