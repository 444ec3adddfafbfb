namespace P2P.Server.Accounts.Profiles;

/// <summary>What a user's orders tell beyond the standing; null where there is nothing to tell.</summary>
public sealed record TradeRecord
{
    public decimal? Reputation { get; init; }

    public int? DistinctPartners { get; init; }

    /// <summary>Orders of the last 30 days that were released.</summary>
    public int RecentlyCompleted { get; init; }

    /// <summary>Orders of the last 30 days that came to nothing by the user's doing.</summary>
    public int RecentlyLapsed { get; init; }

    public int? MedianPaymentSeconds { get; init; }

    public int? MedianReleaseSeconds { get; init; }
}

/// <summary>Reads a user's trade record. Accounts know no orders: whoever does answers.</summary>
public delegate Task<TradeRecord> ReadTradeRecord(long userId, CancellationToken cancellation);
