namespace P2P.Contracts.Deals;

/// <summary>A dispute as a party of its order sees it.</summary>
public sealed record DisputeView
{
    /// <summary>The dispute's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>Why the order is disputed.</summary>
    public required DisputeReason Reason { get; init; }

    /// <summary>What the one who raised it wrote; empty when the server did.</summary>
    public required string Text { get; init; }

    /// <summary>Who raised it.</summary>
    public required Party RaisedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When a rule acts if nobody does; null when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Somebody of the staff has the case.</summary>
    public required bool IsAssigned { get; init; }

    /// <summary>The buyer accepts the present ruling.</summary>
    public required bool BuyerAccepts { get; init; }

    /// <summary>The seller accepts the present ruling.</summary>
    public required bool SellerAccepts { get; init; }

    /// <summary>Who appealed; null when nobody did.</summary>
    public Party? AppealedBy { get; init; }

    /// <summary>All rulings, oldest first; the last one counts.</summary>
    public required IReadOnlyList<RulingView> Rulings { get; init; }

    /// <summary>What was shown, oldest first; a list of disputes leaves it empty.</summary>
    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>What was done, oldest first; a list of disputes leaves it empty.</summary>
    public required IReadOnlyList<DisputeStepView> Steps { get; init; }

    /// <summary>
    /// Which messages and files of the order's room staff read, oldest first, at most 100; only once the dispute has ended, and not in a
    /// list of disputes.
    /// </summary>
    public IReadOnlyList<StaffReadView>? StaffReads { get; init; }
}

/// <summary>A ruling, as both parties read it.</summary>
public sealed record RulingView
{
    /// <summary>What it does with the escrow.</summary>
    public required RulingDecision Decision { get; init; }

    /// <summary>The buyer's part in percent; for a split only.</summary>
    public decimal? BuyerPercent { get; init; }

    /// <summary>The automated rule that decided; null when people did.</summary>
    public string? Rule { get; init; }

    /// <summary>The reasons.</summary>
    public required string Text { get; init; }

    /// <summary>No appeal is left.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>What a party showed.</summary>
public sealed record EvidenceView
{
    /// <summary>The evidence's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who showed it.</summary>
    public required Party By { get; init; }

    /// <summary>What it shows.</summary>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One change of a dispute.</summary>
public sealed record DisputeStepView
{
    /// <summary>The dispute's version after it.</summary>
    public required int Version { get; init; }

    /// <summary>What was done.</summary>
    public required DisputeAction Action { get; init; }

    /// <summary>By whom.</summary>
    public required Party By { get; init; }

    /// <summary>Where the dispute stood then.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>The rule that acted; null when people did.</summary>
    public string? Rule { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
