using P2P.Contracts.Trading;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>What was fixed when a crypto order was placed, and what its parties did since.</summary>
public sealed record CryptoOrder
{
    public required Guid OrderId { get; init; }

    public required string Fiat { get; init; }

    public required decimal CryptoAmount { get; init; }

    public required decimal FiatAmount { get; init; }

    public required decimal Price { get; init; }

    public required string PriceSource { get; init; }

    /// <summary>What a floating price was made of. Written when the order is placed and never changed, so that it is not read to act on the order.</summary>
    public PriceBasis? Basis { get; init; }

    public required long PaymentMethodId { get; init; }

    /// <summary>Where the buyer pays to: one of the seller's accounts, which never change.</summary>
    public required Guid PaymentAccountId { get; init; }

    public string? PaymentReference { get; init; }

    /// <summary>The holder of the account that the buyer paid from, as the buyer told.</summary>
    public string? PayerName { get; init; }

    public required int PaymentWindowMinutes { get; init; }

    public required bool WindowExtended { get; init; }

    public required bool ConfirmationUndone { get; init; }

    /// <summary>The seller did something since the payment was confirmed.</summary>
    public required bool SellerActed { get; init; }

    /// <summary>Until when the buyer pays, also while a confirmation stands.</summary>
    public required DateTimeOffset PaymentDeadline { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public string? Terms { get; init; }

    public string? AutoReply { get; init; }
}

/// <summary>What the price of an order on a floating ad was made of.</summary>
/// <param name="RateId">The stored rate with its inputs.</param>
/// <param name="ReferencePrice">The rate.</param>
/// <param name="Percent">The ad's percentage of it.</param>
/// <param name="Floor">The ad's floor.</param>
/// <param name="Ceiling">The ad's ceiling.</param>
public sealed record PriceBasis(Guid RateId, decimal ReferencePrice, decimal Percent, decimal? Floor, decimal? Ceiling);

/// <summary>What is asked when an ad is taken, by the command and the check alike.</summary>
public sealed record PlaceTerms
{
    /// <summary>SHA-256 of the given link secret; null without one.</summary>
    public byte[]? LinkHash { get; init; }

    public decimal? FiatAmount { get; init; }

    public decimal? CryptoAmount { get; init; }

    public required long PaymentMethodId { get; init; }

    public Guid? PaymentAccountId { get; init; }

    public decimal? ExpectedPrice { get; init; }

    public static PlaceTerms Of(CreateOrderRequest request, byte[]? linkHash) => new()
    {
        LinkHash = linkHash,
        FiatAmount = request.FiatAmount,
        CryptoAmount = request.CryptoAmount,
        PaymentMethodId = request.PaymentMethodId,
        PaymentAccountId = request.PaymentAccountId,
        ExpectedPrice = request.ExpectedPrice,
    };

    public static PlaceTerms Of(CheckCreateOrderRequest request, byte[]? linkHash) => new()
    {
        LinkHash = linkHash,
        FiatAmount = request.FiatAmount,
        CryptoAmount = request.CryptoAmount,
        PaymentMethodId = request.PaymentMethodId,
        PaymentAccountId = request.PaymentAccountId,
        ExpectedPrice = request.ExpectedPrice,
    };
}

/// <summary>Everything that placing an order is decided from.</summary>
public sealed record PlaceFacts
{
    public required PlaceTerms Terms { get; init; }

    public required Ad Ad { get; init; }

    /// <summary>The taker is among the users for whom the ad is.</summary>
    public required bool IsViewer { get; init; }

    /// <summary>Maker or taker blocks the other: to the taker the ad is not there.</summary>
    public bool IsBlocked { get; init; }

    public required TakerFacts Taker { get; init; }

    public required Standing TakerStanding { get; init; }

    public required Standing MakerStanding { get; init; }

    /// <summary>The seller's account that is paid into; null when there is none of the method.</summary>
    public required Guid? PaymentAccountId { get; init; }

    /// <summary>The seller's available balance of the asset.</summary>
    public required decimal SellerAvailable { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required OrderLimits Limits { get; init; }

    public bool MakerSells => Ad.Side == AdSide.Sell;
}

/// <summary>The operator's limits on orders, and their clocks (section <c>Limits</c>).</summary>
public sealed record OrderLimits
{
    /// <summary>Open orders of one user as their taker.</summary>
    public int OpenOrdersMax { get; init; } = 20;

    /// <summary>Orders that one user took as buyer and has not paid.</summary>
    public int UnpaidOrdersMax { get; init; } = 5;

    /// <summary>How long the seller may take to release.</summary>
    public int ReleaseMinutes { get; init; } = 24 * 60;

    /// <summary>How long a confirmation can be taken back.</summary>
    public int UndoSeconds { get; init; } = 120;

    /// <summary>Three lapses within this time begin a cool-down: of the same length the first time, longer by the ladder afterwards.</summary>
    public int LapseHours { get; init; } = 24;

    /// <summary>A cool-down that begins within so many days after the last one stands a step higher on the ladder.</summary>
    public int CoolDownMemoryDays { get; init; } = 30;
}
