using P2P.Contracts.Deals;

namespace P2P.Contracts.Admin;

/// <summary>Which orders; what is left out does not matter.</summary>
public sealed record SearchOrdersRequest
{
    /// <summary>The id of a party.</summary>
    public long? UserId { get; init; }

    /// <summary>Where the orders stand.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>The asset's code.</summary>
    public string? Asset { get; init; }

    /// <summary>Placed at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Placed before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those whose seller has let the time to release pass.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An order in a list.</summary>
public sealed record StaffOrderRow
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What is exchanged.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>The ad that it answers.</summary>
    public required Guid AdId { get; init; }

    /// <summary>The buyer's id.</summary>
    public required long BuyerId { get; init; }

    /// <summary>The buyer's name.</summary>
    public string? BuyerName { get; init; }

    /// <summary>The seller's id.</summary>
    public required long SellerId { get; init; }

    /// <summary>The seller's name.</summary>
    public string? SellerName { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>What the escrow holds, or held.</summary>
    public required decimal Held { get; init; }

    /// <summary>The maker's fee within it.</summary>
    public required decimal Fee { get; init; }

    /// <summary>The currency's code; null for an order that is not for fiat.</summary>
    public string? Fiat { get; init; }

    /// <summary>How much the buyer pays.</summary>
    public decimal? FiatAmount { get; init; }

    /// <summary>Until when somebody owes something; null when nobody does or the clock stands still.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The seller has let the time to release pass.</summary>
    public required bool Overdue { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An order as staff see it.</summary>
public sealed record StaffOrderView
{
    /// <summary>What lists show, too.</summary>
    public required StaffOrderRow Order { get; init; }

    /// <summary>Every change, oldest first.</summary>
    public required IReadOnlyList<OrderHistoryView> History { get; init; }

    /// <summary>Every movement of its escrow, oldest first.</summary>
    public required IReadOnlyList<OrderTransferView> Transfers { get; init; }
}

/// <summary>A change of an order.</summary>
public sealed record OrderHistoryView
{
    /// <summary>The version that it made.</summary>
    public required int Version { get; init; }

    /// <summary>Where the order stood; null before the first.</summary>
    public OrderStatus? From { get; init; }

    /// <summary>Where it stands since.</summary>
    public required OrderStatus To { get; init; }

    /// <summary>What was done.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>By which party.</summary>
    public required Party By { get; init; }

    /// <summary>By whom; 0 for the server itself.</summary>
    public required long ActorId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its link in the order's chain, in hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>One side of a movement of an order's escrow.</summary>
public sealed record OrderTransferView
{
    /// <summary>The transfer's id: its entries sum to zero.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>Why.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Which account, as the ledger keeps it: Available, Escrow or Fees.</summary>
    public required string Account { get; init; }

    /// <summary>Whose; null for escrow and fees.</summary>
    public long? UserId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Positive when the account grew.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
