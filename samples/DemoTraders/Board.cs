using System.Diagnostics;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace DemoTraders;

/// <summary>What all traders together know of the market; the view draws it. Safe to use from several threads.</summary>
internal sealed class Board(IReadOnlyList<TradedMarket> markets, IReadOnlyList<string> traders)
{
    private const int TradesKept = 30;
    private const int HappeningsKept = 30;
    private static readonly TimeSpan EventsWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OrdersWindow = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, P2PClientState> _states = traders.ToDictionary(name => name, _ => P2PClientState.Disconnected);
    private readonly Dictionary<string, Dictionary<string, decimal>> _balances =
        traders.ToDictionary(name => name, _ => new Dictionary<string, decimal>());

    private readonly Dictionary<string, int> _completed = traders.ToDictionary(name => name, _ => 0);
    private readonly Dictionary<long, string> _names = [];
    private readonly Dictionary<Market, IReadOnlyList<BookRow>> _books = [];
    private readonly Dictionary<Guid, OrderState> _orders = [];
    private readonly HashSet<Guid> _ended = [];
    private readonly Queue<Trade> _trades = [];
    private readonly Queue<Happening> _happenings = [];
    private readonly Queue<long> _events = [];
    private readonly Queue<long> _placed = [];
    private int _placedInAll;
    private int _releasedInAll;
    private int _cancelledInAll;
    private int _refusedInAll;

    /// <summary>Raised for each thing that a reader of plain lines wants to know.</summary>
    public event Action<Happening>? Happened;

    public void State(string trader, P2PClientState state)
    {
        lock (_lock)
        {
            _states[trader] = state;
        }

        if (state is P2PClientState.Reconnecting or P2PClientState.Refused)
        {
            Say(state == P2PClientState.Reconnecting ? $"{trader} has lost the connection: reconnecting" : $"{trader} is refused");
        }
    }

    public void Names(long userId, string name)
    {
        lock (_lock)
        {
            _names[userId] = name;
        }
    }

    public void Balance(string trader, string asset, decimal available)
    {
        lock (_lock)
        {
            _balances[trader][asset] = available;
        }
    }

    public void Show(AdBook book)
    {
        lock (_lock)
        {
            Count(_events);
            _books[book.Market] = book.Rows;
            foreach (var row in book.Rows)
            {
                _names.TryAdd(row.MakerId, row.MakerName ?? Nameless(row.MakerId));
            }
        }
    }

    public IReadOnlyList<BookRow> Book(TradedMarket market, AdSide side)
    {
        lock (_lock)
        {
            return _books.GetValueOrDefault(new Market { Side = side, Asset = market.Asset, Fiat = market.Fiat }) ?? [];
        }
    }

    /// <summary>An event that only counts.</summary>
    public void Event()
    {
        lock (_lock)
        {
            Count(_events);
        }
    }

    /// <summary>An order as a list told it.</summary>
    public void Known(OrderState order)
    {
        lock (_lock)
        {
            Keep(order);
        }
    }

    /// <summary>An order changed; both parties hear it, and it counts once.</summary>
    public void Changed(OrderChanged change)
    {
        string? happening = null;
        lock (_lock)
        {
            Count(_events);
            if (Keep(change.Order))
            {
                Tally(change);
                happening = Sentence(change);
            }
        }

        if (happening is not null)
        {
            Say(happening);
        }
    }

    public void Refused(string trader, P2PException refusal)
    {
        lock (_lock)
        {
            _refusedInAll++;
        }

        Say($"{trader} is refused: {refusal.Code}");
    }

    public void Say(string text)
    {
        var happening = new Happening(DateTimeOffset.Now, text);
        lock (_lock)
        {
            _happenings.Enqueue(happening);
            while (_happenings.Count > HappeningsKept)
            {
                _happenings.Dequeue();
            }
        }

        Happened?.Invoke(happening);
    }

    public Picture Picture()
    {
        lock (_lock)
        {
            var elapsed = Stopwatch.GetElapsedTime(_since);
            return new Picture
            {
                Elapsed = elapsed,
                EventsPerSecond = Recent(_events, EventsWindow) / Math.Clamp(elapsed.TotalSeconds, 1, EventsWindow.TotalSeconds),
                OrdersPerMinute = (int)Math.Round(Recent(_placed, OrdersWindow) / Math.Clamp(elapsed.TotalMinutes, 0.25, 1)),
                Placed = _placedInAll,
                Released = _releasedInAll,
                Cancelled = _cancelledInAll,
                Refused = _refusedInAll,
                Books = [.. markets.Select(market => new BookPicture(market, Book(market, AdSide.Buy), Book(market, AdSide.Sell)))],
                Trades = [.. _trades.Reverse()],
                OpenOrders = [.. _orders.Values.OrderByDescending(order => order.Id)],
                Happenings = [.. _happenings.Reverse()],
                Traders =
                [
                    .. traders.Select(name => new TraderPicture(
                        name, _states[name], new Dictionary<string, decimal>(_balances[name]), OpenOf(name), _completed[name])),
                ],
            };
        }
    }

    public string NameOf(long userId)
    {
        lock (_lock)
        {
            return _names.GetValueOrDefault(userId) ?? Nameless(userId);
        }
    }

    /// <summary>The end of the number: enough to tell two apart, and no wider than a name.</summary>
    private static string Nameless(long userId) => $"user {userId % 10_000:0000}";

    /// <summary>False when this state, or a later one, is known already.</summary>
    private bool Keep(OrderState order)
    {
        if (_orders.TryGetValue(order.Id, out var known) ? known.Version >= order.Version : _ended.Contains(order.Id))
        {
            return false;
        }

        if (order.Duty == Duty.None)
        {
            _orders.Remove(order.Id);
            _ended.Add(order.Id);
        }
        else
        {
            _orders[order.Id] = order;
        }

        return true;
    }

    private void Tally(OrderChanged change)
    {
        var order = change.Order;
        if (change.Action == OrderAction.Place)
        {
            _placedInAll++;
            Count(_placed);
        }
        else if (order.Status == OrderStatus.Released)
        {
            _releasedInAll++;
            var (buyer, seller) = (NameOf(order.BuyerId), NameOf(order.SellerId));
            _trades.Enqueue(new Trade(DateTimeOffset.Now, order, buyer, seller));
            while (_trades.Count > TradesKept)
            {
                _trades.Dequeue();
            }

            foreach (var name in new[] { buyer, seller }.Where(_completed.ContainsKey))
            {
                _completed[name]++;
            }
        }
        else if (order.Duty == Duty.None)
        {
            _cancelledInAll++;
        }
    }

    private string Sentence(OrderChanged change)
    {
        var order = change.Order;
        var by = change.By switch
        {
            Party.Buyer => NameOf(order.BuyerId),
            Party.Seller => NameOf(order.SellerId),
            _ => "the server",
        };
        var what = $"{order.CryptoAmount:0.########} {order.Asset} for {order.FiatAmount:#,0.##} {order.Fiat}";
        return change.Action switch
        {
            OrderAction.Place when change.By == Party.Buyer => $"{by} buys {what} from {NameOf(order.SellerId)}",
            OrderAction.Place => $"{by} sells {what} to {NameOf(order.BuyerId)}",
            OrderAction.ConfirmPayment => $"{by} has paid {order.FiatAmount:#,0.##} {order.Fiat} to {NameOf(order.SellerId)}",
            OrderAction.Release => $"{by} releases {what} to {NameOf(order.BuyerId)}",
            OrderAction.Cancel => $"{by} calls the order off: {what}",
            OrderAction.ExtendPaymentWindow => $"{by} gives {NameOf(order.BuyerId)} more time to pay",
            OrderAction.UndoConfirmation => $"{by} takes the confirmation back: {what}",
            OrderAction.RequestCancel => $"{by} proposes to call the order off: {what}",
            OrderAction.AcceptCancel => $"{by} agrees to call the order off: {what}",
            OrderAction.Dispute => $"{by} asks for help: {what}",
            OrderAction.DeclineCancel => $"{by} goes on with the order: {what}",
            _ => $"{change.Action} by {by}: {what}",
        };
    }

    private int OpenOf(string name) => _orders.Values.Count(order => NameOf(order.BuyerId) == name || NameOf(order.SellerId) == name);

    private static void Count(Queue<long> times) => times.Enqueue(Stopwatch.GetTimestamp());

    /// <summary>How many of these times lie in the window up to now.</summary>
    private static int Recent(Queue<long> times, TimeSpan window)
    {
        while (times.TryPeek(out var first) && Stopwatch.GetElapsedTime(first) > window)
        {
            times.Dequeue();
        }

        return times.Count;
    }
}
