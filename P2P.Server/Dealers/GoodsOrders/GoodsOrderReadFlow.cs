using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Items;
using P2P.Server.Dealers.Peers;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What parties read of their goods orders, and the checks: the same pure rules as the commands, on one snapshot, without a lock.</summary>
public sealed class GoodsOrderReadFlow(Database database, GoodsLimits limits)
{
    public Task<GoodsOrderView> Get(Caller caller, Guid orderId, CancellationToken cancellation) => Read(
        caller,
        async tx =>
        {
            var row = await GoodsOrderReadSql.Find(tx, caller.UserId, orderId) ?? throw NotFound();
            return View(row, caller.UserId, await GoodsOrderReadSql.Shipments(tx, orderId));
        },
        cancellation);

    public async Task<Page<GoodsOrderView>> List(Caller caller, ListGoodsOrdersRequest request, CancellationToken cancellation)
    {
        var (size, before) = (ListPage.Size(request.Limit), ListPage.Id(request.Cursor));
        var rows = await Rows(caller, request, before, size + 1, cancellation);
        return new Page<GoodsOrderView>
        {
            Items = [.. rows.Take(size).Select(row => View(row, caller.UserId, []))],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
        };
    }

    /// <summary>The newest of the caller's orders as a table.</summary>
    public async Task<string> Export(Caller caller, ListGoodsOrdersRequest request, CancellationToken cancellation) =>
        GoodsOrderCsv.Write(
            [.. (await Rows(caller, request, null, Limits.GoodsExportMax, cancellation)).Select(row => View(row, caller.UserId, []))]);

    /// <summary>Each action that a party could take, with every reason against it.</summary>
    public async Task<IReadOnlyList<GoodsActionCheck>> Actions(Caller caller, Guid orderId, CancellationToken cancellation)
    {
        _ = await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer();
        var facts = await database.Snapshot(tx => Facts(tx, caller, orderId), cancellation);
        return [.. GoodsOrderRules.PartyActions.Select(action => Check(facts with { Action = action }))];
    }

    /// <summary>Whether an order could be placed, with every reason against it.</summary>
    public async Task<GoodsOrderCheck> CheckCreate(Caller caller, CheckCreateGoodsOrderRequest request, CancellationToken cancellation)
    {
        var terms = GoodsRequestRules.Terms(request.Quantity, request.ExpectedPrice, request.Escrow, null);
        _ = await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer();
        var facts = await database.Snapshot(
            async tx =>
            {
                var item = await ItemSql.Find(tx, caller.UserId, request.ItemId);
                var currency = await GoodsOrderReadSql.Currency(tx, request.ItemId);
                return new GoodsPlaceFacts
                {
                    Terms = terms,
                    Item = item,
                    BuyerId = caller.UserId,
                    Remaining = item?.Remaining ?? 0,
                    Scale = currency?.Scale ?? 0,
                    CanHold = currency?.IsAsset ?? false,
                    Buyer = (await OrderReadSql.Standings(tx, [caller.UserId])).Single(),
                    Now = await OrderReadSql.Now(tx),
                    Limits = limits,
                };
            },
            cancellation);
        var reasons = GoodsPlacingRules.Reasons(facts).ToArray();
        var isHidden = reasons is [{ Code: ErrorCodes.NotFound }];
        return new GoodsOrderCheck
        {
            Allowed = reasons.Length == 0,
            Reasons = reasons,
            Quote = isHidden || reasons.Any(reason => reason.Code == ErrorCodes.AmountTooLarge) || facts.Item is null
                ? null
                : GoodsPlacingRules.QuoteOf(facts, facts.Item),
        };
    }

    public static GoodsOrderView View(GoodsOrderRow row, long callerId, IEnumerable<Shipment> shipments) => new()
    {
        State = new GoodsOrderState
        {
            Id = row.Id,
            Kind = OrderKind.Goods,
            ItemId = row.OfferId,
            BuyerId = row.BuyerId,
            SellerId = row.SellerId,
            Status = row.Status,
            Version = row.Version,
            Quantity = row.Quantity,
            Unit = row.Unit,
            Price = row.Price,
            Currency = row.Currency,
            Total = row.Total,
            Escrow = row.Held > 0,
            Fulfilled = row.Fulfilled,
            Refund = row.Refund,
            Duty = row.Duty,
            Deadline = row.Deadline,
            Overdue = row.Overdue,
            CancelRequestedBy = row.CancelRequestedBy,
        },
        You = callerId == row.BuyerId ? Party.Buyer : Party.Seller,
        ItemName = row.ItemName,
        BuyerPeerId = PeerRules.Spell(row.BuyerPeerId),
        BuyerName = row.BuyerName,
        SellerPeerId = PeerRules.Spell(row.SellerPeerId),
        SellerName = row.SellerName,
        Notes = row.Notes,
        PaymentReference = row.PaymentReference,
        FulfilDays = row.FulfilDays,
        Shipments =
        [
            .. shipments.Select(shipment => new ShipmentView
            {
                Quantity = shipment.Quantity,
                Carrier = shipment.Carrier,
                Tracking = shipment.Tracking,
                Note = shipment.Note,
                ProofId = shipment.ProofId,
                At = shipment.At,
            }),
        ],
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private Task<List<GoodsOrderRow>> Rows(
        Caller caller, ListGoodsOrdersRequest request, Guid? before, int rowsMax, CancellationToken cancellation)
    {
        if (request.Status == OrderStatus.Unknown || request.You is Party.Unknown or Party.System or Party.Staff)
        {
            throw PeerRules.Bad("status", "There is no such status or party.");
        }

        var peerId = request.PeerId is null ? null : PeerRules.Id(request.PeerId, "peerId");
        return Read(
            caller,
            async tx =>
            {
                var other = peerId is null ? null : await PeerSql.UserOf(tx, peerId);
                if (peerId is not null && other is null)
                {
                    return [];
                }

                var filter = new GoodsOrderFilter
                {
                    Open = request.Open,
                    Status = request.Status,
                    You = request.You,
                    ItemId = request.ItemId,
                    OtherId = other,
                    From = request.From,
                    Until = request.Until,
                };
                return (await GoodsOrderReadSql.List(tx, caller.UserId, filter, before, rowsMax)).ToList();
            },
            cancellation);
    }

    private Task<T> Read<T>(Caller caller, Func<Tx, Task<T>> read, CancellationToken cancellation) => database.Read(
        async tx =>
        {
            _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
            return await read(tx);
        },
        cancellation);

    private static GoodsActionCheck Check(GoodsMoveFacts facts)
    {
        var reasons = GoodsOrderRules.Reasons(facts).ToArray();
        var after = reasons.Length == 0 ? GoodsOrderRules.Decide(facts) : null;
        return new GoodsActionCheck
        {
            Action = facts.Action,
            Allowed = after is not null,
            Reasons = reasons,
            StatusAfter = after?.Order.Status,
            DeadlineAfter = after?.Order.Deadline,
        };
    }

    private async Task<GoodsMoveFacts> Facts(Tx tx, Caller caller, Guid orderId)
    {
        var order = await OrderReadSql.Order(tx, orderId);
        if (order is not { Kind: OrderKind.Goods } || order.PartyOf(caller.UserId) is not { } by)
        {
            throw NotFound();
        }

        var standings = (await OrderReadSql.Standings(tx, [order.BuyerId, order.SellerId])).ToDictionary(standing => standing.UserId);
        return new GoodsMoveFacts
        {
            Order = order,
            Detail = await GoodsOrderReadSql.Detail(tx, orderId) ?? throw new InvalidOperationException($"Order {orderId} has no details."),
            Action = OrderAction.Unknown,
            By = by,
            Buyer = standings[order.BuyerId],
            Seller = standings[order.SellerId],
            BuyerAvailable = order.Held > 0 ? await OrderReadSql.Available(tx, order.BuyerId, order.Asset) : 0,
            Now = await OrderReadSql.Now(tx),
            Limits = limits,
        };
    }

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such order.");
}
