namespace P2P.Contracts.Accounts;

/// <summary>What a browser needs to subscribe.</summary>
public sealed record WebPushKey
{
    /// <summary>
    /// The server's public key (P-256, uncompressed, base64url): <c>applicationServerKey</c> of <c>pushManager.subscribe</c>. Null when this
    /// server sends no web pushes.
    /// </summary>
    public string? PublicKey { get; init; }
}

/// <summary>Registers a browser's push subscription; the same endpoint again replaces its keys.</summary>
public sealed record RegisterWebPushRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The subscription's <c>endpoint</c>: an https address of at most 1,000 characters.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its key <c>p256dh</c>: 65 bytes in base64url.</summary>
    public required string P256dh { get; init; }

    /// <summary>Its key <c>auth</c>: 16 bytes in base64url.</summary>
    public required string Auth { get; init; }
}

/// <summary>Ends a push subscription.</summary>
public sealed record RemoveWebPushRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which.</summary>
    public required Guid SubscriptionId { get; init; }
}

/// <summary>A push subscription as its owner sees it; its endpoint is told to nobody.</summary>
public sealed record WebPushSubscription
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The push service by which it is reached.</summary>
    public required string Service { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the push service last took a message for it; null before the first.</summary>
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>What removing a subscription answers.</summary>
public sealed record WebPushReply
{
    /// <summary>Which subscription.</summary>
    public required Guid SubscriptionId { get; init; }
}

/// <summary>
/// What a push says to the service worker, encrypted to it: what to ask for, and nothing that a lock screen should not show. Read the
/// notification with <c>ListNotifications</c>.
/// </summary>
public sealed record WebPushMessage
{
    /// <summary>The notification's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it tells of.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>The order that it speaks of; null for none.</summary>
    public string? OrderId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }
}
