using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

internal sealed class ModelUser
{
    public decimal Available { get; set; }

    public bool Suspended { get; set; }

    public int Open { get; set; }

    public int Unpaid { get; set; }

    public int Completed { get; set; }

    public List<DateTimeOffset> Lapses { get; } = [];

    /// <summary>Orders that a ruling gave back to the seller: they count as cancelled and cool nobody down.</summary>
    public int Refunded { get; set; }

    public DateTimeOffset? CoolsUntil { get; set; }

    /// <summary>When each cool-down began, and how many days it was given.</summary>
    public List<(DateTimeOffset At, int Days)> CoolDowns { get; } = [];

    public DateTimeOffset? FirstTradeAt { get; set; }
}

internal sealed class ModelAd
{
    public required int Owner { get; init; }

    public required bool Sells { get; init; }

    public required decimal Total { get; set; }

    public decimal Taken { get; set; }

    public bool Open { get; set; } = true;

    public int Version { get; set; } = 1;
}

internal sealed class ModelOrder
{
    public required int Ad { get; init; }

    public required int Buyer { get; init; }

    public required int Seller { get; init; }

    public required bool TakerBuys { get; init; }

    public required decimal Crypto { get; init; }

    public required decimal Fee { get; init; }

    public required decimal Held { get; init; }

    public decimal Escrow { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.AwaitingPayment;

    public int Version { get; set; } = 1;

    public DateTimeOffset? Deadline { get; set; }

    public DateTimeOffset PayUntil { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public bool Overdue { get; set; }

    public Party? Proposed { get; set; }

    public bool Undone { get; set; }

    public bool Extended { get; set; }

    public bool SellerActed { get; set; }

    public bool IsAwaiting => Status == OrderStatus.AwaitingPayment;

    public bool IsPaid => Status == OrderStatus.PaymentConfirmed;

    public bool IsDisputed => Status == OrderStatus.Disputed;

    public ModelDispute? Dispute { get; set; }

    public int Taker => TakerBuys ? Buyer : Seller;
}

internal sealed class ModelWithdrawal
{
    public required int User { get; init; }

    public required decimal Amount { get; init; }

    public WithdrawalStatus Status { get; set; } = WithdrawalStatus.Requested;

    public string? Reference { get; set; }
}
