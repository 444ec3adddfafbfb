using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;
using P2P.Server.Trading.TradeLimits;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>What orders do to the standings of their parties.</summary>
public sealed class StandingRulesTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Test]
    public void Three_lapses_within_a_day_begin_a_day_of_cool_down_and_a_day_apart_do_not()
    {
        var triples = 0;
        foreach (var span in new[] { TimeSpan.Zero, Day - Microsecond, Day, Day + Microsecond, 3 * Day })
        {
            foreach (var middle in new[] { 0.0, 0.5, 1.0 })
            {
                var buyer = Lapse(Standing(BuyerId), Now);
                buyer = Lapse(buyer, Now + (middle * span));
                buyer.CoolingDownUntil.ShouldBeNull();
                buyer = Lapse(buyer, Now + span);
                buyer.CoolingDownUntil.ShouldBe(span < Day ? Now + span + Day : null, $"{span} {middle}");
                buyer.Cancelled.ShouldBe(3);
                triples++;
            }
        }

        triples.ShouldBe(15);
    }

    [Test]
    public void Of_many_lapses_any_three_in_a_row_count()
    {
        var buyer = Standing(BuyerId);
        DateTimeOffset? until = null;
        List<DateTimeOffset> times = [];
        foreach (var hours in new[] { 0, 20, 30, 43, 53.9, 100, 101, 102, 200 })
        {
            var at = Now.AddHours(hours);
            times.Add(at);
            buyer = Lapse(buyer, at);

            // The last one begins when the first cool-down is over: it stands a step higher.
            until = times.Count >= 3 && at - times[^3] < Day ? at + (hours > 78 ? 3 : 1) * Day : until;
            buyer.CoolingDownUntil.ShouldBe(until, $"after {hours} h");
        }

        until.ShouldNotBeNull();
    }

    [Test]
    public void Each_cool_down_within_a_month_of_the_one_before_is_longer_up_to_the_last_step()
    {
        var buyer = Standing(BuyerId);
        var at = Now;
        foreach (var (daysLater, step, days) in new[] { (0, 1, 1), (29, 2, 3), (29, 3, 7), (29, 3, 7), (30, 1, 1), (10, 2, 3) })
        {
            at = at.AddDays(daysLater);
            buyer = Lapse(Lapse(Lapse(buyer, at), at), at);
            (buyer.CoolDowns, buyer.CoolDownAt, buyer.CoolingDownUntil).ShouldBe((step, at, at + (days * Day)));
        }

        CoolDownLadder.Rows.Select(row => row.Step).ShouldBe([1, 2, 3]);
        CoolDownLadder.NextHours(2, at, at.AddDays(5), Limits).ShouldBe(7 * 24);
        CoolDownLadder.NextHours(2, at, at.AddDays(30), Limits).ShouldBe(24);
        CoolDownLadder.NextHours(0, null, at, Limits).ShouldBe(24);
    }

    [Test]
    public void What_lapses_during_a_cool_down_begins_it_anew_and_climbs_no_step()
    {
        var buyer = Lapse(Lapse(Lapse(Standing(BuyerId), Now), Now), Now);
        buyer = Lapse(buyer, Now.AddHours(20));
        (buyer.CoolDowns, buyer.CoolDownAt, buyer.CoolingDownUntil).ShouldBe((1, Now, Now.AddHours(44)));
    }

    [TestCase(OrderStatus.AwaitingPayment, OrderAction.Cancel, Party.Buyer, true)]
    [TestCase(OrderStatus.AwaitingPayment, OrderAction.Expire, Party.System, true)]
    [TestCase(OrderStatus.PaymentConfirmed, OrderAction.AcceptCancel, Party.Seller, true)]
    [TestCase(OrderStatus.Disputed, OrderAction.ResolveRefund, Party.Staff, true)]
    [TestCase(OrderStatus.PaymentConfirmed, OrderAction.Release, Party.Seller, false)]
    [TestCase(OrderStatus.Disputed, OrderAction.ResolveSplit, Party.System, false)]
    [TestCase(OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer, false)]
    public void Of_a_takers_day_only_what_came_to_nothing_is_taken_away(OrderStatus status, OrderAction action, Party by, bool givesBack)
    {
        foreach (var maker in new[] { Party.Seller, Party.Buyer })
        {
            var facts = Willing(status, action, by, maker);
            var volume = DayVolumeRules.With(null, "KES", 1_500, facts.Order.CreatedAt, Now);
            facts = facts with
            {
                Buyer = facts.Buyer with { DayVolume = volume },
                Seller = facts.Seller with { DayVolume = volume },
            };
            var (buyer, seller) = After(facts);
            var (took, made) = maker == Party.Seller ? (buyer, seller) : (seller, buyer);
            DayVolumeRules.UseOf(took.DayVolume, "KES", Now).Used.ShouldBe(givesBack ? 500 : 1_500);
            made.DayVolume.ShouldBe(volume);
        }
    }

    [TestCase(OrderAction.Expire, Party.System, true)]
    [TestCase(OrderAction.Cancel, Party.Buyer, true)]
    [TestCase(OrderAction.Cancel, Party.Seller, false)]
    [TestCase(OrderAction.AcceptCancel, Party.Buyer, false)]
    [TestCase(OrderAction.AcceptCancel, Party.Seller, false)]
    public void What_the_buyer_did_counts_and_what_both_agreed_on_does_not(OrderAction action, Party by, bool counts)
    {
        var status = action == OrderAction.AcceptCancel ? OrderStatus.PaymentConfirmed : OrderStatus.AwaitingPayment;
        foreach (var maker in new[] { Party.Seller, Party.Buyer })
        {
            var (buyer, seller) = After(Willing(status, action, by, maker));
            (buyer.Cancelled, buyer.LastLapseAt).ShouldBe(counts ? (1, Now) : (0, null), $"made by the {maker}");
            (seller.Cancelled, seller.LastLapseAt).ShouldBe((0, null));
        }
    }

    [TestCase(OrderAction.Expire, Party.System)]
    [TestCase(OrderAction.Cancel, Party.Buyer)]
    public void While_a_party_is_suspended_nothing_counts_against_the_buyer(OrderAction action, Party by)
    {
        var facts = Willing(OrderStatus.AwaitingPayment, action, by);
        foreach (var (buyer, seller) in new[] { (true, false), (false, true), (true, true) })
        {
            var after = After(facts with { Buyer = facts.Buyer with { Suspended = buyer }, Seller = facts.Seller with { Suspended = seller } });
            (after.Buyer.Cancelled, after.Buyer.LastLapseAt, after.Buyer.CoolingDownUntil).ShouldBe((0, null, null));
        }
    }

    [TestCase(Party.Seller)]
    [TestCase(Party.Buyer)]
    public void Only_the_taker_has_open_orders_and_only_a_buying_taker_unpaid_ones(Party maker)
    {
        var takerBuys = maker == Party.Seller;
        var taker = CryptoStandingRules.AfterPlacing(Standing(takerBuys ? BuyerId : SellerId), takerBuys, ("KES", 70), Now);
        DayVolumeRules.UseOf(taker.DayVolume, "KES", Now).Used.ShouldBe(70);
        (taker.OpenAsTaker, taker.UnpaidAsTaker).ShouldBe((1, takerBuys ? 1 : 0));

        foreach (var (status, action, by, open, unpaid) in new[]
        {
            (OrderStatus.AwaitingPayment, OrderAction.ConfirmPayment, Party.Buyer, 1, 0),
            (OrderStatus.AwaitingPayment, OrderAction.ExtendPaymentWindow, Party.Seller, 1, 1),
            (OrderStatus.AwaitingPayment, OrderAction.Cancel, Party.Buyer, 0, 0),
            (OrderStatus.AwaitingPayment, OrderAction.Expire, Party.System, 0, 0),
            (OrderStatus.PaymentConfirmed, OrderAction.UndoConfirmation, Party.Buyer, 1, 1),
            (OrderStatus.PaymentConfirmed, OrderAction.Release, Party.Seller, 0, 0),
            (OrderStatus.PaymentConfirmed, OrderAction.AcceptCancel, Party.Seller, 0, 0),
            (OrderStatus.PaymentConfirmed, OrderAction.Dispute, Party.System, 1, 0),
            (OrderStatus.Disputed, OrderAction.ResolveRefund, Party.Staff, 0, 0),
            (OrderStatus.Disputed, OrderAction.ResolveSplit, Party.System, 0, 0),
        })
        {
            var facts = Willing(status, action, by, maker);
            var (buyer, seller) = After(facts);
            var (took, made) = takerBuys ? (buyer, seller) : (seller, buyer);
            (took.OpenAsTaker, took.UnpaidAsTaker).ShouldBe((open, takerBuys ? unpaid : 0), $"{action}");
            (made.OpenAsTaker, made.UnpaidAsTaker).ShouldBe((0, 0), $"{action}");
        }
    }

    [Test]
    public void A_release_completes_a_trade_for_both_and_the_first_one_is_remembered()
    {
        var facts = Willing(OrderStatus.PaymentConfirmed, OrderAction.Release, Party.Seller);
        var (buyer, seller) = After(facts);
        (buyer.Completed, buyer.FirstTradeAt).ShouldBe((1, Now));
        (seller.Completed, seller.FirstTradeAt).ShouldBe((1, Now));
        var (again, _) = After(facts with { Buyer = buyer with { OpenAsTaker = 1 }, Now = Now.AddDays(3) });
        (again.Completed, again.FirstTradeAt).ShouldBe((2, Now));
    }

    [Test]
    public void A_step_within_one_status_changes_no_standing()
    {
        var steps = 0;
        foreach (var row in CryptoOrderRules.Table.Where(row => row.From == row.To))
        {
            CryptoOrderRules.Decide(Willing(row.From, row.Action, row.By)).Standings.ShouldBeEmpty();
            steps++;
        }

        steps.ShouldBe(9);
    }

    private static Standing Lapse(Standing buyer, DateTimeOffset at)
    {
        var facts = Willing(OrderStatus.AwaitingPayment, OrderAction.Expire, Party.System);
        facts = facts with { Order = facts.Order with { Deadline = at }, Now = at, Buyer = buyer with { OpenAsTaker = 1, UnpaidAsTaker = 1 } };
        return After(facts).Buyer;
    }

    private static (Standing Buyer, Standing Seller) After(MoveFacts facts)
    {
        var changed = CryptoOrderRules.Decide(facts).Standings;
        changed.Select(standing => standing.UserId).ShouldBeUnique();
        return (
            changed.FirstOrDefault(standing => standing.UserId == BuyerId) ?? facts.Buyer,
            changed.FirstOrDefault(standing => standing.UserId == SellerId) ?? facts.Seller);
    }
}
