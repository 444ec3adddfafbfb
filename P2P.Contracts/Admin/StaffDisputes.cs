using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>Which disputes; what is left out does not matter.</summary>
public sealed record ListDisputeQueueRequest
{
    /// <summary>Ended disputes instead of open ones.</summary>
    public bool? Ended { get; init; }

    /// <summary>Where they stand.</summary>
    public DisputeStatus? Status { get; init; }

    /// <summary>Those that the caller has.</summary>
    public bool? AssignedToMe { get; init; }

    /// <summary>Those that nobody has.</summary>
    public bool? Unassigned { get; init; }

    /// <summary>Those whose ruling waits for a second person.</summary>
    public bool? SecondWanted { get; init; }

    /// <summary>Those on the caller's watch list.</summary>
    public bool? Watched { get; init; }

    /// <summary>Those whose deadline is over within so many minutes, 1 to 100,000; open ones only.</summary>
    public int? DueWithinMinutes { get; init; }

    /// <summary>The id of a party.</summary>
    public long? UserId { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>; good for open, or for ended disputes.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Which case: by the dispute's own id or by its order's.</summary>
public sealed record GetStaffDisputeRequest
{
    /// <summary>The dispute.</summary>
    public Guid? DisputeId { get; init; }

    /// <summary>Its order.</summary>
    public Guid? OrderId { get; init; }
}

/// <summary>Which members of staff.</summary>
public sealed record ListStaffRequest
{
    /// <summary>Those with this role, one of <see cref="StaffRoles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Gives a case to somebody. By id or by subject; by neither it is taken from everybody.</summary>
public sealed record AssignDisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>The arbitrator's user id.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The subject of the arbitrator's tokens.</summary>
    public string? AssigneeSub { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }

    /// <summary>Refuse with STALE_VERSION when the dispute has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Decides a case.</summary>
public sealed record RuleDisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>What happens with the escrow.</summary>
    public required RulingDecision Decision { get; init; }

    /// <summary>The buyer's part, more than 0 and less than 100 percent with two decimals; for a split, and for nothing else.</summary>
    public decimal? BuyerPercent { get; init; }

    /// <summary>The written ruling, 1 to 4,000 characters; both parties read it.</summary>
    public required string Text { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }

    /// <summary>Refuse with STALE_VERSION when the dispute has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>A decision that is only looked at.</summary>
public sealed record CheckRulingRequest
{
    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>What would happen with the escrow.</summary>
    public required RulingDecision Decision { get; init; }

    /// <summary>The buyer's part in percent; for a split, and for nothing else.</summary>
    public decimal? BuyerPercent { get; init; }
}

/// <summary>Acts on a case.</summary>
public sealed record StaffDisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }

    /// <summary>Refuse with STALE_VERSION when the dispute has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>A helper of a case: exactly one of the id and the subject names them.</summary>
public sealed record DisputeHelperRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>The helper's user id.</summary>
    public long? HelperId { get; init; }

    /// <summary>The subject of the helper's tokens.</summary>
    public string? HelperSub { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Puts a case on the caller's watch list, or off it.</summary>
public sealed record WatchDisputeRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The dispute.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>True: on the list. False: off it.</summary>
    public required bool Watch { get; init; }

    /// <summary>What the caller wants to remember of it, at most 1,000 characters; nobody else reads it.</summary>
    public string? Note { get; init; }
}

/// <summary>Which messages of the room of a case. Before a number, after one, or the newest.</summary>
public sealed record GetCaseMessagesRequest
{
    /// <summary>The order whose case the caller has or helps with.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Messages before this number, newest first.</summary>
    public long? BeforeSeq { get; init; }

    /// <summary>Messages after this number, oldest first.</summary>
    public long? AfterSeq { get; init; }

    /// <summary>Messages on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for the audit log, and for the parties after the case is closed.</summary>
    public required string Reason { get; init; }
}

/// <summary>What every act on a case answers.</summary>
public sealed record StaffDisputeReply
{
    /// <summary>The dispute's id.</summary>
    public required Guid DisputeId { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>When a rule acts if nobody does; null when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>What a ruling would do.</summary>
public sealed record RulingCheck
{
    /// <summary>Whether the caller may rule so now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>The first reason against it; empty when it is allowed.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>What the buyer would get.</summary>
    public required decimal BuyerGets { get; init; }

    /// <summary>What the seller would have back.</summary>
    public required decimal SellerGets { get; init; }

    /// <summary>The fee that would be taken.</summary>
    public required decimal Fee { get; init; }

    /// <summary>It would wait for a second person.</summary>
    public required bool NeedsSecond { get; init; }

    /// <summary>It would take effect at once: an appeal is decided by it.</summary>
    public required bool IsFinal { get; init; }
}
