namespace P2P.Contracts.Accounts;

/// <summary>What the caller was told, and how the caller wants to be told.</summary>
public interface INotificationCalls
{
    /// <summary>The caller's notifications, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<NotificationView>> ListNotifications(ListNotificationsRequest request);

    /// <summary>How many of them are unread.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<UnreadNotifications> GetUnreadNotifications();

    /// <summary>Marks notifications as read; answers how many are still unread.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (<c>upTo</c>).</remarks>
    Task<UnreadNotifications> MarkNotificationsRead(MarkNotificationsReadRequest request);

    /// <summary>How the caller is notified.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<NotificationPreferences> GetNotificationPreferences();

    /// <summary>Replaces the caller's preferences.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<NotificationPreferences> SetNotificationPreferences(SetNotificationPreferencesRequest request);

    /// <summary>Sends a code of six digits, good for 15 minutes and 5 tries, to the profile's address. A later one replaces it.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_NOT_OFFERED, EMAIL_MISSING, ALREADY_DONE,
    /// QUOTA_EXCEEDED (5 an hour).
    /// </remarks>
    Task<EmailReply> SendEmailCode(SendEmailCodeRequest request);

    /// <summary>Confirms the profile's address with the code; changing the address needs it anew.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_MISSING, CODE_EXPIRED, CODE_WRONG.</remarks>
    Task<EmailReply> ConfirmEmail(ConfirmEmailRequest request);
}
