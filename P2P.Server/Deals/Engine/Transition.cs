using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Engine;

/// <summary>What a transition does with the money in escrow.</summary>
public enum EscrowEffect
{
    None,

    /// <summary>From the seller's available balance into escrow; the offer has that much less left.</summary>
    Hold,

    /// <summary>From escrow to the buyer, and the fee to the operator.</summary>
    Release,

    /// <summary>From escrow back to the seller; the offer has it back too.</summary>
    Refund,

    /// <summary>From escrow in part to the buyer, the rest to the seller; no fee, and nothing goes back to the offer.</summary>
    Split,
}

/// <summary>One row of a kind's table: the only way by which a status changes.</summary>
public sealed record Transition(OrderStatus From, OrderAction Action, Party By, OrderStatus To, EscrowEffect Escrow, Duty Duty);

/// <summary>What a kind's rules decided about one command: everything that is then written.</summary>
public sealed record Decision
{
    /// <summary>The order after the change, its version and times still as before.</summary>
    public required Order Order { get; init; }

    /// <summary>The kind's own row after the change.</summary>
    public required object Detail { get; init; }

    public required OrderAction Action { get; init; }

    public required Party By { get; init; }

    public required EscrowEffect Escrow { get; init; }

    /// <summary>What the buyer gets of a split; null for every other effect.</summary>
    public decimal? BuyerShare { get; init; }

    /// <summary>Standings after the change; only those that changed.</summary>
    public required IReadOnlyList<Standing> Standings { get; init; }
}
