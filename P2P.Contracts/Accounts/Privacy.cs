using P2P.Contracts.Deals;

namespace P2P.Contracts.Accounts;

/// <summary>How the deletion of one's own account stands (<c>/api/p2p/privacy/delete</c>).</summary>
public sealed record DeletionStatus
{
    /// <summary>When it was asked for; null when it was not, or was called off.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When it happens, unless it is called off before; null when none was asked for.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// What stands in its way now: OPEN_ORDERS, OPEN_ADS, OPEN_DISPUTES, BALANCE_NOT_ZERO. While anything does it cannot be asked for, and one
    /// that is due waits.
    /// </summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }
}
