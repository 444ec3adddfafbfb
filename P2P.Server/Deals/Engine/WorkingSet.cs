using P2P.Contracts.Deals;
using P2P.Server.Deals.Ledger;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// What one batch has read and locked, and what it changed: commands are decided on it one after the other, so that two on one merchant see each
/// other's effect.
/// </summary>
public sealed class WorkingSet : IWorkingSet
{
    private readonly Dictionary<Guid, Offer> _offers = [];
    private readonly Dictionary<Guid, Order> _orders = [];
    private readonly Dictionary<long, Standing> _standings = [];
    private readonly HashSet<Guid> _newOrders = [];
    private readonly HashSet<Guid> _changedOrders = [];
    private readonly HashSet<Guid> _changedOffers = [];
    private readonly HashSet<long> _changedStandings = [];

    public DateTimeOffset Now { get; set; }

    public LedgerBatch Ledger { get; } = new();

    public List<HistoryRow> History { get; } = [];

    public IEnumerable<Order> NewOrders => _newOrders.Select(id => _orders[id]);

    public IEnumerable<Order> ChangedOrders => _changedOrders.Select(id => _orders[id]);

    public IReadOnlyCollection<Offer> ChangedOffers => [.. _changedOffers.Select(id => _offers[id])];

    public IEnumerable<Standing> ChangedStandings => _changedStandings.Select(id => _standings[id]);

    public void Take(Offer offer) => _offers[offer.Id] = offer;

    public void Take(Order order) => _orders[order.Id] = order;

    public void Take(Standing standing) => _standings[standing.UserId] = standing;

    public Offer? FindOffer(Guid id) => _offers.GetValueOrDefault(id);

    public Order? FindOrder(Guid id) => _orders.GetValueOrDefault(id);

    public Standing? FindStanding(long userId) => _standings.GetValueOrDefault(userId);

    public Standing StandingOf(long userId) =>
        FindStanding(userId) ?? throw new InvalidOperationException($"User {userId} has no standing; it is made with the profile.");

    public decimal AvailableOf(long userId, string asset) => Ledger.Available(userId, asset).Balance;

    public void Add(Order order)
    {
        _orders.Add(order.Id, order);
        _newOrders.Add(order.Id);
    }

    public void Change(Order order)
    {
        _orders[order.Id] = order;
        if (!_newOrders.Contains(order.Id))
        {
            _changedOrders.Add(order.Id);
        }
    }

    public void Change(Offer offer)
    {
        _offers[offer.Id] = offer;
        _changedOffers.Add(offer.Id);
    }

    public void Change(Standing standing)
    {
        _standings[standing.UserId] = standing;
        _changedStandings.Add(standing.UserId);
    }
}

/// <summary>One change of an order, as its history keeps it.</summary>
public sealed record HistoryRow(
    Guid OrderId, int Version, OrderStatus? From, OrderStatus To, OrderAction Action, Party By, long ActorId, byte[] Previous, byte[] Hash);
