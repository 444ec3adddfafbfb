using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>One of everything that belongs to somebody on the trade hub.</summary>
internal sealed record TradeWorld
{
    /// <summary>The maker of the ad, who sells.</summary>
    public required Trader Seller { get; init; }

    /// <summary>The taker of every order but the one that has ended.</summary>
    public required Trader Buyer { get; init; }

    /// <summary>The taker of the order that has ended.</summary>
    public required Trader Former { get; init; }

    public required Guid Ad { get; init; }

    /// <summary>An order that awaits payment.</summary>
    public required Guid Unpaid { get; init; }

    /// <summary>An order whose payment is confirmed.</summary>
    public required Guid Confirmed { get; init; }

    /// <summary>An order under dispute.</summary>
    public required Guid Disputed { get; init; }

    /// <summary>Its dispute.</summary>
    public required Guid Dispute { get; init; }

    /// <summary>An order that has ended well.</summary>
    public required Guid Released { get; init; }

    /// <summary>The seller's review of the order that has ended.</summary>
    public required Guid Review { get; init; }

    /// <summary>The seller's complaint about the order that has ended.</summary>
    public required Guid Complaint { get; init; }

    /// <summary>The seller's.</summary>
    public required Guid Webhook { get; init; }

    /// <summary>The seller's.</summary>
    public required Guid Browser { get; init; }
}
