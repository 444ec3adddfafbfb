using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>A dealer's sales and stock in numbers: what the ledger paid, what the stock was, and nobody else's.</summary>
public sealed class SalesTests : GoodsFixture
{
    /// <summary>By the database's clock, like the orders.</summary>
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static (DateOnly From, DateOnly To) Range => (Today.AddDays(-40), Today.AddDays(1));

    [Test]
    public async Task Sales_are_what_was_completed_and_earned_by_item_peer_and_day()
    {
        var (seller, buyer) = await Pair();
        var other = await Peer();
        await Connect(seller, other);
        await Fund(buyer, 1);
        await Fund(other, 1);
        var (lamps, cups) = (await Item(seller, stock: 100, price: 0.01m), await Item(seller, stock: 100, price: 0.02m));
        var chairs = await Item(seller, stock: 100, price: 12.5m, currency: "KES");
        await Received(seller, buyer, lamps, 3);
        await Received(seller, other, lamps, 5, sent: 2, refund: 0.001m);
        await Received(seller, buyer, cups, 1);
        await Received(seller, buyer, chairs, 3, sent: 2);
        // Neither is a sale: one waits, one was called off.
        await Paid(seller, buyer, lamps, 1);
        await buyer.Client.Orders.CancelAsync((await buyer.Client.Orders.CreateAsync(cups, 2, cancellationToken: Bounded)).OrderId, cancellationToken: Bounded);

        var items = await Sales(seller, SalesGrouping.Item);
        items.Select(row => (row.ItemId, row.Currency, row.Orders, row.Quantity, row.Ordered, row.Earned)).ShouldBe(
        [
            (lamps, "BTC", 2, 5, 0.08m, 0.049m), (cups, "BTC", 1, 1, 0.02m, 0.02m), (chairs, "KES", 1, 2, 37.5m, 25m),
        ]);
        items[0].ItemName.ShouldBe($"Lamp of {seller.Name}");
        items[0].Unit.ShouldNotBeNullOrEmpty();
        (await Sales(seller, SalesGrouping.Peer)).Select(row => (row.PeerId, row.PeerName, row.Currency, row.Orders, row.Earned, row.Quantity)).ShouldBe(
        [
            (buyer.PeerId, buyer.Name, "BTC", 2, 0.05m, null), (other.PeerId, other.Name, "BTC", 1, 0.019m, null),
            (buyer.PeerId, buyer.Name, "KES", 1, 25m, null),
        ]);
        (await Sales(seller, SalesGrouping.Day)).Select(row => (row.Currency, row.Orders, row.Ordered, row.Earned)).ShouldBe(
            [("BTC", 3, 0.1m, 0.069m), ("KES", 1, 37.5m, 25m)]);
        (await Balance(seller)).Available.ShouldBe(items.Where(row => row.Currency == "BTC").Sum(row => row.Earned), "what the ledger paid");
        (await Sales(buyer, SalesGrouping.Item)).ShouldBeEmpty("a buyer sold nothing");

        // Yesterday's are not today's.
        await TestPostgres.Execute(Market.Database.Superuser, $"update orders set updated_at = updated_at - interval '30 days' where offer_id = '{cups}'");
        var days = await Sales(seller, SalesGrouping.Day);
        days.Select(row => (row.Currency, row.Earned)).ShouldBe([("BTC", 0.02m), ("BTC", 0.049m), ("KES", 25m)]);
        (days[1].Day!.Value.DayNumber - days[0].Day!.Value.DayNumber).ShouldBe(30); // Not null: rows are days.
        (await seller.Client.Sales.GetAsync(days[1].Day!.Value, Today.AddDays(1), SalesGrouping.Item, Bounded)).Rows.Count.ShouldBe(2);

        var table = (await seller.Client.Sales.ExportCsvAsync(Range.From, Range.To, SalesGrouping.Item, Bounded)).Split("\r\n");
        table[0].ShouldBe("day,item_id,item_name,peer_id,peer_name,currency,orders,quantity,unit,ordered,earned");
        table[1].ShouldBe($",{lamps},Lamp of {seller.Name},,,BTC,2,5,{items[0].Unit},0.08,0.049");
        table.Length.ShouldBe(5);
        await Verified();
    }

    /// <summary>Whatever happens to an item, what is counted back from its history is what is free now.</summary>
    [Test]
    public async Task Stock_counted_back_is_the_stock_that_is_there()
    {
        var (seller, buyer) = await Pair();
        await Fund(buyer, 10);
        var items = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            items.Add(await Item(seller, stock: 50, price: 0.01m));
        }

        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var item = items[random.Next(items.Count)];
            switch (random.Next(6))
            {
                case 0:
                    await seller.Client.Items.SetStockAsync(item, random.Next(20, 60), cancellationToken: Bounded);
                    break;
                case 1:
                    await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded);
                    break;
                case 2:
                    var declined = (await buyer.Client.Orders.CreateAsync(item, 2, cancellationToken: Bounded)).OrderId;
                    await seller.Client.Orders.DeclineAsync(declined, cancellationToken: Bounded);
                    break;
                case 3:
                    var part = await Paid(seller, buyer, item, 4);
                    await seller.Client.Orders.FulfilPartAsync(part, 1, cancellationToken: Bounded);
                    await buyer.Client.Orders.RequestCancelAsync(part, cancellationToken: Bounded);
                    await seller.Client.Orders.AcceptCancelAsync(part, cancellationToken: Bounded);
                    break;
                case 4:
                    await Received(seller, buyer, item, 3, sent: 2);
                    break;
                default:
                    await Received(seller, buyer, item, 1);
                    break;
            }
        }

        var rows = (await seller.Client.Sales.GetStockTurnoverAsync(Range.From, Range.To, Bounded)).Rows;
        rows.Select(row => row.ItemId).ShouldBe(items, ignoreOrder: true);
        var sold = (await Sales(seller, SalesGrouping.Item)).ToDictionary(row => row.ItemId!.Value, row => row.Quantity); // Not null: rows are items.
        foreach (var row in rows)
        {
            row.Closing.ShouldBe(await Stock(seller, row.ItemId));
            row.Opening.ShouldBe(0, "it was not there forty days ago");
            row.Sold.ShouldBe(sold.GetValueOrDefault(row.ItemId) ?? 0);
            row.Turnover.ShouldBe(decimal.Round(row.Sold * 2 / row.Closing, 4, MidpointRounding.ToEven));
        }

        rows.Sum(row => row.Sold).ShouldBeGreaterThan(3);
        rows.Select(row => row.Turnover).ShouldBe(rows.Select(row => row.Turnover).OrderDescending());
        var tomorrow = await seller.Client.Sales.GetStockTurnoverAsync(Today.AddDays(2), Today.AddDays(3), Bounded);
        tomorrow.Rows.Count.ShouldBe(items.Count);
        foreach (var row in tomorrow.Rows)
        {
            (row.Opening, row.Closing, row.Sold).ShouldBe((await Stock(seller, row.ItemId), await Stock(seller, row.ItemId), 0));
        }

        (await seller.Client.Sales.ExportStockTurnoverCsvAsync(Range.From, Range.To, Bounded)).Split("\r\n").Length.ShouldBe(items.Count + 2);
        (await buyer.Client.Sales.GetStockTurnoverAsync(Range.From, Range.To, Bounded)).Rows.ShouldBeEmpty();
    }

    [Test]
    public async Task Ranges_that_cannot_be_answered_are_refused()
    {
        var seller = await Peer();
        (await Refused(() => seller.Client.Sales.GetAsync(Today, Today.AddDays(-1), SalesGrouping.Item, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => seller.Client.Sales.GetAsync(Today.AddDays(-367), Today, SalesGrouping.Item, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => seller.Client.Sales.GetAsync(Today, Today, SalesGrouping.Unknown, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => seller.Client.Sales.GetStockTurnoverAsync(Today.AddDays(-367), Today, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Sales(seller, SalesGrouping.Day)).ShouldBeEmpty();
        using var http = Market.Http(seller.Name);
        foreach (var query in new[] { "", "?from=2026-01-01", "?from=1&to=2", "?from=2026-01-01&to=2026-01-02&by=week" })
        {
            ((int)(await http.GetAsync($"/api/p2p/sales.csv{query}", Bounded)).StatusCode).ShouldBe(400, query);
        }
    }

    private static async Task<IReadOnlyList<SalesRow>> Sales(Dealer dealer, SalesGrouping by)
    {
        var view = await dealer.Client.Sales.GetAsync(Range.From, Range.To, by, Bounded);
        view.IsCut.ShouldBeFalse();
        return view.Rows;
    }

    private static async Task Received(Dealer seller, Dealer buyer, Guid item, decimal quantity, decimal? sent = null, decimal refund = 0)
    {
        var order = await Paid(seller, buyer, item, quantity);
        await seller.Client.Orders.FulfilAsync(order, sent, cancellationToken: Bounded);
        if (refund > 0)
        {
            await seller.Client.Orders.GiveRefundAsync(order, refund, cancellationToken: Bounded);
        }

        (await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Completed);
    }
}
