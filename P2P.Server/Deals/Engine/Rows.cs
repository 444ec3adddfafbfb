using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Engine;

/// <summary>What can be ordered.</summary>
public sealed record Offer
{
    public required Guid Id { get; init; }

    public required OrderKind Kind { get; init; }

    public required long OwnerId { get; init; }

    /// <summary>The owner is the seller.</summary>
    public required bool OwnerGives { get; init; }

    /// <summary>What is counted: an asset's code, or what an item is counted by.</summary>
    public required string Unit { get; init; }

    public required decimal Total { get; init; }

    public required decimal Remaining { get; init; }

    public required bool Open { get; init; }

    public required int Version { get; init; }
}

/// <summary>A person's record, from which every limit on a person is decided.</summary>
public sealed record Standing
{
    public required long UserId { get; init; }

    public required bool Suspended { get; init; }

    /// <summary>Open trades that the user took.</summary>
    public required int OpenAsTaker { get; init; }

    /// <summary>Those of them in which the user is the buyer and has not confirmed a payment.</summary>
    public required int UnpaidAsTaker { get; init; }

    public required int Completed { get; init; }

    public required int Cancelled { get; init; }

    /// <summary>When an order last came to nothing by the user's doing.</summary>
    public DateTimeOffset? LastLapseAt { get; init; }

    /// <summary>And the time before that one.</summary>
    public DateTimeOffset? LapseBeforeAt { get; init; }

    public DateTimeOffset? CoolingDownUntil { get; init; }

    /// <summary>On which step of the ladder the last cool-down stood; 0 before the first one.</summary>
    public int CoolDowns { get; init; }

    /// <summary>When that cool-down began.</summary>
    public DateTimeOffset? CoolDownAt { get; init; }

    public DateTimeOffset? FirstTradeAt { get; init; }

    /// <summary>Open goods orders in which the user is the buyer.</summary>
    public int OpenGoods { get; init; }

    /// <summary>What the user took lately, as JSON: money by currency and by hour. The kind of order knows how to read it; null for nothing.</summary>
    public string? DayVolume { get; init; }
}

/// <summary>What all kinds of orders have in common.</summary>
public sealed record Order
{
    public required Guid Id { get; init; }

    public required OrderKind Kind { get; init; }

    public required Guid OfferId { get; init; }

    public required long BuyerId { get; init; }

    public required long SellerId { get; init; }

    /// <summary>Which party owns the offer.</summary>
    public required Party Maker { get; init; }

    public required string Asset { get; init; }

    /// <summary>What the escrow holds: from the placing on of a crypto order, from the payment on of a goods order; 0 without escrow.</summary>
    public required decimal Held { get; init; }

    /// <summary>The operator's part of <see cref="Held"/>, taken at release.</summary>
    public required decimal Fee { get; init; }

    /// <summary>What the order took from its offer.</summary>
    public required decimal Taken { get; init; }

    public required OrderStatus Status { get; init; }

    public required int Version { get; init; }

    public required Duty Duty { get; init; }

    /// <summary>Until when somebody owes something; null when nobody does, and while a dispute has a deadline of its own.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public required bool Overdue { get; init; }

    public Party? CancelRequestedBy { get; init; }

    /// <summary>Hash of the newest history row.</summary>
    public required byte[] HistoryHead { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long TakerId => Maker == Party.Buyer ? SellerId : BuyerId;

    public bool IsOpen => Status.IsOpen();

    /// <summary>Whose money the escrow holds: the seller's asset, or what the buyer pays for goods.</summary>
    public long PayerId => Kind == OrderKind.Goods ? BuyerId : SellerId;

    /// <summary>Who gets it when all goes well.</summary>
    public long PayeeId => Kind == OrderKind.Goods ? SellerId : BuyerId;

    /// <summary>What a ruling is about, in the order's asset: the fee is nobody's to win.</summary>
    public decimal AtStake => Kind == OrderKind.Goods ? Held : Taken;

    /// <summary>Which party a user is; null for a stranger.</summary>
    public Party? PartyOf(long userId) => userId == BuyerId ? Party.Buyer : userId == SellerId ? Party.Seller : null;

    public long IdOf(Party party) => party switch
    {
        Party.Buyer => BuyerId,
        Party.Seller => SellerId,
        _ => 0,
    };
}
