using System.Globalization;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DemoTraders;

/// <summary>Draws the market in a terminal, several times a second, on a screen of its own: what stood there before comes back.</summary>
internal sealed class LiveView(Uri server, Board board, IReadOnlyList<TradedMarket> markets)
{
    private const string ScreenOn = "\e[?1049h";
    private const string ScreenEmpty = "\e[2J\e[H";
    private const string ScreenOff = "\e[?1049l";
    private const int HeaderRows = 3;
    private const int FrameRows = 2;
    private const int TableRows = FrameRows + 1;
    private const int FrameColumns = 4;
    private const int TradersColumns = 58;
    private const int NarrowColumns = 124;
    private const int TimeColumns = 9;
    private const int RoomyRows = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public async Task RunAsync(CancellationToken stop)
    {
        Console.Write(ScreenOn);
        // From here on .NET listens for changes of the window's size.
        Console.CursorVisible = false;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await DrawAsync(Size(), stop);
            }
        }
        finally
        {
            Console.CursorVisible = true;
            Console.Write(ScreenOff);
        }
    }

    /// <summary>Draws until the demo ends or the window has another size: what was drawn then stands in the wrong place.</summary>
    private Task DrawAsync((int Width, int Height) size, CancellationToken stop)
    {
        Console.Write(ScreenEmpty);
        return AnsiConsole.Live(Draw(board.Picture())).StartAsync(async context =>
        {
            while (!stop.IsCancellationRequested && Size() == size)
            {
                context.UpdateTarget(Draw(board.Picture()));
                await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    private static bool IsNarrow => AnsiConsole.Profile.Width < NarrowColumns;

    private static (int Width, int Height) Size() => (AnsiConsole.Profile.Width, AnsiConsole.Profile.Height);

    /// <summary>A low terminal shows the books, the trades and the orders; a higher one the traders and what happens too.</summary>
    private Layout Draw(Picture now)
    {
        var height = Math.Max(AnsiConsole.Profile.Height, HeaderRows + (2 * (TableRows + 1)));
        var roomy = height >= RoomyRows;
        var traderRows = roomy ? now.Traders.Count + TableRows : 0;
        var middle = height - HeaderRows - traderRows;
        var longest = now.Books.Max(book => Math.Max(book.Buyers.Count, book.Sellers.Count));
        var bookRows = Math.Clamp(longest + TableRows, TableRows + 1, middle / 2);
        var tradeRows = middle - bookRows;

        var layout = new Layout("all").SplitRows(
            new Layout("head", Header(now)).Size(HeaderRows),
            new Layout("books").Size(bookRows).SplitColumns(
                [.. now.Books.Select(book => new Layout(book.Market.Name, Book(book, bookRows - TableRows)))]),
            new Layout("deals").Size(tradeRows).SplitColumns(
                new Layout("trades", Trades(now, tradeRows - TableRows)),
                new Layout("open", OpenOrders(now, tradeRows - TableRows))),
            new Layout("foot").SplitColumns(
                new Layout("traders", Traders(now)).Size(TradersColumns),
                new Layout("news", Happenings(now, traderRows - FrameRows, AnsiConsole.Profile.Width - TradersColumns - FrameColumns))));
        if (!roomy)
        {
            layout["foot"].Invisible();
        }
        else
        {
            layout["foot"].Size(traderRows);
        }

        return layout;
    }

    private Panel Header(Picture now)
    {
        var connected = now.Traders.Count(trader => trader.State == P2PClientState.Connected);
        var reconnecting = now.Traders.Count(trader => trader.State == P2PClientState.Reconnecting);
        var state = reconnecting > 0 ? $"[yellow]{reconnecting} reconnecting[/]"
            : connected == now.Traders.Count ? $"[green]{connected} traders connected[/]"
            : $"[yellow]{connected} of {now.Traders.Count} traders connected[/]";
        var text = new Markup(
            $"{server.ToString().TrimEnd('/').EscapeMarkup()}   {state}   [bold]{now.EventsPerSecond:0.0}[/] events/s   "
            + $"[bold]{now.OrdersPerMinute}[/] orders/min   "
            + $"{now.Placed} placed  [green]{now.Released} released[/]  [red]{now.Cancelled} called off[/]  [grey]{now.Refused} refused[/]")
            .Overflow(Overflow.Ellipsis);
        return Framed(text, $"P2P demo market  {now.Elapsed:hh\\:mm\\:ss}  Ctrl-C ends it");
    }

    private Panel Book(BookPicture book, int rows)
    {
        var table = IsNarrow ? Table(">wants", ">bid", "ask", ">has") : Table("buyer", ">wants", ">bid", "ask", ">has", "seller");
        for (var i = 0; i < Math.Min(rows, Math.Max(book.Buyers.Count, book.Sellers.Count)); i++)
        {
            var (buyer, seller) = (book.Buyers.ElementAtOrDefault(i), book.Sellers.ElementAtOrDefault(i));
            Markup[] prices =
            [
                new Markup(Left(buyer, book.Market.Asset)),
                new Markup(buyer is null ? "" : $"[green]{Price(book.Market, buyer.Price)}[/]"),
                new Markup(seller is null ? "" : $"[red]{Price(book.Market, seller.Price)}[/]"),
                new Markup(Left(seller, book.Market.Asset)),
            ];
            table.AddRow(IsNarrow ? prices : [new Markup(Maker(buyer)), .. prices, new Markup(Maker(seller))]);
        }

        return Framed(table, book.Market.Name);
    }

    private Panel Trades(Picture now, int rows)
    {
        var table = IsNarrow
            ? Table("buyer", "seller", ">amount", ">paid")
            : Table("time", "buyer", "seller", ">amount", ">price", ">paid");
        foreach (var trade in now.Trades.Take(rows))
        {
            var order = trade.Order;
            var (buyer, seller) = (new Markup(trade.Buyer.EscapeMarkup()), new Markup(trade.Seller.EscapeMarkup()));
            var amount = new Markup($"{Amount(order.Asset, order.CryptoAmount)} {order.Asset}");
            var paid = new Markup($"{order.FiatAmount:#,0} {order.Fiat}");
            var price = new Markup(Price(markets.FirstOrDefault(market => market.Fiat == order.Fiat), order.Price));
            var time = new Markup($"[grey]{trade.At:HH:mm:ss}[/]");
            table.AddRow(IsNarrow ? [buyer, seller, amount, paid] : [time, buyer, seller, amount, price, paid]);
        }

        return Framed(table, "Last trades");
    }

    private Panel OpenOrders(Picture now, int rows)
    {
        var table = IsNarrow ? Table("buyer", "seller", ">amount", "status") : Table("buyer", "seller", ">amount", "status", ">time");
        foreach (var order in now.OpenOrders.Take(rows))
        {
            Markup[] cells =
            [
                new Markup(board.NameOf(order.BuyerId).EscapeMarkup()),
                new Markup(board.NameOf(order.SellerId).EscapeMarkup()),
                new Markup($"{order.FiatAmount:#,0} {order.Fiat}"),
                new Markup(Status(order)),
                new Markup(order.Deadline is { } deadline ? $"[grey]{Left(deadline - DateTimeOffset.UtcNow)}[/]" : ""),
            ];
            table.AddRow(IsNarrow ? cells[..^1] : cells);
        }

        var byStatus = now.OpenOrders.GroupBy(order => order.Status).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Words(group.Key)}");
        return Framed(table, $"Open orders: {(now.OpenOrders.Count == 0 ? "none" : string.Join(", ", byStatus))}");
    }

    private Panel Traders(Picture now)
    {
        var table = Table(["trader", "", .. markets.Select(market => $">{market.Asset}"), ">open", ">done"]);
        foreach (var trader in now.Traders)
        {
            table.AddRow([
                new Markup(trader.Name.EscapeMarkup()),
                new Markup(State(trader.State)),
                .. markets.Select(market => new Markup(Amount(market.Asset, trader.Balances.GetValueOrDefault(market.Asset)))),
                new Markup($"{trader.OpenOrders}"),
                new Markup($"{trader.Completed}"),
            ]);
        }

        return Framed(table, "Traders");
    }

    private static Panel Happenings(Picture now, int rows, int columns) =>
        Framed(
            new Rows(now.Happenings.Take(Math.Max(rows, 0)).Select(happening =>
                new Markup($"[grey]{happening.At:HH:mm:ss}[/] {Cut(happening.Text, columns - TimeColumns).EscapeMarkup()}"))),
            "What happens");

    private static Table Table(params string[] columns)
    {
        var table = new Table().NoBorder().Expand();
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('>');
            var header = new TableColumn($"[grey]{column.TrimStart('>')}[/]").NoWrap();
            table.AddColumn(isNumber ? header.RightAligned() : header);
        }

        return table;
    }

    private static Panel Framed(IRenderable content, string title) =>
        new Panel(content).Header($" {title.EscapeMarkup()} ").Expand().BorderColor(Color.Grey).RoundedBorder();

    private static string Maker(BookRow? row) => row is null ? "" : (row.MakerName ?? $"{row.MakerId}").EscapeMarkup();

    private string Left(BookRow? row, string asset) => row is null ? "" : Amount(asset, row.Remaining);

    private static string Left(TimeSpan time) =>
        time < TimeSpan.Zero ? "over" : time.TotalMinutes < 120 ? $"{time.TotalMinutes:0} min" : $"{time.TotalHours:0} h";

    private static string Cut(string text, int length) => text.Length <= length ? text : length < 2 ? "" : $"{text[..(length - 1)]}…";

    private string Amount(string asset, decimal amount) =>
        amount.ToString($"N{markets.FirstOrDefault(market => market.Asset == asset)?.AmountDecimals ?? 2}", CultureInfo.InvariantCulture);

    private static string Price(TradedMarket? market, decimal price) =>
        price.ToString($"N{market?.PriceDecimals ?? 2}", CultureInfo.InvariantCulture);

    private static string Status(OrderState order) =>
        order.CancelRequestedBy is not null ? "[yellow]call off?[/]"
        : order.Status == OrderStatus.AwaitingPayment ? "[blue]to be paid[/]"
        : order.Status == OrderStatus.Disputed ? "[red]disputed[/]"
        : "[green]to be released[/]";

    private static string Words(OrderStatus status) => status switch
    {
        OrderStatus.AwaitingPayment => "await payment",
        OrderStatus.PaymentConfirmed => "await release",
        OrderStatus.Disputed => "disputed",
        _ => status.ToString(),
    };

    private static string State(P2PClientState state) => state switch
    {
        P2PClientState.Connected => "[green]●[/]",
        P2PClientState.Reconnecting => "[yellow]○[/]",
        P2PClientState.Refused => "[red]×[/]",
        _ => "[grey]○[/]",
    };
}
