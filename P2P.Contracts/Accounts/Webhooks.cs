namespace P2P.Contracts.Accounts;

/// <summary>Whose events a webhook tells: the user's stream of one hub.</summary>
public enum WebhookAudience
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The stream of the trade hub.</summary>
    Trade,

    /// <summary>The stream of the dealer hub.</summary>
    Dealer,
}

/// <summary>Whether a webhook works.</summary>
public enum WebhookStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Events are delivered.</summary>
    Active,

    /// <summary>Its owner paused it.</summary>
    Paused,

    /// <summary>The server stopped it, because every delivery failed for days or the receiver answered 410. Resume it when it works again.</summary>
    Failed,
}

/// <summary>What a delivery carried.</summary>
public enum WebhookDeliveryKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Events.</summary>
    Events,

    /// <summary>No events: its owner asked for a test.</summary>
    Test,
}

/// <summary>
/// Registers an address that is told the user's events. Its position is a number of the stream, so nothing is lost while the receiver is down.
/// </summary>
public sealed record CreateWebhookRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>
    /// Where deliveries go: an https address of at most 2,000 ASCII characters, without user and fragment, on port 443 or one above 1,023, whose
    /// name leads to public addresses only.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Whose events.</summary>
    public required WebhookAudience Audience { get; init; }

    /// <summary>Names of events that are told (<c>OrderChanged</c>, <c>MessageSent</c> ...), 1 to 50; all when left out.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The number of the last event that the receiver already has; the stream's newest when left out.</summary>
    public long? AfterSeq { get; init; }
}

/// <summary>Names a webhook that is to be changed.</summary>
public sealed record WebhookRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }
}

/// <summary>Lets a webhook go on.</summary>
public sealed record ResumeWebhookRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>True: what happened while it was paused is never told. Left out, everything since its position is.</summary>
    public bool? SkipMissed { get; init; }
}

/// <summary>Makes a new secret.</summary>
public sealed record RotateWebhookSecretRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>For how many hours deliveries carry a signature by the former secret too, 0 to 72; 24 when left out.</summary>
    public int? OverlapHours { get; init; }
}

/// <summary>A webhook as its owner sees it.</summary>
public sealed record WebhookView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where deliveries go.</summary>
    public required string Url { get; init; }

    /// <summary>Whose events.</summary>
    public required WebhookAudience Audience { get; init; }

    /// <summary>Which events; null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Whether it works.</summary>
    public required WebhookStatus Status { get; init; }

    /// <summary>Since when it has this status.</summary>
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Up to here every event was delivered or is of a type that is not told.</summary>
    public required long Seq { get; init; }

    /// <summary>The number of the newest event of its stream.</summary>
    public required long HeadSeq { get; init; }

    /// <summary>Since when every delivery fails; null while they succeed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when deliveries are signed by the former secret too; null when there is none.</summary>
    public DateTimeOffset? FormerSecretEndsAt { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A webhook with its new secret, which no other call tells.</summary>
public sealed record WebhookSecretReply
{
    /// <summary>The webhook.</summary>
    public required WebhookView Webhook { get; init; }

    /// <summary>
    /// <c>whsec_</c> and 32 bytes in base64. Keep it where the receiver alone can read it: whoever has it can forge deliveries. A repeat of the
    /// same request gets it again.
    /// </summary>
    public required string Secret { get; init; }
}

/// <summary>What deleting a webhook answers.</summary>
public sealed record WebhookReply
{
    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }
}

/// <summary>A test that is on its way.</summary>
public sealed record WebhookTestReply
{
    /// <summary>Its place in the list of deliveries, once it was sent.</summary>
    public required Guid DeliveryId { get; init; }
}

/// <summary>A page of the log of deliveries.</summary>
public sealed record ListWebhookDeliveriesRequest
{
    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>Those that failed; all when left out.</summary>
    public bool? FailedOnly { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One attempt to deliver.</summary>
public sealed record WebhookDeliveryView
{
    /// <summary>Its id; later ones sort after earlier ones.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it carried.</summary>
    public required WebhookDeliveryKind Kind { get; init; }

    /// <summary>The number of its first event; null for a test.</summary>
    public long? FirstSeq { get; init; }

    /// <summary>The number of its last event; null for a test.</summary>
    public long? LastSeq { get; init; }

    /// <summary>How many events it carried.</summary>
    public required int Events { get; init; }

    /// <summary>Which attempt it was: 1 for the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The receiver answered 2xx in time.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int LatencyMs { get; init; }

    /// <summary>Why it failed, in a sentence; null when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// The body of a delivery, as a receiver reads it. Deliveries of one webhook come one after the other and in order, each at least once: apply the
/// events whose number is above the last that was applied, and answer 2xx only when that is safely stored.
/// </summary>
public sealed record WebhookDelivery
{
    /// <summary>Which webhook.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>Whose events.</summary>
    public required WebhookAudience Audience { get; init; }

    /// <summary>Names the history of the server's database. In another one, numbers that were stored before mean nothing.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>The number of the last event that was delivered before; 0 for none. Whoever has less missed something.</summary>
    public required long PreviousSeq { get; init; }

    /// <summary>Up to here nothing more will come: what is not among the events is of a type that is not told.</summary>
    public required long UpToSeq { get; init; }

    /// <summary>True: events between were dropped because they were too old. Reload what you keep.</summary>
    public bool? EventsLost { get; init; }

    /// <summary>True: a test; it has no events.</summary>
    public bool? Test { get; init; }

    /// <summary>The events in order, as <c>EventsSince</c> gives them; their numbers have gaps when types were chosen.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }
}
