namespace P2P.Contracts.Dealers;

/// <summary>What the rows of sales are.</summary>
public enum SalesGrouping
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>One row an item and currency, those that earned most first.</summary>
    Item,

    /// <summary>One row a buyer and currency, those who paid most first.</summary>
    Peer,

    /// <summary>One row a day (UTC) and currency.</summary>
    Day,
}

/// <summary>Which days of sales, and how they are put together.</summary>
public sealed record GetSalesRequest
{
    /// <summary>The first day (UTC).</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day (UTC), at most 366 days after the first; today is counted up to now.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What the rows are.</summary>
    public required SalesGrouping By { get; init; }
}

/// <summary>A dealer's sales of some days.</summary>
public sealed record SalesView
{
    /// <summary>Currency by currency; at most 5,000.</summary>
    public required IReadOnlyList<SalesRow> Rows { get; init; }

    /// <summary>True when there are more rows than these: ask for fewer days.</summary>
    public required bool IsCut { get; init; }
}

/// <summary>Sales of one item, to one peer or of one day, in one currency.</summary>
public sealed record SalesRow
{
    /// <summary>The item; null unless the rows are items.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>What it is called now.</summary>
    public string? ItemName { get; init; }

    /// <summary>What its quantities count.</summary>
    public string? Unit { get; init; }

    /// <summary>How much of it was sent; null unless the rows are items, because units differ.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The buyer; null unless the rows are peers.</summary>
    public string? PeerId { get; init; }

    /// <summary>What the buyer is called.</summary>
    public string? PeerName { get; init; }

    /// <summary>The day (UTC) on which the orders ended; null unless the rows are days.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Currency { get; init; }

    /// <summary>Orders that were completed.</summary>
    public required long Orders { get; init; }

    /// <summary>The price of what was ordered in them.</summary>
    public required decimal Ordered { get; init; }

    /// <summary>
    /// What the caller got for them: from escrow what the ledger paid out, after refunds and rulings; without escrow the price of what was sent.
    /// </summary>
    public required decimal Earned { get; init; }
}

/// <summary>Which days of stock.</summary>
public sealed record GetStockTurnoverRequest
{
    /// <summary>The first day (UTC).</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day (UTC), at most 366 days after the first; today is counted up to now.</summary>
    public required DateOnly To { get; init; }
}

/// <summary>A dealer's stock within some days.</summary>
public sealed record StockTurnoverView
{
    /// <summary>One row an item that was there within these days, those that were sold most often first; at most 5,000.</summary>
    public required IReadOnlyList<StockTurnoverRow> Rows { get; init; }

    /// <summary>True when there are more rows than these.</summary>
    public required bool IsCut { get; init; }
}

/// <summary>How an item's stock went.</summary>
public sealed record StockTurnoverRow
{
    /// <summary>The item.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>What it is called now.</summary>
    public required string ItemName { get; init; }

    /// <summary>What its quantities count.</summary>
    public required string Unit { get; init; }

    /// <summary>Free stock when the first day began, 0 for an item that was not there yet. What open orders reserve is not free.</summary>
    public required decimal Opening { get; init; }

    /// <summary>Free stock when the last day ended, or now.</summary>
    public required decimal Closing { get; init; }

    /// <summary>What was sent in orders that were completed within these days.</summary>
    public required decimal Sold { get; init; }

    /// <summary>
    /// <see cref="Sold"/> by the mean of <see cref="Opening"/> and <see cref="Closing"/>, four decimals, half to even; null when both are 0.
    /// </summary>
    public decimal? Turnover { get; init; }
}
