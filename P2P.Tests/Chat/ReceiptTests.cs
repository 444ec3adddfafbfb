using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Chat;

/// <summary>How far parties have received and read, what waits to be read, and that they are writing.</summary>
public sealed class ReceiptTests : MarketFixture
{
    [Test]
    public async Task Receipts_only_go_forward_however_they_race()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        for (var i = 0; i < 30; i++)
        {
            await buyer.Client.Chat.SendAsync(order, $"{i}", Bounded);
        }

        var hears = Hears<MessagesRead>(buyer.Client);
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"Seed {seed}.");
        var numbers = Enumerable.Range(1, 31).Select(seq => (long)seq).ToArray();
        new Random(seed).Shuffle(numbers);
        var replies = await Task.WhenAll(numbers.Select(async seq => (seq, Reply: await seller.Client.Chat.MarkReadAsync(order, seq, Bounded))));
        replies.ShouldAllBe(one => one.Reply.UpToSeq >= one.seq && one.Reply.OrderId == order);
        (await seller.Client.Chat.MarkReadAsync(order, 3, Bounded)).UpToSeq.ShouldBe(31);

        await Eventually(() => hears.All.Count > 0 && hears.All[^1].UpToSeq == 31);
        hears.All.Select(read => read.UpToSeq).ShouldBeInOrder(SortDirection.Ascending);
        hears.All.Select(read => read.UpToSeq).ShouldBeUnique();
        hears.All.ShouldAllBe(read => read.ReaderId == Id(seller) && read.OrderId == order);
        var count = hears.All.Count;
        await seller.Client.Chat.MarkReadAsync(order, 31, Bounded);
        await Task.Delay(200);
        hears.All.Count.ShouldBe(count, "a repeat tells nobody");
    }

    [Test]
    public async Task Read_is_received_and_received_is_told_to_the_other_party_only()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (buyerHears, sellerHears) = (Hears<MessagesDelivered>(buyer.Client), Hears<MessagesDelivered>(seller.Client));
        await buyer.Client.Chat.SendAsync(order, "a", Bounded);
        await buyer.Client.Chat.SendAsync(order, "b", Bounded);
        (await seller.Client.Chat.MarkDeliveredAsync(order, 2, Bounded)).UpToSeq.ShouldBe(2);
        (await seller.Client.Chat.MarkReadAsync(order, 3, Bounded)).UpToSeq.ShouldBe(3);
        (await seller.Client.Chat.MarkDeliveredAsync(order, 1, Bounded)).UpToSeq.ShouldBe(3);
        await Eventually(() => buyerHears.All.Count == 1);
        buyerHears.All[0].ShouldBe(new MessagesDelivered { OrderId = order, ReceiverId = Id(seller), UpToSeq = 2 });
        var room = (await buyer.Client.Chat.RoomsAsync(cancellationToken: Bounded)).Items.ShouldHaveSingleItem();
        room.Other.ShouldBe(new RoomMarks { DeliveredSeq = 3, ReadSeq = 3 });
        room.You.ShouldBe(new RoomMarks { DeliveredSeq = 0, ReadSeq = 0 });
        await Task.Delay(200);
        sellerHears.All.ShouldBeEmpty();
    }

    [Test]
    public async Task What_nobody_wrote_cannot_be_read()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        foreach (var seq in new[] { -1, 0, 2, long.MaxValue })
        {
            var refusal = await Refusal(() => buyer.Client.Chat.MarkReadAsync(order, seq, Bounded));
            (refusal.Code, Detail(refusal, "path")).ShouldBe((ErrorCodes.BadInput, "upToSeq"));
        }
    }

    [Test]
    public async Task Unread_messages_are_counted_in_each_room_and_together()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        var (first, second, third) = (await Place(buyer, ad), await Place(buyer, ad), await Place(buyer, ad));
        for (var i = 0; i < 3; i++)
        {
            await seller.Client.Chat.SendAsync(first, "to the first", Bounded);
        }

        await seller.Client.Chat.SendAsync(second, "to the second", Bounded);
        await buyer.Client.Chat.SendAsync(second, "one's own is no news", Bounded);
        var unread = await buyer.Client.Chat.UnreadAsync(Bounded);
        unread.Total.ShouldBe(4);
        unread.Rooms.Select(room => (room.OrderId, room.Unread)).ShouldBe([(second, 1), (first, 3)]);
        (await seller.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(1);

        await buyer.Client.Chat.MarkReadAsync(first, 3, Bounded);
        (await buyer.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(2);
        var rooms = await buyer.Client.Chat.RoomsAsync(open: true, limit: 2, cancellationToken: Bounded);
        rooms.Items.Select(room => (room.OrderId, room.Unread, room.LastSeq)).ShouldBe([(third, 0, 1), (second, 1, 3)]);
        rooms.Items[1].Last.ShouldNotBeNull().Text.ShouldBe("one's own is no news");
        rooms.Items[0].ShouldSatisfyAllConditions(
            room => room.OtherId.ShouldBe(Id(seller)), room => room.Status.ShouldBe(OrderStatus.AwaitingPayment), room => room.ClosesAt.ShouldBeNull());
        var rest = await buyer.Client.Chat.RoomsAsync(open: true, cursor: rooms.NextCursor, cancellationToken: Bounded);
        rest.Items.ShouldHaveSingleItem().OrderId.ShouldBe(first);
        rest.NextCursor.ShouldBeNull();

        await buyer.Client.Orders.CancelAsync(first, cancellationToken: Bounded);
        (await buyer.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(1, "an ended order asks for nothing");
        (await buyer.Client.Chat.RoomsAsync(open: false, cancellationToken: Bounded)).Items.ShouldHaveSingleItem().OrderId.ShouldBe(first);
    }

    [Test]
    public async Task Typing_is_heard_by_the_other_party_and_kept_nowhere()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (heard, own) = (new Heard<TypingSignal>(), new Heard<TypingSignal>());
        seller.Client.Chat.Typing += (_, signal) => heard.Add(signal);
        buyer.Client.Chat.Typing += (_, signal) => own.Add(signal);
        await NotificationsAreMade();
        var before = await Sql<long>("select count(*) from events");
        await buyer.Client.Chat.TypingAsync(order, Bounded);
        await Eventually(() => heard.All.Count == 1);
        heard.All[0].ShouldBe(new TypingSignal { OrderId = order, UserId = Id(buyer) });
        own.All.ShouldBeEmpty();
        (await Sql<long>("select count(*) from events")).ShouldBe(before);
    }
}
