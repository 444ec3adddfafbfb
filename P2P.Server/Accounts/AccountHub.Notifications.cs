using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<Page<NotificationView>> ListNotifications(ListNotificationsRequest request) =>
        desk.Flows.Notifications.Notifications.List(Caller, request, Aborted);

    public Task<UnreadNotifications> GetUnreadNotifications() => desk.Flows.Notifications.Notifications.Unread(Caller, Aborted);

    public Task<UnreadNotifications> MarkNotificationsRead(MarkNotificationsReadRequest request) =>
        desk.Flows.Notifications.Notifications.MarkRead(Caller, request, Aborted);

    public Task<NotificationPreferences> GetNotificationPreferences() => desk.Flows.Notifications.Preferences.Get(Caller, Aborted);

    public Task<NotificationPreferences> SetNotificationPreferences(SetNotificationPreferencesRequest request) =>
        desk.Flows.Notifications.Preferences.Set(Caller, request, Aborted);

    public Task<EmailReply> SendEmailCode(SendEmailCodeRequest request) =>
        desk.Flows.Notifications.Emails.SendCode(Caller, request, Aborted);

    public Task<EmailReply> ConfirmEmail(ConfirmEmailRequest request) => desk.Flows.Notifications.Emails.Confirm(Caller, request, Aborted);
}
