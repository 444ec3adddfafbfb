using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The calls on orders, through the SDK. (S19)</summary>
public sealed class OrderCallTests : MarketFixture
{
    [Test]
    public async Task A_mistaken_confirmation_is_taken_back_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var before = (await Read(buyer, order)).State.Deadline.ShouldNotBeNull();
        await buyer.Client.Orders.ConfirmPaymentAsync(order, "ref", cancellationToken: Bounded);
        (await Refused(() => seller.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        var undone = await buyer.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded);
        (undone.Status, undone.Deadline).ShouldBe((OrderStatus.AwaitingPayment, before));
        (await Read(seller, order)).PaymentReference.ShouldBeNull();

        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        (await Refused(() => buyer.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
    }

    [Test]
    public async Task A_confirmation_stands_after_two_minutes_or_once_the_seller_acted()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.RequestCancelAsync(order, cancellationToken: Bounded);
        (await Refused(() => buyer.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.SellerActed);

        (buyer, _, order) = await ConfirmedOrder();
        await Sql($"update crypto_orders set confirmed_at = confirmed_at - interval '121 seconds' where order_id = '{order}'");
        (await Refused(() => buyer.Client.Orders.UndoConfirmationAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.DeadlinePassed);
    }

    [Test]
    public async Task The_seller_extends_the_payment_window_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var before = (await Read(buyer, order)).State.Deadline.ShouldNotBeNull();
        (await Refused(() => buyer.Client.Orders.ExtendPaymentWindowAsync(order, 10, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(() => seller.Client.Orders.ExtendPaymentWindowAsync(order, 9, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => seller.Client.Orders.ExtendPaymentWindowAsync(order, 1_441, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);
        (await seller.Client.Orders.ExtendPaymentWindowAsync(order, 10, cancellationToken: Bounded)).Deadline.ShouldBe(before.AddMinutes(10));
        (await Read(buyer, order)).PaymentWindowExtended.ShouldBeTrue();
        (await Refused(() => seller.Client.Orders.ExtendPaymentWindowAsync(order, 10, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.AlreadyDone);
    }

    [Test]
    public async Task Both_call_a_confirmed_order_off_together_and_it_counts_against_nobody()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        var (mine, theirs) = (buyer.Client.Orders, seller.Client.Orders);
        (await Refused(() => theirs.AcceptCancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotRequested);
        (await Refused(() => theirs.DeclineCancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotRequested);
        await mine.RequestCancelAsync(order, cancellationToken: Bounded);
        (await Read(seller, order)).State.CancelRequestedBy.ShouldBe(Party.Buyer);
        (await Refused(() => mine.AcceptCancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotRequested);
        (await Refused(() => mine.RequestCancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await Refused(() => theirs.RequestCancelAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        await mine.DeclineCancelAsync(order, cancellationToken: Bounded);
        await theirs.RequestCancelAsync(order, cancellationToken: Bounded);
        await mine.DeclineCancelAsync(order, cancellationToken: Bounded);
        await theirs.RequestCancelAsync(order, cancellationToken: Bounded);
        (await mine.AcceptCancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);

        (await Available(seller)).ShouldBe(10);
        foreach (var party in new[] { buyer, seller })
        {
            (await party.Client.Profiles.GetStatsAsync(cancellationToken: Bounded)).TotalTrades.ShouldBe(0);
        }
    }

    [Test]
    public async Task The_buyer_alone_calls_an_unpaid_order_off_and_all_goes_back()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        (await Available(seller)).ShouldBe(9.5m - (await Read(seller, order)).State.Fee);
        var refusal = await Refusal(() => seller.Client.Orders.CancelAsync(order, cancellationToken: Bounded));
        (refusal.Code, Detail(refusal, "by")).ShouldBe((ErrorCodes.WrongParty, "buyer"));
        (await buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Cancelled);
        (await Available(seller)).ShouldBe(10);
        (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items.Single().Remaining.ShouldBe(1);
    }

    [Test]
    public async Task Who_takes_a_buying_ad_sells_and_is_paid_into_a_chosen_account()
    {
        var maker = await Buyer();
        var taker = await Market.Trader(NewName("taker"), bitcoin: 2);
        var ad = await TestMarket.Ad(maker, side: AdSide.Buy);
        var fields = new Dictionary<string, string> { ["holder"] = "Other", ["phone"] = "+254799999999" };
        var account = (await taker.Client.Profiles.SavePaymentAccountAsync(TestMarket.MpesaKenya, fields, cancellationToken: Bounded))
            .PaymentAccountId;
        var placed = await taker.Client.Orders.CreateAsync(
            ad, TestMarket.MpesaKenya, fiatAmount: 500, paymentAccountId: account, cancellationToken: Bounded);
        (await Available(taker)).ShouldBe(1.5m);

        var view = await Read(maker, placed.OrderId);
        (view.You, view.Maker, view.Seller.ProfileId, view.Buyer.ProfileId).ShouldBe((Party.Buyer, Party.Buyer, Id(taker), Id(maker)));
        view.PaymentAccount.ShouldNotBeNull().Fields["phone"].ShouldBe("+254799999999");
        (await Refused(() => taker.Client.Orders.ConfirmPaymentAsync(placed.OrderId, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.WrongParty);
        await maker.Client.Orders.ConfirmPaymentAsync(placed.OrderId, "paid", cancellationToken: Bounded);
        (await Refused(() => maker.Client.Orders.ReleaseAsync(placed.OrderId, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongParty);
        await taker.Client.Orders.ReleaseAsync(placed.OrderId, cancellationToken: Bounded);
        (await Available(maker)).ShouldBe(0.5m - view.State.Fee);
        (await Available(taker)).ShouldBe(1.5m);
    }

    [Test]
    public async Task An_order_is_refused_with_the_code_of_its_fault()
    {
        var (seller, buyer, poor) = (await Seller(), await Buyer(), await Seller(bitcoin: 0.1m));
        var ad = await TestMarket.Ad(seller);
        var poorAd = await TestMarket.Ad(poor);
        var orders = buyer.Client.Orders;
        (await Refused(() => Place(seller, ad))).ShouldBe(ErrorCodes.OwnAd);
        (await Refused(() => Place(buyer, Guid.CreateVersion7()))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 5, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 0.5m, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AmountTooSmall);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 2_000_000, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.AmountTooLarge);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 2_000, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.NotEnoughRemaining);
        (await Refused(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 5.001m, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => orders.CreateAsync(ad, 1, 500, cancellationToken: Bounded))).ShouldBe(ErrorCodes.PaymentMethodNotAccepted);
        var changed = await Refusal(() => orders.CreateAsync(ad, TestMarket.MpesaKenya, 500, expectedPrice: 999, cancellationToken: Bounded));
        (changed.Code, Detail(changed, "price")).ShouldBe((ErrorCodes.PriceChanged, "1000"));

        var sellers = await Refusal(() => Place(buyer, poorAd));
        (sellers.Code, Detail(sellers, "available")).ShouldBe((ErrorCodes.InsufficientBalance, null));
        var buying = await TestMarket.Ad(buyer, side: AdSide.Buy);
        var own = await Refusal(() => Place(poor, buying));
        (own.Code, Detail(own, "available"), Detail(own, "needed")).ShouldBe((ErrorCodes.InsufficientBalance, "0.1", "0.5"));
        (await buyer.Client.Orders.ListAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task Conditions_on_a_taker_are_refused_one_by_one()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        foreach (var (conditions, code) in new[]
        {
            (new TakerConditions { VerifiedOnly = true }, ErrorCodes.NotVerified),
            (new TakerConditions { CompletedTradesMin = 1 }, ErrorCodes.TooFewTrades),
            (new TakerConditions { AccountAgeDaysMin = 1 }, ErrorCodes.AccountTooYoung),
        })
        {
            var ad = (await seller.Client.Ads.CreateAsync(
                AdSide.Sell, "BTC", "KES", 1, TestMarket.Terms() with { Conditions = conditions }, Bounded)).AdId;
            (await Refused(() => Place(buyer, ad))).ShouldBe(code);
            (await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).CannotTakeBecause.Select(reason => reason.Code).ShouldBe([code]);
        }
    }

    [Test]
    public async Task Nothing_can_be_done_to_an_order_that_has_ended()
    {
        // S27: terminal orders accept no command.
        var (buyer, seller, released) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(released, cancellationToken: Bounded);
        var (other, otherSeller, cancelled) = await OrderAwaitingPayment();
        await other.Client.Orders.CancelAsync(cancelled, cancellationToken: Bounded);
        foreach (var (party, order) in new[] { (buyer, released), (seller, released), (other, cancelled), (otherSeller, cancelled) })
        {
            var version = (await Read(party, order)).State.Version;
            foreach (var call in Actions(party.Client.Orders, order))
            {
                (await Refused(call)).ShouldBe(ErrorCodes.WrongStatus);
            }

            (await party.Client.Orders.GetActionsAsync(order, Bounded)).ShouldAllBe(action => !action.Allowed);
            (await Read(party, order)).State.Version.ShouldBe(version);
        }
    }

    [Test]
    public async Task What_the_actions_say_is_what_the_calls_do()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        foreach (var party in new[] { buyer, seller })
        {
            foreach (var action in (await party.Client.Orders.GetActionsAsync(order, Bounded)).Where(action => !action.Allowed))
            {
                var call = Actions(party.Client.Orders, order)[CallOf(action.Action)];
                (await Refused(call)).ShouldBe(action.Reasons[0].Code, $"{action.Action}");
            }
        }
    }

    [Test]
    public async Task A_stale_version_changes_nothing_and_tells_the_present_one()
    {
        // S25
        var (buyer, seller, order) = await ConfirmedOrder();
        foreach (var call in new Func<Task>[]
        {
            () => seller.Client.Orders.ReleaseAsync(order, 1, Bounded), () => buyer.Client.Orders.UndoConfirmationAsync(order, 1, Bounded),
            () => buyer.Client.Orders.RequestCancelAsync(order, 1, Bounded), () => buyer.Client.Orders.CancelAsync(order, 1, Bounded),
        })
        {
            var refusal = await Refusal(call);
            (refusal.Code, Detail(refusal, "version")).ShouldBe((ErrorCodes.StaleVersion, "2"));
        }

        (await Read(buyer, order)).State.Version.ShouldBe(2);
        (await seller.Client.Orders.ReleaseAsync(order, 2, Bounded)).Version.ShouldBe(3);
    }

    [Test]
    public async Task Orders_are_listed_newest_first_in_pages_and_by_filter()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        var placed = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            placed.Insert(0, await Place(buyer, ad, 0.1m));
        }

        await buyer.Client.Orders.CancelAsync(placed[4], cancellationToken: Bounded);
        var first = await buyer.Client.Orders.ListAsync(limit: 3, cancellationToken: Bounded);
        var second = await buyer.Client.Orders.ListAsync(limit: 3, cursor: first.NextCursor, cancellationToken: Bounded);
        first.Items.Concat(second.Items).Select(order => order.State.Id).ShouldBe(placed);
        second.NextCursor.ShouldBeNull();
        (await Found(new() { Open = true })).ShouldBe(placed[..4]);
        (await Found(new() { Open = false })).ShouldBe(placed[4..]);
        (await Found(new() { Status = OrderStatus.Cancelled })).ShouldBe(placed[4..]);
        (await Found(new() { You = Party.Seller })).ShouldBeEmpty();
        (await Found(new() { You = Party.Buyer })).ShouldBe(placed);
        foreach (var wrong in new ListOrdersRequest[] { new() { Limit = 0 }, new() { Limit = 101 }, new() { Cursor = "?" } })
        {
            (await Refused(() => buyer.Client.Orders.ListAsync(wrong, Bounded))).ShouldBe(ErrorCodes.BadInput);
        }

        async Task<List<Guid>> Found(ListOrdersRequest request) =>
            [.. (await buyer.Client.Orders.ListAsync(request, Bounded)).Items.Select(order => order.State.Id)];
    }

    [Test]
    public async Task The_same_order_sent_ten_times_at_once_is_placed_once()
    {
        // S24
        var (seller, buyer) = (await Seller(), await Buyer());
        var request = new CreateOrderRequest
        {
            RequestId = Guid.CreateVersion7(),
            AdId = await TestMarket.Ad(seller),
            PaymentMethodId = TestMarket.MpesaKenya,
            CryptoAmount = 0.1m,
        };
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => buyer.Client.Orders.CreateAsync(request, Bounded)));
        replies.Distinct().Count().ShouldBe(1);
        (await buyer.Client.Orders.ListAsync(cancellationToken: Bounded)).Items.Count.ShouldBe(1);
        (await Refused(() => buyer.Client.Orders.CreateAsync(request with { CryptoAmount = 0.2m }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
    }

    private static int CallOf(OrderAction action) => action switch
    {
        OrderAction.Cancel => 0,
        OrderAction.ConfirmPayment => 1,
        OrderAction.UndoConfirmation => 2,
        OrderAction.ExtendPaymentWindow => 3,
        OrderAction.Release => 4,
        OrderAction.RequestCancel => 5,
        OrderAction.AcceptCancel => 6,
        OrderAction.DeclineCancel => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No party does this."),
    };

    private static Func<Task>[] Actions(OrdersClient orders, Guid order) =>
    [
        () => orders.CancelAsync(order, cancellationToken: Bounded),
        () => orders.ConfirmPaymentAsync(order, cancellationToken: Bounded),
        () => orders.UndoConfirmationAsync(order, cancellationToken: Bounded),
        () => orders.ExtendPaymentWindowAsync(order, 10, cancellationToken: Bounded),
        () => orders.ReleaseAsync(order, cancellationToken: Bounded),
        () => orders.RequestCancelAsync(order, cancellationToken: Bounded),
        () => orders.AcceptCancelAsync(order, cancellationToken: Bounded),
        () => orders.DeclineCancelAsync(order, cancellationToken: Bounded),
    ];
}
