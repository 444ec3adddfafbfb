using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Deals;
using P2P.Server.Deals.Engine;
using static P2P.Tests.Rules.GoodsFacts;

namespace P2P.Tests.Rules;

/// <summary>The table of goods orders and the pure rules on it.</summary>
public sealed class GoodsOrderRulesTests
{
    private static readonly Party[] Parties = [Party.Buyer, Party.Seller, Party.System, Party.Staff];

    [Test]
    public void Over_the_whole_table_only_its_rows_are_allowed()
    {
        var (cells, allowed) = (0, 0);
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            foreach (var action in Enum.GetValues<OrderAction>())
            {
                foreach (var by in Parties)
                {
                    cells++;
                    var row = GoodsOrderTable.Rows.SingleOrDefault(one => one.From == status && one.Action == action && one.By == by);
                    var facts = Ready(status, action, by);
                    if (row is null)
                    {
                        Code(facts).ShouldBeOneOf(ErrorCodes.WrongStatus, ErrorCodes.WrongParty);
                        continue;
                    }

                    allowed++;
                    var after = GoodsOrderRules.Decide(facts);
                    (after.Order.Status, after.Order.Duty).ShouldBe((row.To, row.Duty));
                    after.Escrow.ShouldBe(facts.HasEscrow ? row.Escrow : EscrowEffect.None);
                    (after.Order.Deadline is null).ShouldBe(!row.To.IsOpen() || row.To == OrderStatus.Disputed);
                    after.Standings.Sum(one => one.OpenGoods - facts.Buyer.OpenGoods).ShouldBe(row.To.IsOpen() ? 0 : -1);
                }
            }
        }

        TestContext.Out.WriteLine($"{cells} cells, {allowed} of them rows.");
        allowed.ShouldBe(GoodsOrderTable.Rows.Count);
    }

    [Test]
    public void Every_open_status_has_a_duty_and_time_acts_on_it()
    {
        var kind = new GoodsOrderKind(Settings);
        OrderStatus[] open = [OrderStatus.Requested, OrderStatus.Accepted, OrderStatus.Paid, OrderStatus.Fulfilled];
        foreach (var status in open)
        {
            foreach (var held in new[] { 0m, 1m })
            {
                var action = kind.DueAction(new DueOrder { Id = Guid.Empty, Kind = OrderKind.Goods, Status = status, Version = 1, Held = held })
                    .ShouldNotBeNull();
                var order = Order(status, held) with { Deadline = Now };
                var after = GoodsOrderRules.Decide(Facts(order, action, Party.System));
                after.Escrow.ShouldBe(EscrowEffect.None); // Time alone moves no money.
                Code(Facts(order with { Deadline = Now.AddTicks(1) }, action, Party.System)).ShouldBe(ErrorCodes.DeadlineNotReached);
            }
        }
    }

    [Test]
    public void A_release_pays_the_agreed_split()
    {
        Release(refund: 0).ShouldBe((EscrowEffect.Release, null));
        Release(refund: 4).ShouldBe((EscrowEffect.Split, 4m));
        Release(refund: 10).ShouldBe((EscrowEffect.Refund, null));

        static (EscrowEffect, decimal?) Release(decimal refund)
        {
            var facts = Facts(Order(OrderStatus.Fulfilled, 10), OrderAction.ConfirmReceipt, Party.Buyer);
            var decision = GoodsOrderRules.Decide(facts with { Detail = facts.Detail with { Refund = refund } });
            return (decision.Escrow, decision.BuyerShare);
        }
    }

    [TestCase(3, 10, 0, 7, TestName = "Most_of_it_sent")]
    [TestCase(1, 10, 8, 10, TestName = "Never_more_than_is_held")]
    public void What_is_missing_is_refunded(int sent, decimal held, decimal refunded, decimal refund)
    {
        var order = Order(OrderStatus.Paid, held) with { Taken = 10 };
        var facts = Facts(order, OrderAction.Fulfil, Party.Seller);
        var decision = GoodsOrderRules.Decide(facts with
        {
            Detail = facts.Detail with { Quantity = 10, Total = held, Price = held / 10, Refund = refunded },
            Request = new ShipmentTerms(sent, null, null, null, null),
        });
        ((GoodsOrder)decision.Detail).Refund.ShouldBe(refund);
        decision.Remaining.ShouldBe(10 - sent);
    }

    /// <summary>10,000 walks over the table: stock and money go out as often as they came in, and no row is missed.</summary>
    [Test]
    public void Whatever_is_done_stock_and_money_add_up()
    {
        var random = new Random(Support.Tier.Seed());
        var walked = new HashSet<(OrderStatus, OrderAction, Party)>();
        for (var i = 0; i < 10_000; i++)
        {
            var held = random.Next(3) == 0 ? 0 : 10m;
            var order = Order(OrderStatus.Requested, held) with { Deadline = Now.AddHours(1), Taken = 10 };
            var detail = Facts(order, OrderAction.Accept, Party.Seller).Detail with { Quantity = 10, Total = 10, Price = 1 };
            var buyer = Standing(order.BuyerId) with { OpenGoods = 1 };
            var (now, stock, escrow, paidOut) = (Now, -10m, 0m, 0m);
            for (var step = 0; order.IsOpen && step < 60; step++)
            {
                now = now.AddMinutes(random.Next(120));
                var row = GoodsOrderTable.Rows.Where(one => one.From == order.Status).ElementAt(
                    random.Next(GoodsOrderTable.Rows.Count(one => one.From == order.Status)));
                if (row.By == Party.System && order.Deadline is { } due && random.Next(4) == 0)
                {
                    now = now > due ? now : due;
                }

                var facts = Facts(order, row.Action, row.By) with
                {
                    Detail = detail,
                    Buyer = buyer with { Suspended = random.Next(20) == 0 },
                    Now = now,
                    BuyerAvailable = 100,
                    BuyerShare = row.Escrow == EscrowEffect.Split ? 3 : null,
                    Request = row.Action switch
                    {
                        OrderAction.FulfilPart or OrderAction.Fulfil => new ShipmentTerms(random.Next(1, 11), null, null, null, null),
                        OrderAction.GiveRefund => new RefundTerms(random.Next(1, 6)),
                        _ => null,
                    },
                };
                if (GoodsOrderRules.Reasons(facts).Any())
                {
                    continue;
                }

                var decision = GoodsOrderRules.Decide(facts);
                walked.Add((row.From, row.Action, row.By));
                (order, detail) = (decision.Order, ((GoodsOrder)decision.Detail) with { Sent = null });
                buyer = decision.Standings.SingleOrDefault(buyer) with { Suspended = false };
                stock += decision.Remaining;
                escrow += decision.Escrow == EscrowEffect.Hold ? order.Held : 0;
                paidOut += decision.Escrow is EscrowEffect.Release or EscrowEffect.Refund or EscrowEffect.Split ? order.Held : 0;
                if (decision.Escrow == EscrowEffect.Split)
                {
                    decision.BuyerShare.ShouldNotBeNull().ShouldBeInRange(0.00000001m, order.Held - 0.00000001m);
                }

                detail.Refund.ShouldBeInRange(0, order.Held);
                detail.Fulfilled.ShouldBeInRange(0, 10);
            }

            buyer.OpenGoods.ShouldBe(order.IsOpen ? 1 : 0);
            paidOut.ShouldBe(order.IsOpen ? 0 : escrow);
            // What was never sent is back where the order came to nothing or ended short.
            stock.ShouldBe(
                order.Status is OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Declined || detail.FulfilledAt is not null
                    ? -detail.Fulfilled
                    : -10);
        }

        GoodsOrderTable.Rows.Where(row => !walked.Contains((row.From, row.Action, row.By))).ShouldBeEmpty();
    }

    [Test]
    public void Amounts_are_rounded_once_half_to_even()
    {
        GoodsPlacingRules.Amount(0.125m, 1, 2).ShouldBe(0.12m);
        GoodsPlacingRules.Amount(0.375m, 1, 2).ShouldBe(0.38m);
        GoodsPlacingRules.Amount(1.005m, 3, 2).ShouldBe(3.02m); // Of the product, not of the price.
    }

    /// <summary>An order on which the row of the table can be walked.</summary>
    private static GoodsMoveFacts Ready(OrderStatus status, OrderAction action, Party by)
    {
        var withoutEscrow = action is OrderAction.MarkOverdue or OrderAction.AssumeReceipt
            || (status, action, by) == (OrderStatus.Paid, OrderAction.Cancel, Party.Buyer);
        var order = Order(status, withoutEscrow ? 0 : 10) with
        {
            Deadline = by == Party.System ? Now : Now.AddHours(1),
            Overdue = withoutEscrow && action == OrderAction.Cancel,
            CancelRequestedBy = action is OrderAction.AcceptCancel or OrderAction.DeclineCancel
                ? by == Party.Buyer ? Party.Seller : Party.Buyer
                : null,
        };
        var facts = Facts(order, action, by) with { BuyerShare = action == OrderAction.ResolveSplit ? 3 : null };
        return (status, action, by) == (OrderStatus.Accepted, OrderAction.Cancel, Party.Seller)
            ? facts with { Buyer = facts.Buyer with { Suspended = true } }
            : facts;
    }
}
