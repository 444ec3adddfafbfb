using P2P.Server.Dealers.Items;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What was fixed when goods were ordered, and what the parties did since.</summary>
public sealed record GoodsOrder
{
    public required Guid OrderId { get; init; }

    /// <summary>What the item was called.</summary>
    public required string ItemName { get; init; }

    public required string Unit { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Of one unit.</summary>
    public required decimal Price { get; init; }

    public required string Currency { get; init; }

    /// <summary>What the buyer pays.</summary>
    public required decimal Total { get; init; }

    /// <summary>The decimals of the currency.</summary>
    public required short Scale { get; init; }

    /// <summary>Written when the order is placed and never changed, so that it is not read to act on the order.</summary>
    public string? Notes { get; init; }

    public string? PaymentReference { get; init; }

    public int? FulfilDays { get; init; }

    /// <summary>How many are on their way or there.</summary>
    public required decimal Fulfilled { get; init; }

    /// <summary>How many shipments there are.</summary>
    public required int Shipments { get; init; }

    /// <summary>The buyer's part of what is held, as agreed so far.</summary>
    public required decimal Refund { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    public DateTimeOffset? FulfilledAt { get; init; }

    /// <summary>What the action at hand sends; null for any other.</summary>
    public Shipment? Sent { get; init; }

    public decimal Left => Quantity - Fulfilled;
}

/// <summary>A part of an order that was sent.</summary>
public sealed record Shipment
{
    public required Guid OrderId { get; init; }

    /// <summary>From 1 on.</summary>
    public required int Seq { get; init; }

    public required decimal Quantity { get; init; }

    public string? Carrier { get; init; }

    public string? Tracking { get; init; }

    public string? Note { get; init; }

    public Guid? ProofId { get; init; }

    /// <summary>As it was read; the statement that writes it takes the change's time.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>What is asked when goods are ordered, by the command and the check alike.</summary>
public sealed record GoodsTerms(decimal Quantity, decimal? ExpectedPrice, bool? Escrow, string? Notes);

/// <summary>What is asked when something is sent.</summary>
/// <param name="Quantity">How many; null for all that is left.</param>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Tracking">What the carrier calls it.</param>
/// <param name="Note">More about it.</param>
/// <param name="ProofId">The file that proves it.</param>
public sealed record ShipmentTerms(decimal? Quantity, string? Carrier, string? Tracking, string? Note, Guid? ProofId);

/// <summary>How many days a seller takes to fulfil.</summary>
public sealed record AcceptTerms(int FulfilDays);

/// <summary>How much more of the held money the seller gives back.</summary>
public sealed record RefundTerms(decimal Amount);

/// <summary>Everything that ordering goods is decided from.</summary>
public sealed record GoodsPlaceFacts
{
    public required GoodsTerms Terms { get; init; }

    /// <summary>The item as the buyer may see it; null when there is none.</summary>
    public required ItemRow? Item { get; init; }

    public required long BuyerId { get; init; }

    /// <summary>How many the offer has left.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>The decimals of the item's currency.</summary>
    public required short Scale { get; init; }

    /// <summary>The item's currency is an asset of the ledger.</summary>
    public required bool CanHold { get; init; }

    public required Standing Buyer { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required GoodsLimits Limits { get; init; }
}

/// <summary>The operator's limits on goods orders, and their clocks (section <c>Goods</c>).</summary>
public sealed record GoodsLimits
{
    /// <summary>Open goods orders of one user as their buyer.</summary>
    public int OpenOrdersMax { get; init; } = 20;

    /// <summary>How long the seller may take to accept.</summary>
    public int AcceptHours { get; init; } = 48;

    /// <summary>How long the buyer may take to pay once the order is accepted.</summary>
    public int PayHours { get; init; } = 72;

    /// <summary>How long the buyer may take to say that the goods arrived.</summary>
    public int ReceiveDays { get; init; } = 14;
}
