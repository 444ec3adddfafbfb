using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace DemoTraders;

/// <summary>The market at one moment, ready to be drawn.</summary>
internal sealed record Picture
{
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Events and book changes heard, over the last ten seconds.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Orders placed, over the last minute.</summary>
    public required int OrdersPerMinute { get; init; }

    public required int Placed { get; init; }

    public required int Released { get; init; }

    public required int Cancelled { get; init; }

    /// <summary>Calls that the server refused.</summary>
    public required int Refused { get; init; }

    public required IReadOnlyList<BookPicture> Books { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<OrderState> OpenOrders { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Happening> Happenings { get; init; }

    public required IReadOnlyList<TraderPicture> Traders { get; init; }
}

/// <summary>Both sides of a market, best price first.</summary>
internal sealed record BookPicture(TradedMarket Market, IReadOnlyList<BookRow> Buyers, IReadOnlyList<BookRow> Sellers);

/// <summary>A released order.</summary>
internal sealed record Trade(DateTimeOffset At, OrderState Order, string Buyer, string Seller);

/// <summary>Something that happened, in one sentence.</summary>
internal sealed record Happening(DateTimeOffset At, string Text);

/// <summary>A trader's line.</summary>
internal sealed record TraderPicture(
    string Name, P2PClientState State, IReadOnlyDictionary<string, decimal> Balances, int OpenOrders, int Completed);
