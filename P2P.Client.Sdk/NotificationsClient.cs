using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// What the user was told, and how the user wants to be told. Calls are repeated until the server has decided or
/// <see cref="P2PClientOptions.CallTimeout"/> is over; what changes something does so once, because every repeat carries the same request id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice.
/// </remarks>
public sealed class NotificationsClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal NotificationsClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>The user's notifications, newest first.</summary>
    /// <param name="unreadOnly">Those that were not read yet.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<NotificationView>> ListAsync(
        bool? unreadOnly = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListNotifications(new ListNotificationsRequest { UnreadOnly = unreadOnly, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>How many are unread, counted up to 1,000.</summary>
    public async Task<int> CountUnreadAsync(CancellationToken cancellationToken = default) =>
        (await _hub.GetUnreadNotifications(cancellationToken).ConfigureAwait(false)).Unread;

    /// <summary>Marks notifications as read.</summary>
    /// <param name="ids">Which, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    /// <returns>How many are still unread.</returns>
    public Task<UnreadNotifications> MarkReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default) =>
        MarkReadAsync(new MarkNotificationsReadRequest { RequestId = Guid.CreateVersion7(), Ids = ids }, cancellationToken);

    /// <summary>Marks a notification and all before it as read.</summary>
    /// <param name="notificationId">Which.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    /// <returns>How many are still unread.</returns>
    public Task<UnreadNotifications> MarkReadUpToAsync(Guid notificationId, CancellationToken cancellationToken = default) =>
        MarkReadAsync(new MarkNotificationsReadRequest { RequestId = Guid.CreateVersion7(), UpTo = notificationId }, cancellationToken);

    /// <summary>Marks all that are there now as read.</summary>
    /// <returns>How many are still unread.</returns>
    public Task<UnreadNotifications> MarkAllReadAsync(CancellationToken cancellationToken = default) =>
        MarkReadAsync(new MarkNotificationsReadRequest { RequestId = Guid.CreateVersion7(), All = true }, cancellationToken);

    /// <inheritdoc cref="INotificationCalls.MarkNotificationsRead"/>
    public Task<UnreadNotifications> MarkReadAsync(MarkNotificationsReadRequest request, CancellationToken cancellationToken = default) =>
        _hub.MarkNotificationsRead(request, cancellationToken);

    /// <inheritdoc cref="INotificationCalls.GetNotificationPreferences"/>
    public Task<NotificationPreferences> GetPreferencesAsync(CancellationToken cancellationToken = default) =>
        _hub.GetNotificationPreferences(cancellationToken);

    /// <summary>Replaces the preferences as a whole.</summary>
    /// <param name="language">The language of e-mails.</param>
    /// <param name="rhythm">How often e-mails are sent.</param>
    /// <param name="quietHours">When nothing is sent; left out for never.</param>
    /// <param name="kinds">Kinds that differ from the defaults.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<NotificationPreferences> SetPreferencesAsync(
        NotificationLanguage language,
        EmailRhythm rhythm = EmailRhythm.Immediate,
        QuietHours? quietHours = null,
        IReadOnlyList<KindPreference>? kinds = null,
        CancellationToken cancellationToken = default) =>
        SetPreferencesAsync(
            new SetNotificationPreferencesRequest
            {
                RequestId = Guid.CreateVersion7(),
                Language = language,
                Rhythm = rhythm,
                QuietHours = quietHours,
                Kinds = kinds ?? [],
            },
            cancellationToken);

    /// <inheritdoc cref="INotificationCalls.SetNotificationPreferences"/>
    public Task<NotificationPreferences> SetPreferencesAsync(
        SetNotificationPreferencesRequest request,
        CancellationToken cancellationToken = default) =>
        _hub.SetNotificationPreferences(request, cancellationToken);

    /// <summary>Sends a code of six digits, good for 15 minutes and 5 tries, to the profile's address.</summary>
    public Task<EmailReply> SendEmailCodeAsync(CancellationToken cancellationToken = default) =>
        SendEmailCodeAsync(new SendEmailCodeRequest { RequestId = Guid.CreateVersion7() }, cancellationToken);

    /// <inheritdoc cref="INotificationCalls.SendEmailCode"/>
    public Task<EmailReply> SendEmailCodeAsync(SendEmailCodeRequest request, CancellationToken cancellationToken = default) =>
        _hub.SendEmailCode(request, cancellationToken);

    /// <summary>Confirms the profile's address.</summary>
    /// <param name="code">The six digits that were sent.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<EmailReply> ConfirmEmailAsync(string code, CancellationToken cancellationToken = default) =>
        ConfirmEmailAsync(new ConfirmEmailRequest { RequestId = Guid.CreateVersion7(), Code = code }, cancellationToken);

    /// <inheritdoc cref="INotificationCalls.ConfirmEmail"/>
    public Task<EmailReply> ConfirmEmailAsync(ConfirmEmailRequest request, CancellationToken cancellationToken = default) =>
        _hub.ConfirmEmail(request, cancellationToken);

    /// <summary>
    /// Each new notification, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<NotificationAdded>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<NotificationAdded>(_events, filter: null, cancellationToken);
}
