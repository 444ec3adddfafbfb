using P2P.Contracts.Deals;

namespace P2P.Contracts.Dealers;

/// <summary>
/// Orders of goods: requested by a peer who may order an item, accepted or declined by its owner, paid, fulfilled, received. Where the item's currency is
/// an asset of the ledger, what is paid lies in escrow until the goods arrived; otherwise the order runs without, and says so. Chat, disputes and reviews
/// are those of every order.
/// </summary>
public interface IGoodsOrderCalls
{
    /// <summary>Requests goods: fixes the price and reserves the stock until the order ends.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, BUSY, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, TRADING_PAUSED, NOT_FOUND, ACCESS_REQUIRED (the caller
    /// sees the item and may not order it), OWN_ITEM, SUSPENDED, PRICE_REQUIRED (the item is sealed, and no price was said), PRICE_CHANGED, NO_ESCROW,
    /// AMOUNT_TOO_SMALL (the price of so little is nothing), AMOUNT_TOO_LARGE, QUOTA_EXCEEDED, NOT_ENOUGH_REMAINING.
    /// </remarks>
    Task<OrderReply> CreateGoodsOrder(CreateGoodsOrderRequest request);

    /// <summary>Whether <see cref="CreateGoodsOrder"/> would succeed now, with every reason why not, and the amounts.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<GoodsOrderCheck> CheckCreateGoodsOrder(CheckCreateGoodsOrderRequest request);

    /// <summary>The caller's own goods orders, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<GoodsOrderView>> ListGoodsOrders(ListGoodsOrdersRequest request);

    /// <summary>One of the caller's own goods orders, with its shipments.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<GoodsOrderView> GetGoodsOrder(Guid orderId);

    /// <summary>Each action that a party could take, allowed or with every reason why not.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.</remarks>
    Task<IReadOnlyList<GoodsActionCheck>> GetGoodsOrderActions(Guid orderId);

    /// <summary>The seller takes the order, and says in how many days it will be fulfilled once it is paid.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
    /// DEADLINE_PASSED.
    /// </remarks>
    Task<OrderReply> AcceptGoodsOrder(AcceptGoodsOrderRequest request);

    /// <summary>The seller does not take the order: the stock is free again.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY.</remarks>
    Task<OrderReply> DeclineGoodsOrder(GoodsOrderRequest request);

    /// <summary>
    /// Calls an order off: the buyer's right until it is paid (a suspended buyer's order is the seller's to call off, too), and the seller's as long as
    /// nothing was sent; what was paid into escrow goes back. Without escrow the buyer may, too, once the time to fulfil is over.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, ALREADY_SENT.
    /// </remarks>
    Task<OrderReply> CancelGoodsOrder(GoodsOrderRequest request);

    /// <summary>
    /// The buyer pays: the price goes from the buyer's wallet into the order's escrow. Without escrow the buyer says that it was paid, and by what
    /// reference.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY,
    /// NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, DEADLINE_PASSED, SUSPENDED, INSUFFICIENT_BALANCE.
    /// </remarks>
    Task<OrderReply> PayGoodsOrder(PayGoodsOrderRequest request);

    /// <summary>A part of the order is on its way, and more will follow: the seller's, at most 20 shipments an order.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a proof that is no file of the caller's in this
    /// order), STALE_VERSION, WRONG_STATUS, WRONG_PARTY, NOT_ENOUGH_REMAINING (no less than all that is left), QUOTA_EXCEEDED.
    /// </remarks>
    Task<OrderReply> FulfilGoodsOrderPart(FulfilPartRequest request);

    /// <summary>
    /// The last of the order is on its way: all that is left, or less. What was ordered and will not come is back in stock, and its price is the buyer's
    /// when the order ends.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a proof that is no file of the caller's in this
    /// order), STALE_VERSION, WRONG_STATUS, WRONG_PARTY, NOT_ENOUGH_REMAINING (more than is left), QUOTA_EXCEEDED.
    /// </remarks>
    Task<OrderReply> FulfilGoodsOrder(FulfilRequest request);

    /// <summary>
    /// The seller gives a part of the held money back: it is agreed at once, adds to what was given before, and the order's end pays it out.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, NO_ESCROW,
    /// AMOUNT_TOO_LARGE (more than is held beside what was given already), AMOUNT_TOO_SMALL (finer than the asset).
    /// </remarks>
    Task<OrderReply> GiveGoodsRefund(GiveRefundRequest request);

    /// <summary>The buyer says that the goods arrived: the seller has the money, but for what was refunded. This cannot be undone.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY,
    /// NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, SUSPENDED, RELEASES_PAUSED.
    /// </remarks>
    Task<OrderReply> ConfirmGoodsReceipt(GoodsOrderRequest request);

    /// <summary>Proposes to call a paid order off; both must agree. What was paid into escrow then goes back.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
    /// </remarks>
    Task<OrderReply> RequestGoodsCancel(GoodsOrderRequest request);

    /// <summary>Agrees to the other party's proposal: the order is cancelled.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
    /// </remarks>
    Task<OrderReply> AcceptGoodsCancel(GoodsOrderRequest request);

    /// <summary>Declines the other party's proposal, or takes one's own back.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
    /// </remarks>
    Task<OrderReply> DeclineGoodsCancel(GoodsOrderRequest request);
}
