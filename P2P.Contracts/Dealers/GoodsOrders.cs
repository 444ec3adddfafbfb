using System.Text.Json.Serialization;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Dealers;

/// <summary>Requests goods.</summary>
public sealed record CreateGoodsOrderRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>An item that the caller may order.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>How many of the item's unit, at most 3 decimals.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>
    /// Refuse with PRICE_CHANGED when one unit costs something else. Without it the order is placed at whatever the price is. The server does not know
    /// a sealed item's price: there it is needed, the order is placed at it, and its seller, who does know, accepts or declines.
    /// </summary>
    public decimal? ExpectedPrice { get; init; }

    /// <summary>
    /// Whether what is paid lies in escrow until the goods arrived. True is refused with NO_ESCROW where the item's currency is no asset of the ledger;
    /// left out, there is one wherever there can be.
    /// </summary>
    public bool? Escrow { get; init; }

    /// <summary>What the seller should know: an address, a wish; at most 1,000 characters.</summary>
    public string? Notes { get; init; }
}

/// <summary>The same as <see cref="CreateGoodsOrderRequest"/>, to be checked only.</summary>
public sealed record CheckCreateGoodsOrderRequest
{
    /// <summary>An item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>How many of the item's unit.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Refuse with PRICE_CHANGED when one unit costs something else; needed for a sealed item.</summary>
    public decimal? ExpectedPrice { get; init; }

    /// <summary>Whether what is paid is to lie in escrow.</summary>
    public bool? Escrow { get; init; }
}

/// <summary>What a check of a goods order answers.</summary>
public sealed record GoodsOrderCheck
{
    /// <summary>True when <c>CreateGoodsOrder</c> would succeed now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Every reason why not, in the order in which the command checks them.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>What the order would look like; null when the caller sees no such item, or says no price of a sealed one.</summary>
    public GoodsQuote? Quote { get; init; }
}

/// <summary>The amounts of a goods order that is not placed yet.</summary>
public sealed record GoodsQuote
{
    /// <summary>The price of one unit.</summary>
    public required decimal Price { get; init; }

    /// <summary>A currency, or an asset of the ledger.</summary>
    public required string Currency { get; init; }

    /// <summary>What the buyer pays, rounded half to even to the currency's decimals.</summary>
    public required decimal Total { get; init; }

    /// <summary>What is paid lies in escrow until the goods arrived.</summary>
    public required bool Escrow { get; init; }
}

/// <summary>Acts on a goods order. <c>ConfirmGoodsReceipt</c> alone asks for a second factor; the other calls do not look at the code.</summary>
public sealed record GoodsOrderRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>Takes a goods order.</summary>
public sealed record AcceptGoodsOrderRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Days from the payment until everything is on its way, 1 to 60; 7 when left out.</summary>
    public int? FulfilDays { get; init; }
}

/// <summary>Pays a goods order.</summary>
public sealed record PayGoodsOrderRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>What the seller finds the money by, where it is paid without escrow; at most 140 characters.</summary>
    public string? PaymentReference { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>Says that a part is on its way.</summary>
public sealed record FulfilPartRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How many; less than what is left.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Who carries it, at most 60 characters.</summary>
    public string? Carrier { get; init; }

    /// <summary>What the carrier calls it, at most 100 characters.</summary>
    public string? Tracking { get; init; }

    /// <summary>More about it, at most 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>A file of the caller's in this order that proves it.</summary>
    public Guid? ProofId { get; init; }
}

/// <summary>Says that the last part is on its way.</summary>
public sealed record FulfilRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How many; all that is left when left out. What is missing then is refunded.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Who carries it, at most 60 characters.</summary>
    public string? Carrier { get; init; }

    /// <summary>What the carrier calls it, at most 100 characters.</summary>
    public string? Tracking { get; init; }

    /// <summary>More about it, at most 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>A file of the caller's in this order that proves it.</summary>
    public Guid? ProofId { get; init; }
}

/// <summary>Gives a part of the held money back.</summary>
public sealed record GiveRefundRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own goods orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>How much more than was given before.</summary>
    public required decimal Amount { get; init; }
}

/// <summary>Which goods orders.</summary>
public sealed record ListGoodsOrdersRequest
{
    /// <summary>Open ones, or ended ones; both when left out.</summary>
    public bool? Open { get; init; }

    /// <summary>Those of one status.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>Those in which the caller is buyer or seller.</summary>
    public Party? You { get; init; }

    /// <summary>Those of one item.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>Those with one peer.</summary>
    public string? PeerId { get; init; }

    /// <summary>Those placed at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those placed before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A goods order's state, as events tell it.</summary>
public sealed record GoodsOrderState
{
    /// <summary>The order's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is exchanged.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>The item that is ordered.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>How many.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What is counted.</summary>
    public required string Unit { get; init; }

    /// <summary>The price of one unit, fixed when the order was placed.</summary>
    public required decimal Price { get; init; }

    /// <summary>A currency, or an asset of the ledger.</summary>
    public required string Currency { get; init; }

    /// <summary>What the buyer pays.</summary>
    public required decimal Total { get; init; }

    /// <summary>What is paid lies in escrow until the goods arrived; without, the parties pay each other outside.</summary>
    public required bool Escrow { get; init; }

    /// <summary>How many are on their way or there.</summary>
    public required decimal Fulfilled { get; init; }

    /// <summary>What the buyer gets back of what is held when the order ends as agreed.</summary>
    public required decimal Refund { get; init; }

    /// <summary>Who owes what.</summary>
    public required Duty Duty { get; init; }

    /// <summary>Until when; null while it is disputed (the dispute has a deadline of its own) and when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Somebody has let the time pass.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Who proposes to call the order off; null when nobody does.</summary>
    public Party? CancelRequestedBy { get; init; }
}

/// <summary>A goods order changed.</summary>
public sealed record GoodsOrderChanged
{
    /// <summary>The order after the change.</summary>
    public required GoodsOrderState Order { get; init; }

    /// <summary>What was done.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>By whom.</summary>
    public required Party By { get; init; }
}

/// <summary>A goods order as one of its parties sees it.</summary>
public sealed record GoodsOrderView
{
    /// <summary>The order's state.</summary>
    public required GoodsOrderState State { get; init; }

    /// <summary>Which party the caller is.</summary>
    public required Party You { get; init; }

    /// <summary>What the item was called when it was ordered; empty for a sealed item.</summary>
    public required string ItemName { get; init; }

    /// <summary>The buyer.</summary>
    public required string BuyerPeerId { get; init; }

    /// <summary>What the buyer is called; empty for one who is gone.</summary>
    public required string BuyerName { get; init; }

    /// <summary>The seller.</summary>
    public required string SellerPeerId { get; init; }

    /// <summary>What the seller is called; empty for one who is gone.</summary>
    public required string SellerName { get; init; }

    /// <summary>What the buyer wrote to it.</summary>
    public string? Notes { get; init; }

    /// <summary>What the seller finds the money by, where it was paid without escrow.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>In how many days the seller fulfils; null before the order is accepted.</summary>
    public int? FulfilDays { get; init; }

    /// <summary>What was sent, first part first; empty in lists.</summary>
    public required IReadOnlyList<ShipmentView> Shipments { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A part of a goods order that was sent.</summary>
public sealed record ShipmentView
{
    /// <summary>How many.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Who carries it.</summary>
    public string? Carrier { get; init; }

    /// <summary>What the carrier calls it.</summary>
    public string? Tracking { get; init; }

    /// <summary>More about it.</summary>
    public string? Note { get; init; }

    /// <summary>The file that proves it.</summary>
    public Guid? ProofId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One action on a goods order, as the caller finds it now.</summary>
public sealed record GoodsActionCheck
{
    /// <summary>The action.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>True when it would succeed now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Every reason why not, in the order in which the command checks them.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The status afterwards; null where it is not allowed.</summary>
    public OrderStatus? StatusAfter { get; init; }

    /// <summary>The deadline afterwards; null without one.</summary>
    public DateTimeOffset? DeadlineAfter { get; init; }
}
