using P2P.Contracts.Deals;

namespace P2P.Contracts.Trading;

/// <summary>Orders under escrow.</summary>
public interface IOrderCalls
{
    /// <summary>Takes an ad: fixes price, fee and conditions, and holds the seller's escrow.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, TRADING_PAUSED,
    /// NOT_FOUND (also when maker and taker block each other), OWN_AD, SUSPENDED, COOLING_DOWN, QUOTA_EXCEEDED, AD_UNAVAILABLE,
    /// PRICE_STALE, NO_REFERENCE_PRICE, PRICE_CHANGED, AMOUNT_TOO_SMALL, AMOUNT_TOO_LARGE, ORDER_TOO_SMALL, ORDER_TOO_LARGE,
    /// NOT_ENOUGH_REMAINING, ORDER_LIMIT_EXCEEDED, DAY_LIMIT_EXCEEDED, PAYMENT_METHOD_NOT_ACCEPTED (also one that is offered no longer),
    /// PAYMENT_ACCOUNT_REQUIRED, NOT_VERIFIED, TOO_FEW_TRADES, COMPLETION_RATE_TOO_LOW, ACCOUNT_TOO_YOUNG, INSUFFICIENT_BALANCE.
    /// </remarks>
    Task<OrderReply> CreateOrder(CreateOrderRequest request);

    /// <summary>
    /// Whether <see cref="CreateOrder"/> would succeed now, with every reason why not, the amounts, and what is to be known of the maker.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<OrderCheck> CheckCreateOrder(CheckCreateOrderRequest request);

    /// <summary>The caller's own orders, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<OrderView>> ListOrders(ListOrdersRequest request);

    /// <summary>One of the caller's own orders.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<OrderView> GetOrder(Guid orderId);

    /// <summary>Each action that a party could take, allowed or with every reason why not.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.</remarks>
    Task<IReadOnlyList<OrderActionCheck>> GetOrderActions(Guid orderId);

    /// <summary>
    /// Calls an order off while payment is awaited: the buyer's right alone, because money may be on its way. The seller may, too, while the buyer
    /// is suspended; then it counts against nobody.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY.</remarks>
    Task<OrderReply> CancelOrder(OrderRequest request);

    /// <summary>The buyer says that the money is sent, before the deadline. From then on the order never expires.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also a payer told twice), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also another's payment
    /// account), STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
    /// DEADLINE_PASSED.
    /// </remarks>
    Task<OrderReply> ConfirmPayment(ConfirmPaymentRequest request);

    /// <summary>
    /// The buyer takes a mistaken confirmation back: within two minutes, once an order. The deadline becomes the later of the payment deadline that
    /// held before and two minutes from now.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
    /// ALREADY_DONE, SELLER_ACTED, DEADLINE_PASSED.
    /// </remarks>
    Task<OrderReply> UndoConfirmation(OrderRequest request);

    /// <summary>The seller adds minutes to the payment window, once an order.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
    /// ALREADY_DONE, DEADLINE_PASSED.
    /// </remarks>
    Task<OrderReply> ExtendPaymentWindow(ExtendPaymentWindowRequest request);

    /// <summary>The seller gives the asset to the buyer. This cannot be undone.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
    /// REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, SUSPENDED, RELEASES_PAUSED.
    /// </remarks>
    Task<OrderReply> ReleaseCrypto(OrderRequest request);

    /// <summary>Proposes to call the order off after payment was confirmed; both must agree.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
    /// </remarks>
    Task<OrderReply> RequestCancel(OrderRequest request);

    /// <summary>Agrees to the other party's proposal: the order is cancelled and the seller has the asset back.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
    /// </remarks>
    Task<OrderReply> AcceptCancel(OrderRequest request);

    /// <summary>Declines the other party's proposal, or takes one's own back.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
    /// </remarks>
    Task<OrderReply> DeclineCancel(OrderRequest request);
}
