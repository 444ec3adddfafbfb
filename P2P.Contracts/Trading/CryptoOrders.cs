using System.Text.Json.Serialization;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;

namespace P2P.Contracts.Trading;

/// <summary>Takes an ad.</summary>
public sealed record CreateOrderRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The ad.</summary>
    public required Guid AdId { get; init; }

    /// <summary>The secret of an ad by link.</summary>
    public string? LinkSecret { get; init; }

    /// <summary>How much fiat; exactly one of this and <see cref="CryptoAmount"/>.</summary>
    public decimal? FiatAmount { get; init; }

    /// <summary>How much of the asset; exactly one of this and <see cref="FiatAmount"/>.</summary>
    public decimal? CryptoAmount { get; init; }

    /// <summary>One of the ad's payment methods.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>When the taker sells: which of the taker's own payment accounts is paid into; the oldest of the method when left out.</summary>
    public Guid? PaymentAccountId { get; init; }

    /// <summary>Refuse with PRICE_CHANGED when the price is another. Without it the order is placed at whatever the price is.</summary>
    public decimal? ExpectedPrice { get; init; }
}

/// <summary>The same as <see cref="CreateOrderRequest"/>, to be checked only.</summary>
public sealed record CheckCreateOrderRequest
{
    /// <summary>The ad.</summary>
    public required Guid AdId { get; init; }

    /// <summary>The secret of an ad by link.</summary>
    public string? LinkSecret { get; init; }

    /// <summary>How much fiat; exactly one of this and <see cref="CryptoAmount"/>.</summary>
    public decimal? FiatAmount { get; init; }

    /// <summary>How much of the asset; exactly one of this and <see cref="FiatAmount"/>.</summary>
    public decimal? CryptoAmount { get; init; }

    /// <summary>One of the ad's payment methods.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>When the taker sells: which of the taker's own payment accounts is paid into.</summary>
    public Guid? PaymentAccountId { get; init; }

    /// <summary>Refuse with PRICE_CHANGED when the price is another.</summary>
    public decimal? ExpectedPrice { get; init; }
}

/// <summary>What a check of an order answers.</summary>
public sealed record OrderCheck
{
    /// <summary>True when <c>CreateOrder</c> would succeed now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Every reason why not, in the order in which the command checks them.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>What the order would look like; null when there is no such ad or it has no price.</summary>
    public OrderQuote? Quote { get; init; }

    /// <summary>What calls for care with this maker; empty for nothing, null when there is no such ad.</summary>
    public IReadOnlyList<PartnerWarning>? PartnerWarnings { get; init; }
}

/// <summary>The amounts of an order that is not placed yet.</summary>
public sealed record OrderQuote
{
    /// <summary>Fiat for one unit of the asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>How much of the asset.</summary>
    public required decimal CryptoAmount { get; init; }

    /// <summary>How much fiat.</summary>
    public required decimal FiatAmount { get; init; }

    /// <summary>The maker's fee in the asset.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Minutes in which the buyer pays.</summary>
    public required int PaymentWindowMinutes { get; init; }
}

/// <summary>An order as one of its parties sees it.</summary>
public sealed record OrderView
{
    /// <summary>The order's state.</summary>
    public required OrderState State { get; init; }

    /// <summary>Which party the caller is.</summary>
    public required Party You { get; init; }

    /// <summary>Which party put up the ad.</summary>
    public required Party Maker { get; init; }

    /// <summary>Who pays fiat.</summary>
    public required TraderView Buyer { get; init; }

    /// <summary>Who gives the asset.</summary>
    public required TraderView Seller { get; init; }

    /// <summary>Where the price came from.</summary>
    public required string PriceSource { get; init; }

    /// <summary>What a floating price was made of; null for a fixed one.</summary>
    public OrderPriceQuote? PriceQuote { get; init; }

    /// <summary>The payment method's id.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>The payment method's name.</summary>
    public required string PaymentMethodName { get; init; }

    /// <summary>Where the buyer pays to; shown to both while the order is open, null afterwards.</summary>
    public PaymentAccount? PaymentAccount { get; init; }

    /// <summary>What the buyer wrote when confirming the payment.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>From whose account the buyer paid; while a confirmed order is open, null otherwise.</summary>
    public PayerView? Payer { get; init; }

    /// <summary>What calls for care with the other party; empty for nothing. Null in lists and once the order has ended.</summary>
    public IReadOnlyList<PartnerWarning>? PartnerWarnings { get; init; }

    /// <summary>The ad's terms as they were when the order was placed.</summary>
    public string? Terms { get; init; }

    /// <summary>Minutes in which the buyer pays.</summary>
    public required int PaymentWindowMinutes { get; init; }

    /// <summary>The seller has extended the window.</summary>
    public required bool PaymentWindowExtended { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Which orders.</summary>
public sealed record ListOrdersRequest
{
    /// <summary>Open ones, or ended ones; both when left out.</summary>
    public bool? Open { get; init; }

    /// <summary>Those of one status.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>Those in which the caller is buyer or seller.</summary>
    public Party? You { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Acts on an order. <c>ReleaseCrypto</c> alone asks for a second factor; the other calls do not look at the code.</summary>
public sealed record OrderRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>Says that the money is sent.</summary>
public sealed record ConfirmPaymentRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>What the seller finds the money by, at most 140 characters.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>
    /// The holder of the account that was paid from, at most 200 characters: the seller compares it with the money that came. At most one of this
    /// and <see cref="PayerAccountId"/>.
    /// </summary>
    public string? PayerName { get; init; }

    /// <summary>One of the caller's own payment accounts, also a deleted one, if the money came from there: its holder is told.</summary>
    public Guid? PayerAccountId { get; init; }
}

/// <summary>Gives the buyer more time.</summary>
public sealed record ExtendPaymentWindowRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own orders.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the order has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Minutes to add to the present deadline, 10 to 1,440.</summary>
    public required int Minutes { get; init; }
}

/// <summary>One action on an order, as the caller finds it now.</summary>
public sealed record OrderActionCheck
{
    /// <summary>The action.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>True when it would succeed now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Every reason why not, in the order in which the command checks them.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The status afterwards; null where it is not allowed.</summary>
    public OrderStatus? StatusAfter { get; init; }

    /// <summary>The fee that it would take, in the asset.</summary>
    public required decimal Fee { get; init; }

    /// <summary>The deadline afterwards; null without one.</summary>
    public DateTimeOffset? DeadlineAfter { get; init; }
}
