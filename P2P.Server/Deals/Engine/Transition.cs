using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Engine;

/// <summary>What a transition does with the money in escrow.</summary>
public enum EscrowEffect
{
    None,

    /// <summary>From the available balance of whoever pays into escrow.</summary>
    Hold,

    /// <summary>From escrow to whoever is paid, and the fee to the operator. Goods of which a part was refunded are released as a split.</summary>
    Release,

    /// <summary>From escrow back to whoever paid.</summary>
    Refund,

    /// <summary>From escrow in part to the buyer, the rest to the seller; no fee.</summary>
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

    /// <summary>By how much more, or less, the offer has left; 0 leaves it alone. An order that gives something back has its offer locked.</summary>
    public decimal Remaining { get; init; }

    /// <summary>Standings after the change; only those that changed.</summary>
    public required IReadOnlyList<Standing> Standings { get; init; }
}
