using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>Goods from the request to the receipt: stock, money, events, and who may do what.</summary>
public sealed class GoodsOrderTests : GoodsFixture
{
    [Test]
    public async Task Goods_are_requested_accepted_paid_into_escrow_sent_and_received()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 10, price: 0.01m);
        await Fund(buyer, 1);
        var (atBuyer, atSeller) = (Hears<GoodsOrderChanged>(buyer), Hears<GoodsOrderChanged>(seller));

        var order = (await buyer.Client.Orders.CreateAsync(item, 3, "Gate 7, please", expectedPrice: 0.01m, cancellationToken: Bounded)).OrderId;
        (await Stock(seller, item)).ShouldBe(7);
        (await seller.Client.Orders.AcceptAsync(order, fulfilDays: 5, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Accepted);
        (await Balance(buyer)).ShouldBe((1, 0));
        (await buyer.Client.Orders.PayAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Paid);
        (await Balance(buyer)).ShouldBe((0.97m, 0.03m));
        await seller.Client.Orders.FulfilPartAsync(order, 1, new ShipmentDetails { Carrier = "DHL", Tracking = "X1" }, cancellationToken: Bounded);
        (await seller.Client.Orders.FulfilAsync(order, shipment: new ShipmentDetails { Note = "by hand" }, cancellationToken: Bounded))
            .Status.ShouldBe(OrderStatus.Fulfilled);
        var done = await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded);

        done.Status.ShouldBe(OrderStatus.Completed);
        (await Balance(buyer)).ShouldBe((0.97m, 0));
        (await Balance(seller)).ShouldBe((0.03m, 0));
        (await Stock(seller, item)).ShouldBe(7);
        var view = await seller.Client.Orders.GetAsync(order, Bounded);
        view.Notes.ShouldBe("Gate 7, please");
        view.FulfilDays.ShouldBe(5);
        view.You.ShouldBe(Party.Seller);
        view.BuyerPeerId.ShouldBe(buyer.PeerId);
        view.Shipments.Select(one => (one.Quantity, one.Carrier, one.Tracking, one.Note))
            .ShouldBe([(1m, "DHL", "X1", (string?)null), (2m, null, null, "by hand")]);
        OrderAction[] actions =
            [OrderAction.Place, OrderAction.Accept, OrderAction.Pay, OrderAction.FulfilPart, OrderAction.Fulfil, OrderAction.ConfirmReceipt];
        await Eventually(() => atBuyer.All.Count == actions.Length && atSeller.All.Count == actions.Length);
        atBuyer.All.Select(change => change.Action).ShouldBe(actions);
        atSeller.All.Select(change => change.Order.Version).ShouldBe([1, 2, 3, 4, 5, 6]);
        await Verified();
    }

    [Test]
    public async Task What_does_not_come_is_back_in_stock_and_its_price_goes_back()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 5, price: 0.02m);
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, item, 5);

        await seller.Client.Orders.FulfilAsync(order, 3, cancellationToken: Bounded);
        (await Stock(seller, item)).ShouldBe(2);
        (await buyer.Client.Orders.GetAsync(order, Bounded)).State.Refund.ShouldBe(0.04m);
        await seller.Client.Orders.GiveRefundAsync(order, 0.005m, cancellationToken: Bounded);
        await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded);

        (await Balance(buyer)).ShouldBe((1 - 0.1m + 0.045m, 0));
        (await Balance(seller)).ShouldBe((0.055m, 0));
        await Verified();
    }

    [Test]
    public async Task All_of_it_given_back_is_a_refund()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 5, price: 0.02m);
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, item, 1);

        await seller.Client.Orders.FulfilAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.GiveRefundAsync(order, 0.02m, cancellationToken: Bounded);
        (await Refused(() => seller.Client.Orders.GiveRefundAsync(order, 0.00000001m, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AmountTooLarge);
        await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded);

        (await Balance(buyer)).ShouldBe((1, 0));
        (await Balance(seller)).ShouldBe((0, 0));
        await Verified();
    }

    [Test]
    public async Task An_order_in_a_currency_that_is_no_asset_runs_without_escrow_and_says_so()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 5, price: 100, currency: "KES");

        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 1, escrow: true, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NoEscrow);
        var order = (await buyer.Client.Orders.CreateAsync(item, 2, cancellationToken: Bounded)).OrderId;
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        await buyer.Client.Orders.PayAsync(order, "MPESA 17", cancellationToken: Bounded);
        var view = await seller.Client.Orders.GetAsync(order, Bounded);
        (view.State.Escrow, view.State.Total, view.PaymentReference).ShouldBe((false, 200, "MPESA 17"));
        (await Refused(() => buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReceived, "nothing came", Bounded))).ShouldBe(ErrorCodes.NoEscrow);
        (await Refused(() => seller.Client.Orders.GiveRefundAsync(order, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NoEscrow);
        (await Refused(() => buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        await Sql($"update orders set deadline = now() - interval '1 second' where id = '{order}'");
        await Eventually(async () => (await buyer.Client.Orders.GetAsync(order, Bounded)).State.Overdue);
        (await buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);
        (await Stock(seller, item)).ShouldBe(5);
        await Verified();
    }

    [Test]
    public async Task Time_ends_what_nobody_answers_or_pays_and_opens_a_dispute_about_money()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 10, price: 0.01m);
        await Fund(buyer, 1);
        var unanswered = (await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded)).OrderId;
        var unpaid = (await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded)).OrderId;
        await seller.Client.Orders.AcceptAsync(unpaid, cancellationToken: Bounded);
        var unsent = await Paid(seller, buyer, item, 1);
        var unreceived = await Paid(seller, buyer, item, 1);
        await seller.Client.Orders.FulfilAsync(unreceived, cancellationToken: Bounded);
        (await Stock(seller, item)).ShouldBe(6);

        await Sql($"update orders set deadline = now() - interval '1 second' where offer_id = '{item}'");
        await Eventually(async () => (await StatusOf(buyer, unanswered), await StatusOf(buyer, unpaid), await StatusOf(buyer, unsent),
            await StatusOf(buyer, unreceived)) == (OrderStatus.Expired, OrderStatus.Expired, OrderStatus.Disputed, OrderStatus.Disputed));

        (await Stock(seller, item)).ShouldBe(8);
        (await Balance(buyer)).ShouldBe((0.98m, 0.02m)); // Time alone moves no money that is held.
        await Verified();
    }

    [Test]
    public async Task A_dispute_about_goods_is_decided_for_the_buyer_when_the_seller_shows_nothing()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 3, price: 0.01m);
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, item, 2);
        var dispute = (await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReceived, "Nothing came.", Bounded)).DisputeId;
        await Sql($"update disputes set deadline = now() - interval '1 second' where id = '{dispute}'");
        await Eventually(async () => (await buyer.Client.Disputes.GetAsync(dispute, Bounded)).Status == DisputeStatus.DecisionPending);
        (await buyer.Client.Disputes.GetAsync(dispute, Bounded)).Rulings.Single().Rule.ShouldBe("seller_without_proof");
        await Sql($"update disputes set deadline = now() - interval '1 second' where id = '{dispute}'");
        await Eventually(async () => await StatusOf(buyer, order) == OrderStatus.Cancelled);

        (await Balance(buyer)).ShouldBe((1, 0));
        (await Stock(seller, item)).ShouldBe(3);
        await Verified();
    }

    [Test]
    public async Task Staff_find_a_dispute_about_goods_and_divide_what_is_held()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 3, price: 0.01m);
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, item, 2);
        await seller.Client.Orders.FulfilAsync(order, cancellationToken: Bounded);
        var dispute = (await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotAsDescribed, "One is broken.", Bounded)).DisputeId;
        var name = NewName("admin");
        await using var admin = new P2PAdminClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(name, StaffRoles.Admin)),
        });
        await admin.ConnectAsync(Bounded);

        var listed = (await admin.Disputes.ListAsync(new ListDisputeQueueRequest { UserId = Id(buyer) }, Bounded)).Items.ShouldHaveSingleItem();
        listed.OrderId.ShouldBe(order);
        var found = await admin.Disputes.GetAsync(dispute, Bounded);
        found.Dispute.Held.ShouldBe(0.02m);
        await admin.Disputes.AssignAsync(dispute, name, "mine", Bounded);
        await admin.Disputes.RuleSplitAsync(dispute, 25, "A quarter goes back.", "a quarter was broken", Bounded);
        await buyer.Client.Disputes.AcceptRulingAsync(dispute, Bounded);
        await seller.Client.Disputes.AcceptRulingAsync(dispute, Bounded);

        (await StatusOf(buyer, order)).ShouldBe(OrderStatus.Completed);
        (await Balance(buyer)).ShouldBe((1 - 0.02m + 0.005m, 0));
        (await Balance(seller)).ShouldBe((0.015m, 0));
        await Verified();
    }

    [Test]
    public async Task Each_may_do_what_is_theirs_and_no_more()
    {
        var (seller, buyer) = await Pair();
        var stranger = await Peer();
        var item = await Item(seller, stock: 3, price: 0.01m);
        (await Refused(() => seller.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.OwnItem);
        (await Refused(() => stranger.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 4, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotEnoughRemaining);
        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 1, expectedPrice: 2, cancellationToken: Bounded))).ShouldBe(ErrorCodes.PriceChanged);
        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 0, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        var order = (await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded)).OrderId;

        (await Refused(() => buyer.Client.Orders.AcceptAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(() => stranger.Client.Orders.AcceptAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => stranger.Client.Orders.GetAsync(order, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(() => buyer.Client.Orders.PayAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongStatus);
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        (await Refused(() => seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(() => buyer.Client.Orders.PayAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.InsufficientBalance);
        await Fund(buyer, 1);
        await buyer.Client.Orders.PayAsync(order, cancellationToken: Bounded);
        (await Refused(() => buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(
            () => seller.Client.Orders.FulfilAsync(order, shipment: new ShipmentDetails { ProofId = Guid.CreateVersion7() }, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.NotFound);
        (await seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);

        (await Balance(buyer)).ShouldBe((1, 0));
        (await Stock(seller, item)).ShouldBe(3);
        await Verified();
    }

    [Test]
    public async Task Checks_say_what_the_commands_then_say()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 3, price: 0.01m);
        var check = await buyer.Client.Orders.CheckCreateAsync(new CheckCreateGoodsOrderRequest { ItemId = item, Quantity = 4, ExpectedPrice = 3 }, Bounded);
        check.Allowed.ShouldBeFalse();
        check.Reasons.Select(reason => reason.Code).ShouldBe([ErrorCodes.PriceChanged, ErrorCodes.NotEnoughRemaining]);
        check.Quote.ShouldBe(new GoodsQuote { Price = 0.01m, Currency = "BTC", Total = 0.04m, Escrow = true });
        var order = (await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded)).OrderId;
        var actions = await seller.Client.Orders.GetActionsAsync(order, Bounded);
        actions.Where(action => action.Allowed).Select(action => action.Action).ShouldBe([OrderAction.Accept, OrderAction.Decline]);
        (await buyer.Client.Orders.GetActionsAsync(order, Bounded)).Where(action => action.Allowed).Select(action => action.Action)
            .ShouldBe([OrderAction.Cancel]);

        // What the buyer has is the buyer's to know.
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        Codes(await buyer.Client.Orders.GetActionsAsync(order, Bounded)).ShouldBe([ErrorCodes.InsufficientBalance]);
        Codes(await seller.Client.Orders.GetActionsAsync(order, Bounded)).ShouldBe([ErrorCodes.WrongParty]);

        static IEnumerable<string> Codes(IReadOnlyList<GoodsActionCheck> actions) =>
            actions.Single(action => action.Action == OrderAction.Pay).Reasons.Select(reason => reason.Code);
    }

    [Test]
    public async Task Orders_are_found_by_what_they_are_about_and_taken_out_as_a_table()
    {
        var (seller, buyer) = await Pair();
        var other = await Peer();
        await Connect(seller, other);
        var (lamp, chair) = (await Item(seller, 9, 0.01m), await Item(seller, 9, 0.01m));
        var first = (await buyer.Client.Orders.CreateAsync(lamp, 1, "=1+1", cancellationToken: Bounded)).OrderId;
        var second = (await buyer.Client.Orders.CreateAsync(chair, 1, cancellationToken: Bounded)).OrderId;
        var third = (await other.Client.Orders.CreateAsync(lamp, 1, cancellationToken: Bounded)).OrderId;
        await seller.Client.Orders.DeclineAsync(second, cancellationToken: Bounded);

        (await Listed(seller, new ListGoodsOrdersRequest())).ShouldBe([third, second, first]);
        (await Listed(seller, new ListGoodsOrdersRequest { ItemId = lamp })).ShouldBe([third, first]);
        (await Listed(seller, new ListGoodsOrdersRequest { PeerId = buyer.PeerId })).ShouldBe([second, first]);
        (await Listed(seller, new ListGoodsOrdersRequest { Open = true, PeerId = buyer.PeerId })).ShouldBe([first]);
        (await Listed(seller, new ListGoodsOrdersRequest { Status = OrderStatus.Declined })).ShouldBe([second]);
        (await Listed(seller, new ListGoodsOrdersRequest { You = Party.Buyer })).ShouldBeEmpty();
        (await Listed(seller, new ListGoodsOrdersRequest { Until = DateTimeOffset.UtcNow.AddHours(-1) })).ShouldBeEmpty();
        (await Listed(other, new ListGoodsOrdersRequest())).ShouldBe([third]);
        var page = await seller.Client.Orders.ListAsync(limit: 2, cancellationToken: Bounded);
        (await seller.Client.Orders.ListAsync(cursor: page.NextCursor, cancellationToken: Bounded)).Items.Single().State.Id.ShouldBe(first);

        var table = await seller.Client.Orders.ExportCsvAsync(new ListGoodsOrdersRequest { PeerId = buyer.PeerId, Open = true }, Bounded);
        var lines = table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain($"{first},");
        lines[1].ShouldContain("'=1+1"); // No spreadsheet reckons it.
    }

    [Test]
    public async Task A_party_writes_and_reviews_on_the_dealers_hub()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 3, price: 0.01m);
        await Fund(buyer, 1);
        var heard = Hears<MessageSent>(seller);
        var order = await Paid(seller, buyer, item, 1);
        await buyer.Client.Chat.SendAsync(order, "When does it come?", cancellationToken: Bounded);
        await Eventually(() => heard.All.Any(message => message.Kind == MessageKind.Text));
        await seller.Client.Orders.FulfilAsync(order, cancellationToken: Bounded);
        await buyer.Client.Orders.ConfirmReceiptAsync(order, cancellationToken: Bounded);
        await buyer.Client.Reviews.CreateAsync(order, 5, cancellationToken: Bounded);

        (await Sql<long>($"select count(*) from reviews where order_id = '{order}'")).ShouldBe(1);
        // Ads ask for trades: what dealers exchange among themselves is none.
        (await Sql<int>($"select completed from standings where user_id = {Id(seller)}")).ShouldBe(0);
        (await Sql<int>($"select open_goods from standings where user_id = {Id(buyer)}")).ShouldBe(0);
    }

    [Test]
    [Category("BesideTrading")]
    public async Task A_server_without_the_network_leaves_goods_orders_as_they_are()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, stock: 3, price: 0.01m);
        await Fund(buyer, 1);
        var order = await Paid(seller, buyer, item, 1);
        await using var without = await TestMarket.Beside(Market, new() { ["Dealers:Enabled"] = "false" });
        await using var client = without.Client(buyer.Name);
        await client.ConnectAsync(Bounded);

        (await Refused(() => client.Disputes.RaiseAsync(order, DisputeReason.NotReceived, "Nothing came.", Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => client.Orders.CancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => client.Orders.GetAsync(order, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await StatusOf(buyer, order)).ShouldBe(OrderStatus.Paid);
        (await client.Wallet.GetBalancesAsync(Bounded)).Single(balance => balance.Asset == "BTC").InEscrow.ShouldBe(0.01m); // The money is where it was.
    }
}
