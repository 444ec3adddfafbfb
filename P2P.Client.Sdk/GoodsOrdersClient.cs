using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// Orders of goods: requested, accepted, paid (into escrow where there is one), fulfilled, received. Calls are repeated under one request id until
/// the server has decided.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that takes the
/// request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice.
/// </remarks>
public sealed class GoodsOrdersClient
{
    private readonly DealerHubProxy _hub;
    private readonly EventReaders _events;
    private readonly RestCaller _rest;

    private readonly KeysClient _keys;
    private readonly IReadOnlyDictionary<string, decimal>? _unverifiedMax;

    internal GoodsOrdersClient(
        DealerHubProxy hub, EventReaders events, RestCaller rest, KeysClient keys, IReadOnlyDictionary<string, decimal>? unverifiedMax) =>
        (_hub, _events, _rest, _keys, _unverifiedMax) = (hub, events, rest, keys, unverifiedMax);

    /// <summary>Requests goods: fixes the price and reserves the stock until the order ends.</summary>
    /// <param name="itemId">An item that the user may order.</param>
    /// <param name="quantity">How many, with at most 3 decimals.</param>
    /// <param name="notes">What the seller should know, at most 1,000 characters.</param>
    /// <param name="expectedPrice">Refuse with PRICE_CHANGED when one unit costs something else.</param>
    /// <param name="escrow">Whether what is paid lies in escrow until the goods arrived; wherever there can be one when left out.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> CreateAsync(
        Guid itemId,
        decimal quantity,
        string? notes = null,
        decimal? expectedPrice = null,
        bool? escrow = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateGoodsOrderRequest
            {
                RequestId = Guid.CreateVersion7(),
                ItemId = itemId,
                Quantity = quantity,
                Notes = notes,
                ExpectedPrice = expectedPrice,
                Escrow = escrow,
            },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.CreateGoodsOrder"/>
    public Task<OrderReply> CreateAsync(CreateGoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CreateGoodsOrder(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.CheckCreateGoodsOrder"/>
    public Task<GoodsOrderCheck> CheckCreateAsync(CheckCreateGoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CheckCreateGoodsOrder(request, cancellationToken);

    /// <summary>The user's own goods orders, newest first.</summary>
    /// <param name="open">Open ones, or ended ones; both when left out.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<GoodsOrderView>> ListAsync(
        bool? open = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        ListAsync(new ListGoodsOrdersRequest { Open = open, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.ListGoodsOrders"/>
    public Task<Page<GoodsOrderView>> ListAsync(ListGoodsOrdersRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListGoodsOrders(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.GetGoodsOrder"/>
    public Task<GoodsOrderView> GetAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetGoodsOrder(orderId, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.GetGoodsOrderActions"/>
    public Task<IReadOnlyList<GoodsActionCheck>> GetActionsAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetGoodsOrderActions(orderId, cancellationToken);

    /// <summary>The seller takes the order.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="fulfilDays">Days from the payment until everything is on its way, 1 to 60; 7 when left out.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> AcceptAsync(
        Guid orderId, int? fulfilDays = null, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        AcceptAsync(
            new AcceptGoodsOrderRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                FulfilDays = fulfilDays,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.AcceptGoodsOrder"/>
    /// <exception cref="EncryptionException">PeerNotVerified: it costs more than <see cref="P2PClientOptions.UnverifiedOrderMax"/> allows.</exception>
    public async Task<OrderReply> AcceptAsync(AcceptGoodsOrderRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await CheckPeerAsync(request.OrderId, cancellationToken).ConfigureAwait(false);
        return await _hub.AcceptGoodsOrder(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="IGoodsOrderCalls.DeclineGoodsOrder"/>
    public Task<OrderReply> DeclineAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        DeclineAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.DeclineGoodsOrder"/>
    public Task<OrderReply> DeclineAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.DeclineGoodsOrder(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.CancelGoodsOrder"/>
    public Task<OrderReply> CancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        CancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.CancelGoodsOrder"/>
    public Task<OrderReply> CancelAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.CancelGoodsOrder(request, cancellationToken);

    /// <summary>The buyer pays: into escrow, or, without one, by saying that it was paid.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="paymentReference">What the seller finds the money by, where it is paid without escrow.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> PayAsync(
        Guid orderId, string? paymentReference = null, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        PayAsync(
            new PayGoodsOrderRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                PaymentReference = paymentReference,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.PayGoodsOrder"/>
    /// <exception cref="EncryptionException">PeerNotVerified: it costs more than <see cref="P2PClientOptions.UnverifiedOrderMax"/> allows.</exception>
    public async Task<OrderReply> PayAsync(PayGoodsOrderRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await CheckPeerAsync(request.OrderId, cancellationToken).ConfigureAwait(false);
        return await _hub.PayGoodsOrder(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A part is on its way, and more will follow.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="quantity">How many; less than what is left.</param>
    /// <param name="shipment">How it is sent; nothing is said of that when left out.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> FulfilPartAsync(
        Guid orderId, decimal quantity, ShipmentDetails? shipment = null, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        FulfilPartAsync(
            new FulfilPartRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                Quantity = quantity,
                Carrier = shipment?.Carrier,
                Tracking = shipment?.Tracking,
                Note = shipment?.Note,
                ProofId = shipment?.ProofId,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.FulfilGoodsOrderPart"/>
    public Task<OrderReply> FulfilPartAsync(FulfilPartRequest request, CancellationToken cancellationToken = default) =>
        _hub.FulfilGoodsOrderPart(request, cancellationToken);

    /// <summary>The last part is on its way: all that is left, or less; what will not come is refunded.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="quantity">How many; all that is left when left out.</param>
    /// <param name="shipment">How it is sent; nothing is said of that when left out.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> FulfilAsync(
        Guid orderId,
        decimal? quantity = null,
        ShipmentDetails? shipment = null,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        FulfilAsync(
            new FulfilRequest
            {
                RequestId = Guid.CreateVersion7(),
                OrderId = orderId,
                Quantity = quantity,
                Carrier = shipment?.Carrier,
                Tracking = shipment?.Tracking,
                Note = shipment?.Note,
                ProofId = shipment?.ProofId,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.FulfilGoodsOrder"/>
    public Task<OrderReply> FulfilAsync(FulfilRequest request, CancellationToken cancellationToken = default) =>
        _hub.FulfilGoodsOrder(request, cancellationToken);

    /// <summary>The seller gives a part of the held money back; the order's end pays it out.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="amount">How much more than was given before.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the order has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<OrderReply> GiveRefundAsync(
        Guid orderId, decimal amount, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        GiveRefundAsync(
            new GiveRefundRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Amount = amount, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.GiveGoodsRefund"/>
    public Task<OrderReply> GiveRefundAsync(GiveRefundRequest request, CancellationToken cancellationToken = default) =>
        _hub.GiveGoodsRefund(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.ConfirmGoodsReceipt"/>
    public Task<OrderReply> ConfirmReceiptAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        ConfirmReceiptAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.ConfirmGoodsReceipt"/>
    public Task<OrderReply> ConfirmReceiptAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.ConfirmGoodsReceipt(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.RequestGoodsCancel"/>
    public Task<OrderReply> RequestCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        RequestCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.RequestGoodsCancel"/>
    public Task<OrderReply> RequestCancelAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.RequestGoodsCancel(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.AcceptGoodsCancel"/>
    public Task<OrderReply> AcceptCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        AcceptCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.AcceptGoodsCancel"/>
    public Task<OrderReply> AcceptCancelAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.AcceptGoodsCancel(request, cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.DeclineGoodsCancel"/>
    public Task<OrderReply> DeclineCancelAsync(Guid orderId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        DeclineCancelAsync(Request(orderId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IGoodsOrderCalls.DeclineGoodsCancel"/>
    public Task<OrderReply> DeclineCancelAsync(GoodsOrderRequest request, CancellationToken cancellationToken = default) =>
        _hub.DeclineGoodsCancel(request, cancellationToken);

    /// <summary>The newest 5,000 of the user's goods orders as a table (CSV, RFC 4180).</summary>
    /// <param name="filter">Which; all when left out. Its <c>Limit</c> and <c>Cursor</c> are not looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">BAD_INPUT, NOT_A_PEER, RATE_LIMITED, UNAVAILABLE.</exception>
    public async Task<string> ExportCsvAsync(ListGoodsOrdersRequest? filter = null, CancellationToken cancellationToken = default)
    {
        (string Name, string? Value)[] asked =
        [
            ("open", filter?.Open is { } open ? open ? "true" : "false" : null),
            ("status", filter?.Status?.ToString()),
            ("you", filter?.You?.ToString()),
            ("itemId", filter?.ItemId?.ToString()),
            ("peerId", filter?.PeerId),
            ("from", filter?.From is { } from ? WireJson.Spell(from) : null),
            ("until", filter?.Until is { } until ? WireJson.Spell(until) : null),
        ];
        var query = string.Join('&', asked.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}")); // Not null: filtered.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/p2p/goods-orders/export.csv?{query}");
        using var answer = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Each change of the user's goods orders, in order. Collects from this call on, also before it is read; an event counts as handled when the next
    /// one is asked for.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<P2PEvent<GoodsOrderChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<GoodsOrderChanged>(_events, filter: null, cancellationToken);

    /// <summary>Each change of one goods order, in order.</summary>
    /// <param name="orderId">Which order.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<P2PEvent<GoodsOrderChanged>> WatchAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        new EventWatch<GoodsOrderChanged>(_events, change => change.Order.Id == orderId, cancellationToken);

    private static GoodsOrderRequest Request(Guid orderId, int? expectedVersion) =>
        new() { RequestId = Guid.CreateVersion7(), OrderId = orderId, ExpectedVersion = expectedVersion };

    /// <summary>Whose keys are proved is known here and not to the server: it could not be asked to hold anybody to it.</summary>
    private async Task CheckPeerAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (_unverifiedMax is null)
        {
            return;
        }

        var order = await GetAsync(orderId, cancellationToken).ConfigureAwait(false);
        var most = _unverifiedMax.GetValueOrDefault(order.State.Currency);
        var other = order.You == Party.Seller ? order.State.BuyerId : order.State.SellerId;
        if (order.State.Total > most && !await IsVerifiedAsync(other, cancellationToken).ConfigureAwait(false))
        {
            throw new EncryptionException(
                EncryptionFault.PeerNotVerified,
                $"The other party's keys were not verified, and the order costs more than {most} {order.State.Currency}: compare the safety number first.",
                orderId);
        }
    }

    private async Task<bool> IsVerifiedAsync(long profileId, CancellationToken cancellationToken)
    {
        try
        {
            return (await _keys.SafetyNumberAsync(profileId, cancellationToken).ConfigureAwait(false)).IsVerified;
        }
        catch (P2PException e) when (e.Code == ErrorCodes.KeysRequired)
        {
            return false;
        }
    }
}

/// <summary>How a part of a goods order is sent.</summary>
public sealed record ShipmentDetails
{
    /// <summary>Who carries it, at most 60 characters.</summary>
    public string? Carrier { get; init; }

    /// <summary>What the carrier calls it, at most 100 characters.</summary>
    public string? Tracking { get; init; }

    /// <summary>More about it, at most 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>A file that the user sent in this order and that proves it.</summary>
    public Guid? ProofId { get; init; }
}
