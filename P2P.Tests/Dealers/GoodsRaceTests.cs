using System.Diagnostics;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Deals.Engine;

namespace P2P.Tests.Dealers;

/// <summary>Goods over two nodes at once: stock is sold once, and two commands on one order end as one after the other. (S20)</summary>
public sealed class GoodsRaceTests : GoodsFixture
{
    private const int Buyers = 50;
    private const int OrdersEach = 20;
    private const int Stocked = 10;

    /// <summary>What is raced, by the status in which it can be done.</summary>
    private static readonly Dictionary<OrderStatus, (OrderAction Action, Party By)[]> Acts = new()
    {
        [OrderStatus.Requested] = [(OrderAction.Accept, Party.Seller), (OrderAction.Decline, Party.Seller), (OrderAction.Cancel, Party.Buyer)],
        [OrderStatus.Accepted] = [(OrderAction.Pay, Party.Buyer), (OrderAction.Cancel, Party.Buyer)],
        [OrderStatus.Paid] =
        [
            (OrderAction.FulfilPart, Party.Seller), (OrderAction.Fulfil, Party.Seller), (OrderAction.Cancel, Party.Seller),
            (OrderAction.GiveRefund, Party.Seller), (OrderAction.Dispute, Party.Buyer), (OrderAction.RequestCancel, Party.Buyer),
        ],
        [OrderStatus.Fulfilled] =
        [
            (OrderAction.ConfirmReceipt, Party.Buyer), (OrderAction.GiveRefund, Party.Seller), (OrderAction.Dispute, Party.Buyer),
            (OrderAction.AcceptCancel, Party.Seller),
        ],
        [OrderStatus.Disputed] = [(OrderAction.ConfirmReceipt, Party.Buyer), (OrderAction.AcceptCancel, Party.Seller), (OrderAction.GiveRefund, Party.Seller)],
    };

    private static readonly int Rounds = Support.Tier.Pick(everyRun: 3, nightly: 500);

    protected override int Nodes => 2;

    protected override Dictionary<string, string?> Settings => new() { ["Goods:OpenOrdersMax"] = "100000", ["Disputes:OpenMax"] = "100000" };

    [Test]
    [CancelAfter(120_000)]
    public async Task A_thousand_orders_at_once_on_a_stock_of_ten_sell_ten()
    {
        var seller = await Peer();
        await Fund(seller, 1);
        var buyers = new List<Dealer>();
        for (var i = 0; i < Buyers; i++)
        {
            buyers.Add(await Peer(node: i % Nodes));
        }

        var terms = new ItemTerms { Name = "Lamp", Price = 0.01m, Currency = "BTC", Visibility = ItemVisibility.Public, Gives = AccessLevel.Order };
        var item = (await seller.Client.Items.CreateAsync(terms, Stocked, cancellationToken: Bounded)).ItemId;
        var changes = Hears<ItemChanged>(seller);
        var clock = Stopwatch.StartNew();
        var codes = await Task.WhenAll(buyers.SelectMany(buyer => Enumerable.Range(0, OrdersEach).Select(_ => Code(buyer, item))));

        TestContext.Out.WriteLine(
            $"{codes.Length} orders in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", codes.GroupBy(code => code).Select(group => $"{group.Count()} {group.Key}"))}");
        codes.Length.ShouldBe(Buyers * OrdersEach);
        codes.Count(code => code == "sold").ShouldBe(Stocked);
        codes.Count(code => code == ErrorCodes.NotEnoughRemaining).ShouldBe(codes.Length - Stocked);
        (await Stock(seller, item)).ShouldBe(0);
        (await Sql<long>($"select count(*) from orders where offer_id = '{item}'")).ShouldBe(Stocked);
        await Eventually(() => changes.All.Count > 0);
        changes.All.Count.ShouldBeLessThanOrEqualTo(Stocked); // Once a batch, however many it sold.
        await Verified();

        static async Task<string> Code(Dealer buyer, Guid item)
        {
            try
            {
                await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded);
                return "sold";
            }
            catch (P2P.Client.Sdk.P2PException e)
            {
                return e.Code;
            }
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Any_two_commands_at_once_end_as_one_after_the_other()
    {
        var (seller, buyer) = await Pair();
        var people = (Seller: Id(seller), Buyer: Id(buyer));
        await Fund(buyer, 1_000_000);
        var item = await Item(seller, 1_000_000, 0.01m);
        var random = new Random(Support.Tier.Seed());
        var (pairs, races, bothWays) = (0, 0, 0);
        foreach (var (start, acts) in Acts)
        {
            foreach (var (first, i) in acts.Select((act, i) => (act, i)))
            {
                foreach (var second in acts[i..])
                {
                    HashSet<string> serial = [await Serially(first, second), await Serially(second, first, swapped: true)];
                    var outcomes = new HashSet<string>();
                    for (var round = 0; round < Rounds; round++)
                    {
                        var order = await Staged(start);
                        var node = random.Next(Nodes);
                        var (one, two) = (Sent(order, first, node), Sent(order, second, 1 - node));
                        var outcome = await Outcome(order, await one, await two);
                        serial.ShouldContain(outcome, $"{first} x {second} from {start}");
                        outcomes.Add(outcome);
                        races++;
                    }

                    pairs++;
                    bothWays += outcomes.Count > 1 ? 1 : 0;

                    async Task<string> Serially((OrderAction, Party) a, (OrderAction, Party) b, bool swapped = false)
                    {
                        var order = await Staged(start);
                        var (one, two) = (await Sent(order, a, 0), await Sent(order, b, 1));
                        return await Outcome(order, swapped ? two : one, swapped ? one : two);
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{pairs} pairs, {races} races, {bothWays} pairs ended both ways");
        races.ShouldBe(pairs * Rounds);
        bothWays.ShouldBeGreaterThan(0);
        (await Sql<long>("select coalesce(sum(deadlocks), 0)::bigint from pg_stat_database where datname = current_database()")).ShouldBe(0);
        await Verified();

        async Task<Guid> Staged(OrderStatus status)
        {
            var order = Ids.New();
            await Run(
                new PlaceOrder
                {
                    UserId = people.Buyer,
                    RequestId = Ids.New(),
                    BodyHash = [1],
                    OrderId = order,
                    OfferId = item,
                    Kind = OrderKind.Goods,
                    Request = new GoodsTerms(4, null, null, null),
                },
                0);
            (OrderStatus To, OrderAction Action, Party By)[] way =
            [
                (OrderStatus.Accepted, OrderAction.Accept, Party.Seller), (OrderStatus.Paid, OrderAction.Pay, Party.Buyer),
                (OrderStatus.Fulfilled, OrderAction.Fulfil, Party.Seller), (OrderStatus.Disputed, OrderAction.Dispute, Party.Buyer),
            ];
            foreach (var (to, action, by) in status == OrderStatus.Requested ? [] : way[..(Array.FindIndex(way, step => step.To == status) + 1)])
            {
                (await Sent(order, (action, by), 0)).ShouldBe("yes");
            }

            if (status is OrderStatus.Fulfilled or OrderStatus.Disputed)
            {
                (await Sent(order, (OrderAction.RequestCancel, Party.Buyer), 0)).ShouldBe("yes");
            }

            return order;
        }

        async Task<string> Sent(Guid order, (OrderAction Action, Party By) act, int node)
        {
            var command = new MoveOrder
            {
                UserId = act.By switch { Party.Buyer => people.Buyer, Party.Seller => people.Seller, _ => 0 },
                RequestId = Ids.New(),
                BodyHash = [1],
                OrderId = order,
                Action = act.Action,
                Dispute = act.Action == OrderAction.Dispute ? new DisputeTerms(Ids.New(), DisputeReason.NotReceived, "late") : null,
                Request = act.Action switch
                {
                    OrderAction.FulfilPart => new ShipmentTerms(1, null, null, null, null),
                    OrderAction.Fulfil => new ShipmentTerms(2, null, null, null, null),
                    OrderAction.GiveRefund => new RefundTerms(0.005m),
                    _ => null,
                },
            };
            try
            {
                await Run(command, node);
                return "yes";
            }
            catch (Refused refused)
            {
                return refused.Code;
            }
        }

        Task<string> Run(EngineCommand command, int node) => Market.Service<OrderEngine>(node).Run(command, Bounded);

        async Task<string> Outcome(Guid order, string first, string second) => $"{first} {second} " + await Sql<string>(
            $"""
            select concat_ws(' ', o.status, 'v' || o.version, o.duty, coalesce(o.cancel_requested_by, '-'), g.fulfilled, g.shipments, g.refund,
                             coalesce((select a.balance from accounts a where a.id = o.id), 0), coalesce(d.status, '-'))
              from orders o
              join goods_orders g on g.order_id = o.id
              left join disputes d on d.order_id = o.id
             where o.id = '{order}'
            """);
    }
}
