using P2P.Client.Sdk;
using P2P.Tests.Support;

namespace P2P.Tests.Chat;

/// <summary>Rooms while two nodes trade and talk.</summary>
public sealed class ChatLoadTests : MarketFixture
{
    protected override int Nodes => 2;

    [Test]
    public async Task What_another_node_wrote_is_heard_without_text_and_read_from_the_room()
    {
        var (seller, buyer) = (await Seller(node: 1), await Buyer());
        var order = await Place(buyer, await TestMarket.Ad(seller));
        var watch = seller.Client.Chat.WatchAsync(order, Bounded);
        await buyer.Client.Chat.SendAsync(order, "from the other node", Bounded);
        await foreach (var heard in watch)
        {
            heard.Text.ShouldBeNull();
            (await seller.Client.Chat.TextOfAsync(heard, Bounded)).ShouldBe("from the other node");
            break;
        }
    }

    [Test]
    [CancelAfter(90_000)]
    public async Task Four_people_write_and_read_while_both_nodes_trade_and_nothing_locks_up(CancellationToken cancellation)
    {
        var seller = await Seller(bitcoin: 50);
        var buyers = new[] { await Buyer(), await Buyer(node: 1), await Buyer(), await Buyer(node: 1) };
        var ad = await TestMarket.Ad(seller, total: 40);
        var rooms = await Task.WhenAll(buyers.Select(buyer => Place(buyer, ad)));
        var sellerElsewhere = Market.Client(seller.Name, node: 1);
        await sellerElsewhere.ConnectAsync(Bounded);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(TimeSpan.FromSeconds(5));
        var (lifecycles, messages) = (0, 0);

        async Task Trade(Trader buyer)
        {
            while (!stop.IsCancellationRequested)
            {
                var order = await Place(buyer, ad, 0.01m);
                await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
                await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
                Interlocked.Increment(ref lifecycles);
            }
        }

        async Task Chat(P2PClient client, Guid order)
        {
            while (!stop.IsCancellationRequested)
            {
                var sent = await client.Chat.SendAsync(order, "a word", Bounded);
                await client.Chat.MarkReadAsync(order, sent.Seq, Bounded);
                Interlocked.Increment(ref messages);
            }
        }

        // The orders that are talked about change, too: their rooms are written by engines and people at once.
        async Task Change(Trader buyer, Guid order)
        {
            await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
            while (!stop.IsCancellationRequested)
            {
                await buyer.Client.Orders.RequestCancelAsync(order, cancellationToken: Bounded);
                await buyer.Client.Orders.DeclineCancelAsync(order, cancellationToken: Bounded);
            }
        }

        await Task.WhenAll(
            buyers.Select(Trade)
                .Concat(buyers.Select((buyer, i) => Chat(i % 2 == 0 ? buyer.Client : sellerElsewhere, rooms[i])))
                .Concat(buyers.Select((buyer, i) => Change(buyer, rooms[i]))));

        TestContext.Out.WriteLine($"{lifecycles} lifecycles and {messages} messages.");
        lifecycles.ShouldBePositive();
        messages.ShouldBeGreaterThan(20);
        (await Sql<long>("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0);
        (await Sql<long>(
            """
            select count(*)
              from chat_rooms r
              left join (select m.order_id, count(*) as messages, max(m.seq) as seq from chat_messages m group by m.order_id) m
                on m.order_id = r.order_id
             where r.last_seq <> m.messages
                or r.last_seq <> m.seq
            """)).ShouldBe(0);
        (await Sql<long>(
            """
            select count(*)
              from order_history h
             where not exists (select 1
                                 from chat_messages m
                                where m.order_id = h.order_id
                                  and m.args::json->>'version' = h.version::text)
            """)).ShouldBe(0);
        await Invariants.Check(Market.Database.App);
    }
}
