using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Chat;

/// <summary>What the parties of an order write to each other, and what the server writes, through the SDK.</summary>
public sealed class ChatTests : MarketFixture
{
    [Test]
    public async Task Two_parties_chat_and_each_hears_every_message_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (buyerHears, sellerHears) = (Texts(buyer.Client), Texts(seller.Client));
        var first = await buyer.Client.Chat.SendAsync(order, "Hello, where do I pay?", Bounded);
        var second = await seller.Client.Chat.SendAsync(order, "To the number in the order.", Bounded);
        await buyer.Client.Chat.SendAsync(order, "Thanks!", Bounded);
        (first.Seq, second.Seq).ShouldBe((2, 3));

        await Eventually(() => buyerHears.All.Count >= 3 && sellerHears.All.Count >= 3);
        await Task.Delay(200);
        string[] said =
        [
            $"2 {Id(buyer)} Hello, where do I pay?", $"3 {Id(seller)} To the number in the order.", $"4 {Id(buyer)} Thanks!",
        ];
        buyerHears.All.ShouldBe(said);
        sellerHears.All.ShouldBe(said);
        var page = await seller.Client.Chat.GetMessagesAsync(order, cancellationToken: Bounded);
        page.Messages.Select(message => message.Text)
            .ShouldBe(["Thanks!", "To the number in the order.", "Hello, where do I pay?", "The order was placed and its escrow is held."]);
        page.Messages[0].ShouldSatisfyAllConditions(
            message => message.SenderId.ShouldBe(Id(buyer)),
            message => message.Kind.ShouldBe(MessageKind.Text),
            message => message.OrderId.ShouldBe(order),
            message => message.Code.ShouldBeNull());
        page.More.ShouldBeFalse();
    }

    [Test]
    public async Task The_writer_hears_it_on_another_device()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var other = Market.Client(buyer.Name);
        await other.ConnectAsync(Bounded);
        var hears = Texts(other);
        await buyer.Client.Chat.SendAsync(order, "from my phone", Bounded);
        await Eventually(() => hears.All.Count == 1);
        hears.All.ShouldBe([$"2 {Id(buyer)} from my phone"]);
    }

    [Test]
    public async Task A_message_sent_many_times_under_one_id_is_written_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var hears = Texts(seller.Client);
        var request = new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Text = "once" };
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => buyer.Client.Chat.SendAsync(request, Bounded)));
        replies.Distinct().Count().ShouldBe(1);
        (await Refused(() => buyer.Client.Chat.SendAsync(request with { Text = "twice" }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
        (await Messages(buyer, order)).Count(message => message.Text == "once").ShouldBe(1);
        await Eventually(() => hears.All.Count == 1);
    }

    [Test]
    public async Task A_room_is_read_in_pages_both_ways()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        for (var i = 2; i <= 25; i++)
        {
            await (i % 2 == 0 ? buyer : seller).Client.Chat.SendAsync(order, $"message {i}", Bounded);
        }

        var newest = await buyer.Client.Chat.GetMessagesAsync(order, limit: 10, cancellationToken: Bounded);
        newest.Messages.Select(message => message.Seq).ShouldBe(Seqs(25, 16));
        newest.More.ShouldBeTrue();
        var older = await buyer.Client.Chat.GetMessagesAsync(order, beforeSeq: 16, limit: 15, cancellationToken: Bounded);
        older.Messages.Select(message => message.Seq).ShouldBe(Seqs(15, 1));
        older.More.ShouldBeFalse();
        var later = await buyer.Client.Chat.GetMessagesAsync(order, afterSeq: 20, limit: 3, cancellationToken: Bounded);
        later.Messages.Select(message => message.Text).ShouldBe(["message 21", "message 22", "message 23"]);
        later.More.ShouldBeTrue();
        (await Messages(seller, order)).Select(message => message.Seq).ShouldBe(Seqs(25, 1));
        (await Refused(() => buyer.Client.Chat.GetMessagesAsync(order, 5, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task Every_change_of_an_order_is_a_message_that_other_languages_can_say()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (b, s) = (buyer.Client.Orders, seller.Client.Orders);
        await s.ExtendPaymentWindowAsync(order, 10, cancellationToken: Bounded);
        await b.ConfirmPaymentAsync(order, "secret reference", cancellationToken: Bounded);
        await b.UndoConfirmationAsync(order, cancellationToken: Bounded);
        await b.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await s.RequestCancelAsync(order, cancellationToken: Bounded);
        await b.DeclineCancelAsync(order, cancellationToken: Bounded);
        await s.ReleaseAsync(order, cancellationToken: Bounded);

        var messages = await Messages(buyer, order);
        messages.Reverse();
        messages.Select(message => message.Code).ShouldBe(
        [
            "order.place", "order.extendPaymentWindow", "order.confirmPayment", "order.undoConfirmation", "order.confirmPayment",
            "order.requestCancel", "order.declineCancel", "order.release",
        ]);
        foreach (var (message, i) in messages.Select((message, i) => (message, i)))
        {
            (message.Kind, message.SenderId, message.Seq).ShouldBe((MessageKind.System, 0, i + 1));
            message.Args.ShouldNotBeNull()["version"].ShouldBe($"{i + 1}");
            message.Text.ShouldNotBeNullOrWhiteSpace();
            message.Text.ShouldNotContain("secret");
        }

        messages[5].Args.ShouldBe(new Dictionary<string, string> { ["by"] = "seller", ["status"] = "paymentConfirmed", ["version"] = "6" });
        messages[^1].Args.ShouldNotBeNull()["status"].ShouldBe("released");
        (await Sql<long>("""
            select count(*)
              from order_history h
              full join (select c.order_id, c.seq, c.at, c.args::json->>'version' as version from chat_messages c where c.code is not null) m
                on m.order_id = h.order_id and m.version = h.version::text
             where h.version is null
                or m.seq is null
                or h.at <> m.at
            """)).ShouldBe(0);
    }

    [Test]
    public async Task The_makers_auto_reply_stands_in_the_room_and_both_hear_it()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var (buyerHears, sellerHears) = (Texts(buyer.Client), Texts(seller.Client));
        var terms = TestMarket.Terms() with { AutoReply = "Welcome!\nPay within ten minutes." };
        var ad = (await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1, terms, Bounded)).AdId;
        var order = await Place(buyer, ad);
        await Eventually(() => buyerHears.All.Count == 1 && sellerHears.All.Count == 1);
        buyerHears.All.ShouldBe([$"2 {Id(seller)} Welcome!\nPay within ten minutes."]);
        var messages = await Messages(buyer, order);
        (messages[0].Kind, messages[0].SenderId, messages[0].Text)
            .ShouldBe((MessageKind.AutoReply, Id(seller), "Welcome!\nPay within ten minutes."));
        (await buyer.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(1);
        (await seller.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(0);
    }

    [Test]
    public async Task Text_is_cleaned_and_bounded()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        await buyer.Client.Chat.SendAsync(order, " a\u0000\u001b\u202eb e\u0301\r\nsecond line\u200b ", Bounded);
        (await Messages(buyer, order))[0].Text.ShouldBe("ab \u00e9\nsecond line");
        foreach (var nothing in new[] { "", "   ", "\u202e\u200b", new string('x', Limits.ChatTextCharsMax + 1) })
        {
            var refusal = await Refusal(() => buyer.Client.Chat.SendAsync(order, nothing, Bounded));
            (refusal.Code, Detail(refusal, "path")).ShouldBe((ErrorCodes.BadInput, "text"));
        }

        var long_ = string.Concat(Enumerable.Repeat("\u4f60", Limits.ChatTextCharsMax));
        await buyer.Client.Chat.SendAsync(order, long_, Bounded);
        (await Messages(buyer, order))[0].Text.ShouldBe(long_);
    }

    [Test]
    public async Task A_stranger_finds_no_room()
    {
        var (_, _, order) = await OrderAwaitingPayment();
        var stranger = await Buyer();
        foreach (var id in new[] { order, Guid.CreateVersion7() })
        {
            var chat = stranger.Client.Chat;
            Func<Task>[] calls =
            [
                () => chat.SendAsync(id, "x", Bounded), () => chat.GetMessagesAsync(id, cancellationToken: Bounded),
                () => chat.MarkReadAsync(id, 1, Bounded), () => chat.MarkDeliveredAsync(id, 1, Bounded), () => chat.TypingAsync(id, Bounded),
            ];
            foreach (var call in calls)
            {
                (await Refused(call)).ShouldBe(ErrorCodes.NotFound);
            }
        }

        (await stranger.Client.Chat.RoomsAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Sql<long>($"select last_seq from chat_rooms where order_id = '{order}'")).ShouldBe(1);
    }

    [Test]
    public async Task A_room_closes_seven_days_after_the_orders_end()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        await seller.Client.Chat.SendAsync(order, "thank you", Bounded);
        await Sql($"update orders set updated_at = now() - interval '6 days 23 hours' where id = '{order}'");
        await buyer.Client.Chat.SendAsync(order, "still here", Bounded);

        await Sql($"update orders set updated_at = now() - interval '7 days 1 second' where id = '{order}'");
        var late = new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Text = "late" };
        var refusal = await Refusal(() => buyer.Client.Chat.SendAsync(late, Bounded));
        refusal.Code.ShouldBe(ErrorCodes.RoomClosed);
        Detail(refusal, "closedAt").ShouldNotBeNull();
        await Sql($"update orders set updated_at = now() where id = '{order}'");
        (await Refused(() => buyer.Client.Chat.SendAsync(late, Bounded))).ShouldBe(ErrorCodes.RoomClosed, "what was decided stays decided");
        (await Messages(buyer, order))[0].Text.ShouldBe("still here");
        var room = (await buyer.Client.Chat.RoomsAsync(open: false, cancellationToken: Bounded)).Items.ShouldHaveSingleItem();
        room.ClosesAt.ShouldNotBeNull().ShouldBe(DateTimeOffset.UtcNow.AddDays(7), TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task A_full_room_takes_no_more_from_people()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await Sql($"update chat_rooms set last_seq = 5000 where order_id = '{order}'");
        var refusal = await Refusal(() => buyer.Client.Chat.SendAsync(order, "one more", Bounded));
        (refusal.Code, Detail(refusal, "quota")).ShouldBe((ErrorCodes.QuotaExceeded, "messages"));
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Messages(buyer, order))[0].ShouldSatisfyAllConditions(
            message => message.Seq.ShouldBe(5001), message => message.Code.ShouldBe("order.release"));
    }

    [Test]
    public async Task What_happened_while_away_is_heard_without_text_and_read_from_the_room()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var positions = new MemoryEventPositionStore();
        await using (var before = Market.Client(buyer.Name, configure: options => options.Positions = positions))
        {
            await before.ConnectAsync(Bounded);
            await Eventually(async () => await positions.LoadAsync(Bounded) is not null);
        }

        await seller.Client.Chat.SendAsync(order, "said while you were away", Bounded);
        var after = Market.Client(buyer.Name, configure: options => options.Positions = positions);
        var watch = after.Chat.WatchAsync(order, Bounded);
        await after.ConnectAsync(Bounded);
        await foreach (var heard in watch)
        {
            heard.Text.ShouldBeNull();
            (heard.Body.SenderId, heard.Body.Attachments).ShouldBe((Id(seller), 0));
            (await after.Chat.TextOfAsync(heard, Bounded)).ShouldBe("said while you were away");
            break;
        }
    }

    [Test]
    public async Task No_text_is_kept_with_events_or_answers_and_no_message_can_be_changed()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var word = $"needle{Guid.NewGuid():N}";
        await buyer.Client.Chat.SendAsync(order, $"a {word} in the chat", Bounded);
        (await Sql<long>($"select count(*) from chat_messages where text like '%{word}%'")).ShouldBe(1);
        (await Sql<long>($"select count(*) from events where body like '%{word}%'")).ShouldBe(0);
        (await Sql<long>($"select count(*) from requests where reply like '%{word}%'")).ShouldBe(0);
        foreach (var change in new[] { "update chat_messages set text = ''", "delete from chat_messages", "truncate chat_messages" })
        {
            await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(Market.Database.Owner, change));
        }

        await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(
            Market.Database.App, $"update chat_rooms set last_seq = 100 where order_id = '{order}'"));
    }

    private static IEnumerable<long> Seqs(long from, long to) => Enumerable.Range(0, (int)(from - to) + 1).Select(i => from - i);

    private static async Task<List<MessageView>> Messages(Trader party, Guid order)
    {
        List<MessageView> messages = [];
        await foreach (var message in party.Client.Chat.HistoryAsync(order, Bounded))
        {
            messages.Add(message);
        }

        return messages;
    }

    private static Heard<string> Texts(P2PClient client)
    {
        var heard = new Heard<string>();
        client.On<MessageSent>((sent, _) =>
        {
            heard.Add($"{sent.Body.Seq} {sent.Body.SenderId} {sent.Text}");
            return Task.CompletedTask;
        });
        return heard;
    }
}
