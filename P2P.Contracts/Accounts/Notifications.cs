namespace P2P.Contracts.Accounts;

/// <summary>What a notification tells of.</summary>
public enum NotificationKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Somebody placed an order with the user. Args: those of an order.</summary>
    OrderPlaced,

    /// <summary>The buyer says that the money is sent. Args: those of an order.</summary>
    PaymentConfirmed,

    /// <summary>The buyer took a mistaken confirmation back. Args: those of an order.</summary>
    ConfirmationUndone,

    /// <summary>The seller gave more time to pay. Args: those of an order.</summary>
    PaymentWindowExtended,

    /// <summary>The asset arrived. Args: those of an order.</summary>
    OrderReleased,

    /// <summary>An order was called off. Args: those of an order.</summary>
    OrderCancelled,

    /// <summary>An order was not paid in time. Args: those of an order.</summary>
    OrderExpired,

    /// <summary>The seller has let the time to release pass. Args: those of an order.</summary>
    OrderOverdue,

    /// <summary>The other party proposes to call an order off. Args: those of an order.</summary>
    CancelRequested,

    /// <summary>The other party declined to call an order off. Args: those of an order.</summary>
    CancelDeclined,

    /// <summary>The other party wrote. Args: <c>orderId</c>.</summary>
    MessageReceived,

    /// <summary>A dispute was opened. Args: <c>orderId</c>, <c>disputeId</c>.</summary>
    DisputeOpened,

    /// <summary>A dispute goes on: something is to be done or to be known. Args: <c>orderId</c>, <c>disputeId</c>.</summary>
    DisputeChanged,

    /// <summary>A dispute was decided. Args: <c>orderId</c>, <c>disputeId</c>.</summary>
    DisputeDecided,

    /// <summary>A review was written of the user. Args: <c>orderId</c>.</summary>
    ReviewReceived,

    /// <summary>Staff suspended the account.</summary>
    AccountSuspended,

    /// <summary>The suspension ended.</summary>
    SuspensionLifted,

    /// <summary>Staff verified the account.</summary>
    AccountVerified,

    /// <summary>Staff made the user a merchant.</summary>
    MerchantGranted,

    /// <summary>The operator tells everybody. Args: <c>text</c>.</summary>
    Announcement,

    /// <summary>Something that protects the account changed. Args: <c>what</c>. Sent in quiet hours, too.</summary>
    SecurityNotice,

    /// <summary>A webhook was stopped because its deliveries fail. Args: <c>webhookId</c>, <c>host</c>.</summary>
    WebhookStopped,

    /// <summary>Staff hid, restored or closed an ad of the user's. Args: <c>adId</c>, <c>status</c>.</summary>
    AdModerated,

    /// <summary>Staff hid a review that the user wrote. Args: <c>orderId</c>.</summary>
    ReviewHidden,

    /// <summary>The other party of an order that has ended filed a complaint, or added to one. Args: <c>orderId</c>, <c>complaintId</c>.</summary>
    ComplaintFiled,

    /// <summary>Staff decided a complaint. Args: <c>orderId</c>, <c>complaintId</c>, <c>outcome</c>.</summary>
    ComplaintDecided,

    /// <summary>Staff declined the user's application to be a merchant; the application says why.</summary>
    MerchantDeclined,

    /// <summary>The user is no merchant any more.</summary>
    MerchantRevoked,

    /// <summary>A peer requests goods. Args: those of a goods order.</summary>
    GoodsRequested,

    /// <summary>The seller accepted a goods order. Args: those of a goods order.</summary>
    GoodsAccepted,

    /// <summary>The seller declined a goods order. Args: those of a goods order.</summary>
    GoodsDeclined,

    /// <summary>The buyer paid a goods order. Args: those of a goods order.</summary>
    GoodsPaid,

    /// <summary>Goods are on their way. Args: those of a goods order.</summary>
    GoodsSent,

    /// <summary>The seller gave a part of the money back. Args: those of a goods order.</summary>
    GoodsRefunded,

    /// <summary>The buyer says that the goods arrived. Args: those of a goods order.</summary>
    GoodsReceived,

    /// <summary>A goods order was called off, or was not answered or paid in time. Args: those of a goods order.</summary>
    GoodsCancelled,

    /// <summary>The other party proposes to call a goods order off, or declined it. Args: those of a goods order.</summary>
    GoodsCancelRequested,

    /// <summary>Something is overdue in a goods order without escrow. Args: those of a goods order.</summary>
    GoodsOverdue,
}

/// <summary>A notification.</summary>
public sealed record NotificationView
{
    /// <summary>Its id; later ones sort after earlier ones.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it tells of.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>
    /// Ids and amounts, by name; of an order: <c>orderId</c>, <c>asset</c>, <c>cryptoAmount</c>, <c>fiat</c>, <c>fiatAmount</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Args { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the user read it; null before.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>A notification was added.</summary>
public sealed record NotificationAdded
{
    /// <summary>The notification.</summary>
    public required NotificationView Notification { get; init; }
}

/// <summary>Which notifications.</summary>
public sealed record ListNotificationsRequest
{
    /// <summary>Those that were not read yet; all when left out.</summary>
    public bool? UnreadOnly { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Marks notifications as read. Exactly one of <c>ids</c>, <c>upTo</c> and <c>all</c> is given.</summary>
public sealed record MarkNotificationsReadRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>These, 1 to 100; one that is not there (any more) does no harm.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>This one and all before it.</summary>
    public Guid? UpTo { get; init; }

    /// <summary>True: all that are there now.</summary>
    public bool? All { get; init; }
}

/// <summary>How many notifications are unread.</summary>
public sealed record UnreadNotifications
{
    /// <summary>Counted up to 1,000.</summary>
    public required int Unread { get; init; }
}
