using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Dealers.Items;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>Goods, as the engine sees them: it counts the stock of items. Nothing is ordered yet, so the table has no row.</summary>
public sealed class GoodsOrderKind : IOrderKind
{
    public OrderKind Kind => OrderKind.Goods;

    public string OfferName => "item";

    public string Audience => Realtime.Events.Audience.Dealer;

    public IReadOnlyList<Transition> Table => [];

    public OrderAction? DueAction(OrderStatus status) => null;

    public IKindBatch Begin() => new GoodsBatch();
}

/// <summary>The items of one batch.</summary>
public sealed class GoodsBatch : IKindBatch
{
    private readonly Dictionary<(Guid Item, long Actor), ItemRow> _own = [];
    private readonly List<ItemRow> _viewers = [];
    private readonly List<ItemHistoryRow> _history = [];

    public void Load(Script script, BatchKeys keys)
    {
        if (keys.TotalOffers.Count > 0)
        {
            ItemSql.LoadForTotals(script, keys.TotalOffers, keys.TotalActors, row => _own[(row.Id, row.ViewerId)] = row, _viewers.Add);
        }
    }

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

    public void Save(Script script) => ItemPartSql.AppendAll(script, _history);

    public Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set) => throw NoOrders();

    public Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set) => throw NoOrders();

    public IEnumerable<PendingEvent> Apply(Decision decision, Order order) => throw NoOrders();

    public string? AutoReply(Order order) => throw NoOrders();

    private static InvalidOperationException NoOrders() => new("No call orders goods.");
}
