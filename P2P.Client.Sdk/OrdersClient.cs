using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk;

/// <summary>
/// Orders under escrow. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; what changes
/// something does so once, because every repeat carries the same request id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice. So that a crash costs nothing
/// either, store the request before it is sent.
/// </remarks>
public sealed class OrdersClient
{
    private readonly TradeHubProxy _hub;
    private readonly EventReaders _events;

    internal OrdersClient(TradeHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>Takes an ad: fixes price, fee and conditions, and holds the seller's escrow.</summary>
    /// <param name="adId">The ad.</param>
    /// <param name="paymentMethodId">One of the ad's payment methods.</param>
    /// <param name="fiatAmount">How much fiat; exactly one of this and <paramref name="cryptoAmount"/>.</param>
    /// <param name="cryptoAmount">How much of the asset; exactly one of this and <paramref name="fiatAmount"/>.</param>
    /// <param name="expectedPrice">Refuse with PRICE_CHANGED when the price is another.</param>
    /// <param name="paymentAccountId">When the user sells: which payment account is paid into; the oldest of the method when left
    /// out.</param>
    /// <param name="linkSecret">The secret of an ad by link.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> CreateAsync(
        Guid adId,
        long paymentMethodId,
        decimal? fiatAmount = null,
        decimal? cryptoAmount = null,
        decimal? expectedPrice = null,
        Guid? paymentAccountId = null,
        string? linkSecret = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateOrderRequest
            {
                RequestId = Guid.CreateVersion7(),
                AdId = adId,
                LinkSecret = linkSecret,
                FiatAmount = fiatAmount,
                CryptoAmount = cryptoAmount,
                PaymentMethodId = paymentMethodId,
                PaymentAccountId = paymentAccountId,
                ExpectedPrice = expectedPrice,
            },
            cancellationToken);

    /// <inheritdoc cref="ILimitCalls.GetMyLimits"/>
    public Task<MyLimits> GetMyLimitsAsync(CancellationToken cancellationToken = default) => _hub.GetMyLimits(cancellationToken);

    /// <inheritdoc cref="IOrderCalls.CreateOrder"/>
    public Task<OrderReply> CreateAsync(CreateOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CreateOrder(request, cancellationToken);

    /// <summary>Whether an order could be placed now, with every reason why not, and the amounts.</summary>
    public Task<OrderCheck> CheckCreateAsync(CheckCreateOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CheckCreateOrder(request, cancellationToken);

    /// <summary>The user's own orders, newest first.</summary>
    /// <param name="open">Open ones, or ended ones; both when left out.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<OrderView>> ListAsync(
        bool? open = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        ListAsync(new ListOrdersRequest { Open = open, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IOrderCalls.ListOrders"/>
    public Task<Page<OrderView>> ListAsync(ListOrdersRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListOrders(request, cancellationToken);

    /// <inheritdoc cref="IOrderCalls.GetOrder"/>
    public Task<OrderView> GetAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetOrder(orderId, cancellationToken);

    /// <inheritdoc cref="IOrderCalls.GetOrderActions"/>
    public Task<IReadOnlyList<OrderActionCheck>> GetActionsAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetOrderActions(orderId, cancellationToken);

    /// <summary>The buyer says that the money is sent, before the deadline. From then on the order never expires.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="paymentReference">What the seller finds the money by, at most 140 characters.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> ConfirmPaymentAsync(
        Guid orderId,
        string? paymentReference = null,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        ConfirmPaymentAsync(
            new ConfirmPaymentRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                PaymentReference = paymentReference,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <summary>The same, and says whose account was paid from, so that the seller can compare it with the money that came.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="payerName">The holder of the account; exactly one of this and <paramref name="payerAccountId"/>.</param>
    /// <param name="payerAccountId">One of the user's own payment accounts, if the money came from there.</param>
    /// <param name="paymentReference">What the seller finds the money by, at most 140 characters.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> ConfirmPaymentFromAsync(
        Guid orderId,
        string? payerName = null,
        Guid? payerAccountId = null,
        string? paymentReference = null,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        ConfirmPaymentAsync(
            new ConfirmPaymentRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                PaymentReference = paymentReference,
                ExpectedVersion = expectedVersion,
                PayerName = payerName,
                PayerAccountId = payerAccountId,
            },
            cancellationToken);

    /// <inheritdoc cref="IOrderCalls.ConfirmPayment"/>
    public Task<OrderReply> ConfirmPaymentAsync(ConfirmPaymentRequest request, CancellationToken cancellationToken = default) =>
        _hub.ConfirmPayment(request, cancellationToken);

    /// <summary>The seller adds minutes to the payment window, once an order.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="minutes">Minutes to add to the present deadline, 10 to 1,440.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> ExtendPaymentWindowAsync(
        Guid orderId,
        int minutes,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        ExtendPaymentWindowAsync(
            new ExtendPaymentWindowRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                Minutes = minutes,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <inheritdoc cref="IOrderCalls.ExtendPaymentWindow"/>
    public Task<OrderReply> ExtendPaymentWindowAsync(ExtendPaymentWindowRequest request, CancellationToken cancellationToken = default) =>
        _hub.ExtendPaymentWindow(request, cancellationToken);

    /// <summary>Calls an order off while payment is awaited: the buyer's right, and the seller's while the buyer is suspended.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> CancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        CancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.CancelOrder"/>
    public Task<OrderReply> CancelAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CancelOrder(request, cancellationToken);

    /// <summary>The buyer takes a mistaken confirmation back: within two minutes, once an order.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> UndoConfirmationAsync(
        Guid orderId,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        UndoConfirmationAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.UndoConfirmation"/>
    public Task<OrderReply> UndoConfirmationAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.UndoConfirmation(request, cancellationToken);

    /// <summary>The seller gives the asset to the buyer. This cannot be undone.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> ReleaseAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        ReleaseAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.ReleaseCrypto"/>
    public Task<OrderReply> ReleaseAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.ReleaseCrypto(request, cancellationToken);

    /// <summary>Proposes to call the order off after payment was confirmed; both must agree.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> RequestCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        RequestCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.RequestCancel"/>
    public Task<OrderReply> RequestCancelAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.RequestCancel(request, cancellationToken);

    /// <summary>Agrees to the other party's proposal: the order is cancelled and the seller has the asset back.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> AcceptCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        AcceptCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.AcceptCancel"/>
    public Task<OrderReply> AcceptCancelAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.AcceptCancel(request, cancellationToken);

    /// <summary>Declines the other party's proposal, or takes one's own back.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> DeclineCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        DeclineCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IOrderCalls.DeclineCancel"/>
    public Task<OrderReply> DeclineCancelAsync(OrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.DeclineCancel(request, cancellationToken);

    /// <summary>
    /// Each change of the user's orders, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<OrderChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<OrderChanged>(_events, filter: null, cancellationToken);

    /// <summary>Each change of one order, in order; otherwise as <see cref="WatchAsync(CancellationToken)"/>.</summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<P2PEvent<OrderChanged>> WatchAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        new EventWatch<OrderChanged>(_events, change => change.Order.Id == orderId, cancellationToken);

    private static OrderRequest Request(Guid orderId, int? expectedVersion) =>
        new() { RequestId = Guid.CreateVersion7(), OrderId = orderId, ExpectedVersion = expectedVersion };
}
