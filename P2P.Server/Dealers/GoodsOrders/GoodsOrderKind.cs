using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Dealers.Items;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>Goods, as the engine sees them: it counts the stock of items and moves their orders.</summary>
public sealed class GoodsOrderKind(GoodsLimits limits) : IOrderKind
{
    public OrderKind Kind => OrderKind.Goods;

    public string OfferName => "item";

    public string Audience => Realtime.Events.Audience.Dealer;

    public IReadOnlyList<Transition> Table => GoodsOrderRules.Table;

    public OrderAction? DueAction(DueOrder order) => order.Status switch
    {
        OrderStatus.Requested or OrderStatus.Accepted => OrderAction.Expire,
        OrderStatus.Paid => order.Held > 0 ? OrderAction.Dispute : OrderAction.MarkOverdue,
        OrderStatus.Fulfilled => order.Held > 0 ? OrderAction.Dispute : OrderAction.AssumeReceipt,
        _ => null,
    };

    public IKindBatch Begin() => new GoodsBatch(limits);

    /// <summary>An order's state as events and views tell it.</summary>
    public static GoodsOrderState StateOf(Order order, GoodsOrder detail) => new()
    {
        Id = order.Id,
        Kind = order.Kind,
        ItemId = order.OfferId,
        BuyerId = order.BuyerId,
        SellerId = order.SellerId,
        Status = order.Status,
        Version = order.Version,
        Quantity = detail.Quantity,
        Unit = detail.Unit,
        Price = detail.Price,
        Currency = detail.Currency,
        Total = detail.Total,
        Escrow = order.Held > 0,
        Fulfilled = detail.Fulfilled,
        Refund = detail.Refund,
        Duty = order.Duty,
        Deadline = order.Deadline,
        Overdue = order.Overdue,
        CancelRequestedBy = order.CancelRequestedBy,
    };
}

/// <summary>The items and goods orders of one batch.</summary>
public sealed class GoodsBatch(GoodsLimits limits) : IKindBatch
{
    private readonly Dictionary<(Guid Item, long Actor), ItemRow> _own = [];
    private readonly List<ItemRow> _viewers = [];
    private readonly List<ItemHistoryRow> _history = [];
    private readonly Dictionary<Guid, GoodsOrder> _details = [];
    private readonly Dictionary<Guid, (short Scale, bool IsAsset)> _currencies = [];
    private readonly List<Shipment> _shipments = [];
    private readonly HashSet<Guid> _new = [];
    private readonly HashSet<Guid> _changed = [];

    public void Load(Script script, BatchKeys keys)
    {
        List<Guid> items = [.. keys.TotalOffers, .. keys.PlaceOffers];
        if (items.Count + keys.Refunding.Count > 0)
        {
            ItemSql.LoadViewers(script, items, keys.Refunding, _viewers.Add);
        }

        if (items.Count > 0)
        {
            ItemSql.LoadForActors(script, items, [.. keys.TotalActors, .. keys.PlaceTakers], row => _own[(row.Id, row.ViewerId)] = row);
        }

        if (keys.PlaceOffers.Count > 0)
        {
            GoodsOrderSql.LoadCurrencies(script, keys.PlaceOffers, row => _currencies[row.ItemId] = (row.Scale, row.IsAsset));
        }

        if (keys.Orders.Count > 0)
        {
            GoodsOrderSql.LoadDetails(script, keys.Orders, detail => _details.Add(detail.OrderId, detail));
        }
    }

    public Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set)
    {
        var (scale, isAsset) = _currencies[offer.Id];
        return GoodsPlacingRules.Decide(
            new GoodsPlaceFacts
            {
                Terms = (GoodsTerms)command.Request,
                Item = _own.GetValueOrDefault((offer.Id, command.UserId)),
                BuyerId = command.UserId,
                Remaining = offer.Remaining,
                Scale = scale,
                CanHold = isAsset,
                Buyer = set.StandingOf(command.UserId),
                Now = set.Now,
                Limits = limits,
            },
            command.OrderId);
    }

    public Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set) => GoodsOrderRules.Decide(new GoodsMoveFacts
    {
        Order = order,
        Detail = _details[order.Id],
        Action = command.Action,
        By = by,
        Request = command.Request,
        Reference = command.Reference,
        BuyerShare = command.BuyerShare,
        Buyer = set.StandingOf(order.BuyerId),
        Seller = set.StandingOf(order.SellerId),
        BuyerAvailable = command.Action == OrderAction.Pay && order.Held > 0 ? set.AvailableOf(order.BuyerId, order.Asset) : 0,
        Now = set.Now,
        Limits = limits,
    });

    public void CheckTotal(Offer offer, long actorId) => ItemRules.Require(_own.GetValueOrDefault((offer.Id, actorId))?.Facts, AccessLevel.Manage);

    public IEnumerable<PendingEvent> ApplyTotal(Offer offer, long actorId)
    {
        var item = _own[(offer.Id, actorId)] with { Remaining = offer.Remaining, Version = offer.Version };
        _history.Add(new ItemHistoryRow
        {
            ItemId = offer.Id,
            Version = offer.Version,
            ActorId = actorId,
            Action = ItemAction.Stocked,
            Price = item.Price,
            Stock = offer.Remaining,
        });
        return ItemNotices.Changed(item, item, _viewers.Where(viewer => viewer.Id == offer.Id));
    }

    public IEnumerable<PendingEvent> Ordered(Offer offer) =>
        ItemNotices.Restocked(offer, _viewers.Where(viewer => viewer.Id == offer.Id));

    public IEnumerable<PendingEvent> Apply(Decision decision, Order order)
    {
        var detail = (GoodsOrder)decision.Detail;
        if (detail.Sent is { } sent)
        {
            _shipments.Add(sent);
            detail = detail with { Sent = null };
        }

        if (decision.Action == OrderAction.Place)
        {
            _new.Add(order.Id);
        }
        else if (!_new.Contains(order.Id) && !ReferenceEquals(detail, _details.GetValueOrDefault(order.Id)))
        {
            _changed.Add(order.Id);
        }

        _details[order.Id] = detail;
        return PendingEvent.ForAll(
            [order.BuyerId, order.SellerId],
            Audience.Dealer,
            nameof(IGoodsOrderClient.GoodsOrderChanged),
            new GoodsOrderChanged { Order = GoodsOrderKind.StateOf(order, detail), Action = decision.Action, By = decision.By });
    }

    /// <summary>Dealers know each other: nobody greets them by machine.</summary>
    public string? AutoReply(Order order) => null;

    public void Save(Script script)
    {
        ItemPartSql.AppendAll(script, _history);
        GoodsOrderSql.Insert(script, [.. _new.Select(id => _details[id])]);
        GoodsOrderSql.Update(script, [.. _changed.Select(id => _details[id])]);
        GoodsOrderSql.InsertShipments(script, _shipments);
    }
}
