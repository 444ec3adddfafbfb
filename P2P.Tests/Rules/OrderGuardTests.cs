using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Trading.CryptoOrders;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>What must hold beside the table: deadlines to the microsecond, what can be done once, what needs the other's word.</summary>
public sealed class OrderGuardTests
{
    private static readonly TimeSpan UndoTime = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Deadline = Now.AddMinutes(20);

    [TestCase(OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer, null, ErrorCodes.DeadlinePassed, ErrorCodes.DeadlinePassed)]
    [TestCase(OrderStatus.AwaitingPayment, OrderAction.ExtendPaymentWindow, Party.Seller, null, ErrorCodes.DeadlinePassed, ErrorCodes.DeadlinePassed)]
    [TestCase(OrderStatus.AwaitingPayment, OrderAction.Expire, Party.System, ErrorCodes.DeadlineNotReached, null, null)]
    [TestCase(OrderStatus.PaymentConfirmed, OrderAction.Dispute, Party.System, ErrorCodes.DeadlineNotReached, null, null)]
    [TestCase(OrderStatus.AwaitingPayment, OrderAction.Cancel, Party.Buyer, null, null, null)]
    [TestCase(OrderStatus.PaymentConfirmed, OrderAction.Release, Party.Seller, null, null, null)]
    public void A_deadline_turns_at_its_very_microsecond(
        OrderStatus status, OrderAction action, Party by, string? before, string? at, string? after)
    {
        var facts = Move(status, action, by);
        facts = facts with { Order = facts.Order with { Deadline = Deadline } };
        Code(facts with { Now = Deadline - Microsecond }).ShouldBe(before);
        Code(facts with { Now = Deadline }).ShouldBe(at);
        Code(facts with { Now = Deadline + Microsecond }).ShouldBe(after);
    }

    [TestCase(OrderStatus.PaymentConfirmed)]
    [TestCase(OrderStatus.Disputed)]
    public void A_suspended_seller_gives_nothing_away_but_may_agree_to_take_back(OrderStatus status)
    {
        var release = Willing(status, OrderAction.Release, Party.Seller);
        Code(release with { Seller = release.Seller with { Suspended = true } }).ShouldBe(ErrorCodes.Suspended);
        Code(release with { Buyer = release.Buyer with { Suspended = true } }).ShouldBeNull();
        var accept = Willing(status, OrderAction.AcceptCancel, Party.Seller);
        Code(accept with { Seller = accept.Seller with { Suspended = true } }).ShouldBeNull();
    }

    [Test]
    public void Before_the_deadline_only_the_buyer_moves_and_at_it_only_the_clock()
    {
        var checkedTimes = 0;
        for (var offset = -50; offset <= 50; offset++)
        {
            var now = Deadline + (offset * Microsecond);
            var confirm = Code(Move(OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer) with { Now = now }) is null;
            var expire = Code(Move(OrderStatus.AwaitingPayment, OrderAction.Expire, Party.System) with { Now = now }) is null;
            (confirm ^ expire).ShouldBeTrue($"{offset} us");
            checkedTimes++;
        }

        checkedTimes.ShouldBe(101);
    }

    [Test]
    public void A_confirmation_gives_the_seller_a_day_and_remembers_the_payment_deadline()
    {
        var facts = Move(OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer);
        facts = facts with { Detail = facts.Detail with { SellerActed = true } };
        var (order, detail) = After(facts);
        order.Deadline.ShouldBe(Now.AddDays(1));
        (detail.PaymentDeadline, detail.ConfirmedAt, detail.PaymentReference).ShouldBe((Deadline, Now, "paid by phone"));
        detail.SellerActed.ShouldBeFalse();
    }

    [TestCase(0, null)]
    [TestCase(119_999_999, null)]
    [TestCase(120_000_000, null)]
    [TestCase(120_000_001, ErrorCodes.DeadlinePassed)]
    public void A_confirmation_can_be_taken_back_within_two_minutes(long microseconds, string? code)
    {
        var facts = Move(OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer);
        Code(facts with { Detail = facts.Detail with { ConfirmedAt = Now - (microseconds * Microsecond) } }).ShouldBe(code);
    }

    [Test]
    public void A_confirmation_is_taken_back_once_and_not_after_the_seller_acted()
    {
        var facts = Move(OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer);
        Code(facts with { Detail = facts.Detail with { ConfirmationUndone = true } }).ShouldBe(ErrorCodes.AlreadyDone);
        Code(facts with { Detail = facts.Detail with { SellerActed = true } }).ShouldBe(ErrorCodes.SellerActed);
        CryptoOrderRules.Reasons(facts with
        {
            Detail = facts.Detail with { ConfirmationUndone = true, SellerActed = true, ConfirmedAt = Now.AddHours(-1) },
        }).Select(reason => reason.Code).ShouldBe([ErrorCodes.AlreadyDone, ErrorCodes.SellerActed, ErrorCodes.DeadlinePassed]);
    }

    [TestCase(OrderAction.RequestCancel)]
    [TestCase(OrderAction.DeclineCancel)]
    public void Whatever_the_seller_does_after_a_confirmation_makes_it_stand(OrderAction action)
    {
        var (order, detail) = After(Willing(OrderStatus.PaymentConfirmed, action, Party.Seller));
        detail.SellerActed.ShouldBeTrue();
        var undo = Move(OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer) with { Order = order, Detail = detail };
        Code(undo).ShouldBe(ErrorCodes.SellerActed);
    }

    [TestCase(-600, 120)]
    [TestCase(0, 120)]
    [TestCase(119, 120)]
    [TestCase(120, 120)]
    [TestCase(121, 121)]
    [TestCase(1_200, 1_200)]
    public void Taking_back_leaves_the_payment_deadline_or_two_minutes_never_the_sellers_day(int leftSeconds, int expectedSeconds)
    {
        var facts = Move(OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer);
        facts = facts with
        {
            Order = facts.Order with { Deadline = Now.AddDays(1), CancelRequestedBy = Party.Buyer },
            Detail = facts.Detail with { PaymentDeadline = Now.AddSeconds(leftSeconds), ConfirmedAt = Now - UndoTime },
        };
        var (order, detail) = After(facts);
        (order.Status, order.Deadline).ShouldBe((OrderStatus.AwaitingPayment, Now.AddSeconds(expectedSeconds)));
        (order.CancelRequestedBy, order.Overdue).ShouldBe((null, false));
        (detail.PaymentDeadline, detail.ConfirmedAt, detail.PaymentReference).ShouldBe((Now.AddSeconds(expectedSeconds), null, null));
        detail.ConfirmationUndone.ShouldBeTrue();
    }

    [Test]
    public void The_payment_window_is_extended_once_from_its_end_and_an_undo_keeps_it()
    {
        var facts = Move(OrderStatus.AwaitingPayment, OrderAction.ExtendPaymentWindow, Party.Seller);
        var (order, detail) = After(facts);
        order.Deadline.ShouldBe(Deadline.AddMinutes(15));
        detail.PaymentDeadline.ShouldBe(Deadline.AddMinutes(15));
        Code(facts with { Order = order, Detail = detail }).ShouldBe(ErrorCodes.AlreadyDone);
        CryptoOrderRules.Reasons(facts with { Order = order, Detail = detail, Now = Now.AddDays(1) })
            .Select(reason => reason.Code).ShouldBe([ErrorCodes.AlreadyDone, ErrorCodes.DeadlinePassed]);

        var confirmed = After(Move(OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer) with { Order = order, Detail = detail });
        var undone = After(Move(OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer) with
        {
            Order = confirmed.Order,
            Detail = confirmed.Detail,
        });
        undone.Order.Deadline.ShouldBe(Deadline.AddMinutes(15));
    }

    [TestCase(Party.Buyer, Party.Seller)]
    [TestCase(Party.Seller, Party.Buyer)]
    public void A_proposal_to_cancel_needs_the_others_word(Party first, Party other)
    {
        MoveFacts Facts(OrderAction action, Party by, Party? proposed)
        {
            var facts = Move(OrderStatus.PaymentConfirmed, action, by);
            return facts with { Order = facts.Order with { CancelRequestedBy = proposed } };
        }

        Code(Facts(OrderAction.AcceptCancel, other, null)).ShouldBe(ErrorCodes.NotRequested);
        Code(Facts(OrderAction.DeclineCancel, other, null)).ShouldBe(ErrorCodes.NotRequested);
        After(Facts(OrderAction.RequestCancel, first, null)).Order.CancelRequestedBy.ShouldBe(first);
        Code(Facts(OrderAction.RequestCancel, first, first)).ShouldBe(ErrorCodes.AlreadyDone);
        Code(Facts(OrderAction.RequestCancel, other, first)).ShouldBe(ErrorCodes.AlreadyDone);
        Code(Facts(OrderAction.AcceptCancel, first, first)).ShouldBe(ErrorCodes.NotRequested);
        After(Facts(OrderAction.AcceptCancel, other, first)).Order.Status.ShouldBe(OrderStatus.Cancelled);
        After(Facts(OrderAction.DeclineCancel, first, first)).Order.CancelRequestedBy.ShouldBeNull();
        After(Facts(OrderAction.DeclineCancel, other, first)).Order.CancelRequestedBy.ShouldBeNull();
        Code(Facts(OrderAction.Release, Party.Seller, first)).ShouldBeNull();
    }

    [Test]
    public void Until_payment_the_seller_cancels_only_while_the_buyer_is_suspended()
    {
        var facts = Move(OrderStatus.AwaitingPayment, OrderAction.Cancel, Party.Seller);
        Code(facts).ShouldBe(ErrorCodes.WrongParty);
        Code(facts with { Seller = facts.Seller with { Suspended = true } }).ShouldBe(ErrorCodes.WrongParty);
        Code(facts with { Buyer = facts.Buyer with { Suspended = true } }).ShouldBeNull();
        Code(facts with { By = Party.Buyer }).ShouldBeNull();
    }

    [Test]
    public void The_server_disputes_for_a_suspension_or_a_day_that_is_over_and_nothing_else()
    {
        var facts = Move(OrderStatus.PaymentConfirmed, OrderAction.Dispute, Party.System);
        Code(facts).ShouldBe(ErrorCodes.DeadlineNotReached);
        foreach (var (buyer, seller) in new[] { (true, false), (false, true), (true, true) })
        {
            var suspended = facts with { Buyer = facts.Buyer with { Suspended = buyer }, Seller = facts.Seller with { Suspended = seller } };
            var (order, _) = After(suspended);
            (order.Status, order.Deadline, order.Overdue).ShouldBe((OrderStatus.Disputed, null, false));
        }

        var (late, _) = After(facts with { Now = Deadline });
        (late.Status, late.Deadline, late.Overdue).ShouldBe((OrderStatus.Disputed, null, true));
    }

    [Test]
    public void A_disputed_order_keeps_a_proposal_to_cancel_and_is_undone_no_more()
    {
        var facts = Move(OrderStatus.PaymentConfirmed, OrderAction.Dispute, Party.Seller);
        var (order, detail) = After(facts with { Order = facts.Order with { CancelRequestedBy = Party.Seller } });
        order.CancelRequestedBy.ShouldBe(Party.Seller);
        Code(facts with { Order = order, Detail = detail, Action = OrderAction.UndoConfirmation, By = Party.Buyer }).ShouldBe(ErrorCodes.WrongStatus);
        After(facts with { Order = order, Detail = detail, Action = OrderAction.AcceptCancel, By = Party.Buyer }).Order.Status
            .ShouldBe(OrderStatus.Cancelled);
    }

    private static (Server.Deals.Engine.Order Order, CryptoOrder Detail) After(MoveFacts facts)
    {
        var decision = CryptoOrderRules.Decide(facts);
        return (decision.Order, (CryptoOrder)decision.Detail);
    }
}
