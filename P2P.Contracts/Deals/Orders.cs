namespace P2P.Contracts.Deals;

/// <summary>What is exchanged.</summary>
public enum OrderKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>A crypto asset for fiat money.</summary>
    Crypto,

    /// <summary>Goods between dealers.</summary>
    Goods,
}

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The escrow is held; the buyer pays.</summary>
    AwaitingPayment,

    /// <summary>The buyer says that the money is sent; the seller releases.</summary>
    PaymentConfirmed,

    /// <summary>The parties disagree: they settle it, or its dispute is decided.</summary>
    Disputed,

    /// <summary>Ended: the buyer has the asset, or the part of it that a dispute gave.</summary>
    Released,

    /// <summary>Ended: called off; the seller has the asset back.</summary>
    Cancelled,

    /// <summary>Ended: not paid in time (goods: not answered or not paid in time); the seller has the asset, or the goods, back.</summary>
    Expired,

    /// <summary>Goods: the stock is reserved; the seller accepts or declines.</summary>
    Requested,

    /// <summary>Goods: the seller agreed; the buyer pays.</summary>
    Accepted,

    /// <summary>Goods: paid, into escrow where there is one; the seller fulfils.</summary>
    Paid,

    /// <summary>Goods: all that will come is on its way; the buyer says when it arrived.</summary>
    Fulfilled,

    /// <summary>Goods, ended: the buyer has received them, the seller the money.</summary>
    Completed,

    /// <summary>Goods, ended: the seller did not take the order.</summary>
    Declined,
}

/// <summary>Who.</summary>
public enum Party
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Pays fiat, gets the asset; pays for goods, gets them.</summary>
    Buyer,

    /// <summary>Gives the asset, gets fiat; gives the goods, gets what was paid.</summary>
    Seller,

    /// <summary>The server itself: a timer.</summary>
    System,

    /// <summary>Whoever decides disputes; never a party.</summary>
    Staff,
}

/// <summary>Who owes what while an order is open.</summary>
public enum Duty
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Nobody owes anything: the order has ended.</summary>
    None,

    /// <summary>The buyer pays and confirms.</summary>
    BuyerPays,

    /// <summary>The seller checks the money's arrival and releases.</summary>
    SellerReleases,

    /// <summary>The order's dispute says who owes what until when.</summary>
    DisputeEnds,

    /// <summary>Goods: the seller accepts or declines.</summary>
    SellerAccepts,

    /// <summary>Goods: the seller fulfils.</summary>
    SellerFulfils,

    /// <summary>Goods: the buyer says that they arrived.</summary>
    BuyerReceives,
}

/// <summary>What can be done to an order.</summary>
public enum OrderAction
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The order is made and its escrow held.</summary>
    Place,

    /// <summary>Called off by the buyer while payment is awaited (by the seller only when the buyer is suspended).</summary>
    Cancel,

    /// <summary>The buyer says that the money is sent.</summary>
    ConfirmPayment,

    /// <summary>The buyer takes a mistaken confirmation back, within two minutes, once.</summary>
    UndoConfirmation,

    /// <summary>The seller gives the buyer more time, once.</summary>
    ExtendPaymentWindow,

    /// <summary>The seller gives the asset to the buyer.</summary>
    Release,

    /// <summary>A party proposes to call the order off after payment was confirmed.</summary>
    RequestCancel,

    /// <summary>The other party agrees: the order is cancelled.</summary>
    AcceptCancel,

    /// <summary>The other party declines, or the first one takes the proposal back.</summary>
    DeclineCancel,

    /// <summary>The payment window is over.</summary>
    Expire,

    /// <summary>
    /// A party disagrees after payment was confirmed; or the server does it, when the seller's time to release is over or a party was suspended.
    /// </summary>
    Dispute,

    /// <summary>A ruling took effect: the buyer gets the asset; with goods, the seller the money.</summary>
    ResolveRelease,

    /// <summary>A ruling took effect: the seller has the asset back; with goods, the buyer the money.</summary>
    ResolveRefund,

    /// <summary>A ruling took effect: the buyer gets a part of what is held, the seller the rest.</summary>
    ResolveSplit,

    /// <summary>Goods: the seller takes the order.</summary>
    Accept,

    /// <summary>Goods: the seller does not take the order; the stock is free again.</summary>
    Decline,

    /// <summary>Goods: the buyer pays: into escrow, or, without one, by saying that it was paid.</summary>
    Pay,

    /// <summary>Goods: a part is on its way, more follows.</summary>
    FulfilPart,

    /// <summary>Goods: the last part is on its way. What was ordered and will not come is refunded.</summary>
    Fulfil,

    /// <summary>Goods: the seller gives a part of the held money back, which the order's end then pays.</summary>
    GiveRefund,

    /// <summary>Goods: the buyer says that they arrived, and the seller has the money.</summary>
    ConfirmReceipt,

    /// <summary>Goods without escrow: the time to say that they arrived is over, and the order ends.</summary>
    AssumeReceipt,

    /// <summary>Goods without escrow: the seller has let the time to fulfil pass; the buyer may call the order off from now on.</summary>
    MarkOverdue,
}

/// <summary>An order's state, as events tell it.</summary>
public sealed record OrderState
{
    /// <summary>The order's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is exchanged.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>The ad that it answers.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Profile id of the buyer.</summary>
    public required long BuyerId { get; init; }

    /// <summary>Profile id of the seller.</summary>
    public required long SellerId { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required int Version { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>How much of it.</summary>
    public required decimal CryptoAmount { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>How much the buyer pays.</summary>
    public required decimal FiatAmount { get; init; }

    /// <summary>Fiat for one unit of the asset, fixed when the order was placed.</summary>
    public required decimal Price { get; init; }

    /// <summary>The maker's fee in the asset, taken at release only.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Who owes what.</summary>
    public required Duty Duty { get; init; }

    /// <summary>Until when; null while it is disputed (the dispute has a deadline of its own) and when it has ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The seller has let the time to release pass.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Who proposes to call the order off; null when nobody does.</summary>
    public Party? CancelRequestedBy { get; init; }
}

/// <summary>An order changed.</summary>
public sealed record OrderChanged
{
    /// <summary>The order after the change.</summary>
    public required OrderState Order { get; init; }

    /// <summary>What was done.</summary>
    public required OrderAction Action { get; init; }

    /// <summary>By whom.</summary>
    public required Party By { get; init; }
}

/// <summary>What every change of an order answers.</summary>
public sealed record OrderReply
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Where it stands now.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>Until when somebody owes something; null when nobody does or it is disputed.</summary>
    public DateTimeOffset? Deadline { get; init; }
}

/// <summary>One reason why something is refused, as a check tells it.</summary>
public sealed record Reason
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>What the code's doc names; null without any.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }
}
