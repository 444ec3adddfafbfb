using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Deals.Engine;
using static P2P.Tests.Rules.GoodsFacts;

namespace P2P.Tests.Rules;

/// <summary>What refuses an action on a goods order, at its very edge, and what an allowed one writes.</summary>
public sealed class GoodsGuardTests
{
    private static readonly GoodsMoveFacts PaidOne = Facts(Order(OrderStatus.Paid, 10), OrderAction.Fulfil, Party.Seller);

    [Test]
    public void A_party_is_offered_its_own_actions_and_told_whose_the_others_are()
    {
        GoodsOrderRules.PartyActions.ShouldBe(
            GoodsOrderTable.Rows.Where(row => row.By == Party.Buyer || row.By == Party.Seller).Select(row => row.Action).ToHashSet(), ignoreOrder: true);
        GoodsOrderRules.PartyActions.ShouldBeUnique();
        GoodsOrderRules.PartyActions.ShouldNotContain(OrderAction.AssumeReceipt);

        // Only the first reason: the guards would tell a seller what the buyer owns.
        var pays = Facts(Order(OrderStatus.Accepted, 10), OrderAction.Pay, Party.Seller) with { BuyerAvailable = 0 };
        Codes(pays).ShouldBe([ErrorCodes.WrongParty]);
        GoodsOrderRules.Reasons(pays).Single().Details!["by"].ShouldBe("buyer");
        Codes(Facts(Order(OrderStatus.Completed, 10), OrderAction.Pay, Party.Buyer)).ShouldBe([ErrorCodes.WrongStatus]);
        GoodsOrderRules.Reasons(Facts(Order(OrderStatus.Requested, 10), OrderAction.Accept, Party.Buyer)).Single().Details!["by"].ShouldBe("seller");

        // A row that is one's own, and yet not to be walked now, is the other's.
        var cancels = Facts(Order(OrderStatus.Paid, 10) with { Overdue = true }, OrderAction.Cancel, Party.Buyer);
        GoodsOrderRules.Reasons(cancels).Single().Details!["by"].ShouldBe("seller");
        Code(cancels).ShouldBe(ErrorCodes.WrongParty);
        Code(Facts(Order(OrderStatus.Paid, 0), OrderAction.Cancel, Party.Buyer)).ShouldBe(ErrorCodes.WrongParty, "it is not overdue");
        Codes(Facts(Order(OrderStatus.Paid, 0) with { Overdue = true }, OrderAction.Cancel, Party.Buyer)).ShouldBeEmpty();
        Code(Facts(Order(OrderStatus.Accepted, 10), OrderAction.Cancel, Party.Seller)).ShouldBe(ErrorCodes.WrongParty);
    }

    [Test]
    public void An_order_is_accepted_until_its_very_deadline()
    {
        var facts = Facts(Order(OrderStatus.Requested, 10) with { Deadline = Now }, OrderAction.Accept, Party.Seller);
        Codes(facts).ShouldBe([ErrorCodes.DeadlinePassed]);
        var after = GoodsOrderRules.Decide(facts with { Now = Now.AddTicks(-1), Request = new AcceptTerms(3) });
        after.Order.Deadline.ShouldBe(Now.AddTicks(-1).AddHours(Settings.PayHours));
        ((GoodsOrder)after.Detail).FulfilDays.ShouldBe(3);
        ((GoodsOrder)GoodsOrderRules.Decide(facts with { Now = Now.AddTicks(-1) }).Detail).FulfilDays.ShouldBe(Limits.FulfilDays);
    }

    [Test]
    public void A_payment_needs_time_money_and_nobody_suspended()
    {
        var facts = Facts(Order(OrderStatus.Accepted, 10), OrderAction.Pay, Party.Buyer);
        var after = GoodsOrderRules.Decide(facts with { Detail = facts.Detail with { FulfilDays = 4 }, Reference = "R1" });
        after.Order.Deadline.ShouldBe(Now.AddDays(4));
        ((GoodsOrder)after.Detail).ShouldBe(((GoodsOrder)after.Detail) with { PaidAt = Now, PaymentReference = "R1" });
        GoodsOrderRules.Decide(facts).Order.Deadline.ShouldBe(Now.AddDays(Limits.FulfilDays));

        Codes(facts with { Now = facts.Order.Deadline!.Value }).ShouldBe([ErrorCodes.DeadlinePassed]); // Not null: the order has one.
        Codes(facts with { Now = facts.Order.Deadline!.Value.AddTicks(-1) }).ShouldBeEmpty();
        Codes(facts with { Buyer = facts.Buyer with { Suspended = true } }).ShouldBe([ErrorCodes.Suspended]);
        Codes(facts with { Seller = facts.Seller with { Suspended = true } }).ShouldBe([ErrorCodes.Suspended]);
        Codes(facts with { BuyerAvailable = 9.99999999m }).ShouldBe([ErrorCodes.InsufficientBalance]);
        Codes(facts with { BuyerAvailable = 0, Now = Now.AddDays(1), Seller = facts.Seller with { Suspended = true } })
            .ShouldBe([ErrorCodes.DeadlinePassed, ErrorCodes.Suspended, ErrorCodes.InsufficientBalance]);
    }

    [Test]
    public void Shipments_are_counted_and_never_more_than_is_left()
    {
        GoodsOrder Sent(OrderAction action, decimal? quantity, int shipments = 0) => (GoodsOrder)GoodsOrderRules.Decide(PaidOne with
        {
            Action = action,
            Detail = PaidOne.Detail with { Shipments = shipments },
            Request = new ShipmentTerms(quantity, "DHL", "T", "N", Guid.Empty),
        }).Detail;

        var part = Sent(OrderAction.FulfilPart, 0.5m, shipments: 3);
        (part.Fulfilled, part.Shipments, part.FulfilledAt, part.Refund).ShouldBe((0.5m, 4, null, 0));
        part.Sent.ShouldBe(new Shipment
        {
            OrderId = PaidOne.Order.Id,
            Seq = 4,
            Quantity = 0.5m,
            Carrier = "DHL",
            Tracking = "T",
            Note = "N",
            ProofId = Guid.Empty,
        });
        Sent(OrderAction.Fulfil, null).Fulfilled.ShouldBe(2, "all that is left");
        ((GoodsOrder)GoodsOrderRules.Decide(PaidOne with { Action = OrderAction.FulfilPart, Request = null }).Detail).Fulfilled.ShouldBe(0);

        Refuses(OrderAction.Fulfil, 2).ShouldBeEmpty();
        Refuses(OrderAction.Fulfil, 2.00000001m).ShouldBe([ErrorCodes.NotEnoughRemaining]);
        Refuses(OrderAction.FulfilPart, 1.99999999m).ShouldBeEmpty();
        Refuses(OrderAction.FulfilPart, 2).ShouldBe([ErrorCodes.NotEnoughRemaining], "the last part is the last one");
        Sentence(OrderAction.Fulfil, 3).ShouldContain("more than is left");
        Sentence(OrderAction.FulfilPart, 3).ShouldContain("last part");

        // One of the shipments is kept for the last part.
        const int max = Limits.ShipmentsMax;
        Refuses(OrderAction.FulfilPart, 1, max - 2).ShouldBeEmpty();
        Refuses(OrderAction.FulfilPart, 1, max - 1).ShouldBe([ErrorCodes.QuotaExceeded]);
        Refuses(OrderAction.Fulfil, 1, max - 1).ShouldBeEmpty();
        Refuses(OrderAction.Fulfil, 1, max).ShouldBe([ErrorCodes.QuotaExceeded]);

        static IReadOnlyList<string> Refuses(OrderAction action, decimal quantity, int shipments = 0) => Codes(With(action, quantity, shipments));
        static string Sentence(OrderAction action, decimal quantity) => GoodsOrderRules.Reasons(With(action, quantity, 0)).First().Message;
        static GoodsMoveFacts With(OrderAction action, decimal quantity, int shipments) => PaidOne with
        {
            Action = action,
            Detail = PaidOne.Detail with { Shipments = shipments },
            Request = new ShipmentTerms(quantity, null, null, null, null),
        };
    }

    [Test]
    public void The_last_part_sets_the_time_to_receive_and_refunds_what_is_missing()
    {
        var overdue = PaidOne with { Order = PaidOne.Order with { Overdue = true } };
        var after = GoodsOrderRules.Decide(overdue);
        (after.Order.Deadline, after.Order.Overdue).ShouldBe((Now.AddDays(Settings.ReceiveDays), false));
        ((GoodsOrder)after.Detail).Refund.ShouldBe(0, "nothing is missing");
        ((GoodsOrder)after.Detail).FulfilledAt.ShouldBe(Now);

        // Without escrow there is nothing to refund; of what was given back already nothing is lost.
        var short1 = PaidOne with { Request = new ShipmentTerms(1, null, null, null, null) };
        ((GoodsOrder)GoodsOrderRules.Decide(short1).Detail).Refund.ShouldBe(5);
        ((GoodsOrder)GoodsOrderRules.Decide(short1 with { Order = Order(OrderStatus.Paid, 0) }).Detail).Refund.ShouldBe(0);
        var given = PaidOne with { Detail = PaidOne.Detail with { Refund = 2, Total = 10.5m } };
        ((GoodsOrder)GoodsOrderRules.Decide(given).Detail).Refund.ShouldBe(2, "all came: rounding is not given back");
    }

    [Test]
    public void A_sent_part_holds_the_seller_to_it()
    {
        var cancels = PaidOne with { Action = OrderAction.Cancel };
        Codes(cancels).ShouldBeEmpty();
        Codes(cancels with { Detail = cancels.Detail with { Fulfilled = 0.00000001m } }).ShouldBe([ErrorCodes.AlreadySent]);
        var sent = cancels.Detail with { Fulfilled = 1 };
        Codes(Facts(Order(OrderStatus.Paid, 0) with { Overdue = true }, OrderAction.Cancel, Party.Buyer) with { Detail = sent }).ShouldBeEmpty();
        Codes(Facts(Order(OrderStatus.Requested, 10), OrderAction.Cancel, Party.Buyer) with { Detail = sent }).ShouldBeEmpty();
    }

    [Test]
    public void A_suspended_buyer_confirms_nothing()
    {
        var confirms = Facts(Order(OrderStatus.Fulfilled, 10), OrderAction.ConfirmReceipt, Party.Buyer);
        Codes(confirms with { Buyer = confirms.Buyer with { Suspended = true } }).ShouldBe([ErrorCodes.Suspended]);
        Codes(confirms with { Seller = confirms.Seller with { Suspended = true } }).ShouldBeEmpty();
    }

    [Test]
    public void A_refund_is_at_most_what_is_held_and_counts_in_its_decimals()
    {
        var gives = Facts(Order(OrderStatus.Paid, 10), OrderAction.GiveRefund, Party.Seller);
        Refuses(6, refunded: 4).ShouldBeEmpty();
        Refuses(6.00000001m, refunded: 4).ShouldBe([ErrorCodes.AmountTooLarge]);
        Codes(gives with { Detail = gives.Detail with { Refund = 10 } }).ShouldBe([ErrorCodes.AmountTooLarge], "nothing is left");
        Refuses(0.000000001m, refunded: 0).ShouldBe([ErrorCodes.AmountTooSmall]);
        GoodsOrderRules.Reasons(With(0.000000001m, 0)).Single().Details!["min"].ShouldBe("0.00000001");
        ((GoodsOrder)GoodsOrderRules.Decide(With(1.5m, 4)).Detail).Refund.ShouldBe(5.5m);
        Codes(With(1, 0) with { Order = Order(OrderStatus.Paid, 0) }).ShouldBe([ErrorCodes.NoEscrow]);

        IReadOnlyList<string> Refuses(decimal amount, decimal refunded) => Codes(With(amount, refunded));
        GoodsMoveFacts With(decimal amount, decimal refunded) =>
            gives with { Detail = gives.Detail with { Refund = refunded }, Request = new RefundTerms(amount) };
    }

    [Test]
    public void A_dispute_needs_escrow_and_says_whether_time_was_over()
    {
        var raises = Facts(Order(OrderStatus.Paid, 10) with { Deadline = Now }, OrderAction.Dispute, Party.Buyer);
        GoodsOrderRules.Decide(raises).Order.Overdue.ShouldBeTrue();
        GoodsOrderRules.Decide(raises with { Now = Now.AddTicks(-1) }).Order.Overdue.ShouldBeFalse();
        Codes(raises with { Order = Order(OrderStatus.Paid, 0) }).ShouldBe([ErrorCodes.NoEscrow]);

        // The server raises one when time is over, or at once when a party is suspended.
        var server = raises with { By = Party.System, Now = Now.AddTicks(-1) };
        Codes(server).ShouldBe([ErrorCodes.DeadlineNotReached]);
        Codes(server with { Seller = server.Seller with { Suspended = true } }).ShouldBeEmpty();
        Codes(server with { Buyer = server.Buyer with { Suspended = true } }).ShouldBeEmpty();
        Codes(server with { Order = server.Order with { Deadline = null } }).ShouldBe([ErrorCodes.DeadlineNotReached]);

        // Where money is held, time alone ends nothing.
        foreach (var (status, action) in new[] { (OrderStatus.Paid, OrderAction.MarkOverdue), (OrderStatus.Fulfilled, OrderAction.AssumeReceipt) })
        {
            var held = Facts(Order(status, 10) with { Deadline = Now.AddHours(1) }, action, Party.System);
            Codes(held).ShouldBe([ErrorCodes.WrongStatus]);
            Codes(held with { Order = Order(status, 0) with { Deadline = Now } }).ShouldBeEmpty();
        }
    }

    [Test]
    public void A_proposal_to_cancel_waits_for_the_other_and_ends_with_the_order()
    {
        var proposes = PaidOne with { Action = OrderAction.RequestCancel, By = Party.Buyer };
        var after = GoodsOrderRules.Decide(proposes).Order;
        after.CancelRequestedBy.ShouldBe(Party.Buyer);
        after.Deadline.ShouldBe(PaidOne.Order.Deadline, "time goes on");
        GoodsOrderRules.Decide(PaidOne with { Order = after, Action = OrderAction.DeclineCancel }).Order.CancelRequestedBy.ShouldBeNull();
        var accepted = GoodsOrderRules.Decide(PaidOne with { Order = after, Action = OrderAction.AcceptCancel });
        (accepted.Order.Status, accepted.Order.CancelRequestedBy, accepted.Escrow, accepted.Remaining)
            .ShouldBe((OrderStatus.Cancelled, null, EscrowEffect.Refund, 2));
        Code(PaidOne with { Order = after, Action = OrderAction.AcceptCancel, By = Party.Buyer }).ShouldBe(ErrorCodes.NotRequested);

        // One that waits survives the next step, and the order's end.
        GoodsOrderRules.Decide(PaidOne with { Order = after }).Order.CancelRequestedBy.ShouldBe(Party.Buyer);
    }

    [Test]
    public void What_was_sent_or_is_back_already_does_not_come_back_into_stock()
    {
        GoodsOrderRules.Decide(PaidOne with { Action = OrderAction.FulfilPart, Request = new ShipmentTerms(1, null, null, null, null) })
            .Remaining.ShouldBe(0);
        var sent = Facts(Order(OrderStatus.Fulfilled, 10) with { CancelRequestedBy = Party.Buyer }, OrderAction.AcceptCancel, Party.Seller);
        GoodsOrderRules.Decide(sent with { Detail = sent.Detail with { Fulfilled = 1 } }).Remaining.ShouldBe(0);
        var overdue = Facts(Order(OrderStatus.Paid, 0) with { Deadline = Now }, OrderAction.MarkOverdue, Party.System);
        var after = GoodsOrderRules.Decide(overdue);
        (after.Order.Overdue, after.Remaining).ShouldBe((true, 0));
    }

    [Test]
    public void Without_escrow_no_money_moves_and_a_share_is_a_splits_alone()
    {
        var free = Facts(Order(OrderStatus.Fulfilled, 0), OrderAction.ConfirmReceipt, Party.Buyer) with { BuyerShare = 1 };
        var decided = GoodsOrderRules.Decide(free with { Detail = free.Detail with { Refund = 1 } });
        (decided.Escrow, decided.BuyerShare).ShouldBe((EscrowEffect.None, null));
        var held = GoodsOrderRules.Decide(free with { Order = Order(OrderStatus.Fulfilled, 10) });
        (held.Escrow, held.BuyerShare).ShouldBe((EscrowEffect.Release, null));
        var split = GoodsOrderRules.Decide(
            Facts(Order(OrderStatus.Disputed, 10), OrderAction.ResolveSplit, Party.Staff) with { BuyerShare = 3 });
        (split.Escrow, split.BuyerShare).ShouldBe((EscrowEffect.Split, 3));
    }
}
