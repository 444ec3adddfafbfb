using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;
using P2P.Tests.Support;

namespace P2P.Tests.Chat;

/// <summary>Files on messages, and who may read a room without being a party.</summary>
public sealed class ChatAttachmentTests : MarketFixture
{
    [Test]
    public async Task Files_hang_on_the_message_that_names_them()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var hears = Hears<MessageSent>(seller.Client);
        var (first, second) = (await Upload(buyer, order), await Upload(buyer, order));
        await buyer.Client.Chat.SendAsync(order, "the receipts", [first, second, first], Bounded);
        await Eventually(() => hears.All.Count == 1);
        hears.All[0].Attachments.ShouldBe(2);
        var message = (await seller.Client.Chat.GetMessagesAsync(order, limit: 1, cancellationToken: Bounded)).Messages[0];
        message.Attachments.Select(file => file.Id).ShouldBe([first, second], ignoreOrder: true);
        message.Attachments[0].ShouldSatisfyAllConditions(
            file => file.Name.ShouldBe("receipt.png"), file => file.ContentType.ShouldBe("image/png"), file => file.Bytes.ShouldBe(70));

        var alone = await buyer.Client.Chat.SendAsync(order, null, [await Upload(buyer, order)], Bounded);
        var page = await seller.Client.Chat.GetMessagesAsync(order, afterSeq: alone.Seq - 1, cancellationToken: Bounded);
        (page.Messages[0].Text, page.Messages[0].Attachments.Count).ShouldBe(("", 1));
        (await seller.Client.Chat.RoomsAsync(cancellationToken: Bounded)).Items[0].Last.ShouldNotBeNull().Attachments.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_file_that_may_not_be_named_takes_the_whole_message_back()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (own, foreign, used) = (await Upload(buyer, order), await Upload(seller, order), await Upload(buyer, order));
        var (_, _, elsewhere) = await OrderAwaitingPayment();
        var ofAnother = await Upload(buyer, elsewhere);
        await buyer.Client.Chat.SendAsync(order, "used", [used], Bounded);
        foreach (var wrong in new[] { foreign, used, ofAnother, Guid.CreateVersion7() })
        {
            (await Refused(() => buyer.Client.Chat.SendAsync(order, "never", [own, wrong], Bounded))).ShouldBe(ErrorCodes.NotFound);
        }

        (await Sql<long>($"select last_seq from chat_rooms where order_id = '{order}'")).ShouldBe(2);
        (await Sql<long>($"select count(*) from files where id = '{own}' and message_id is null")).ShouldBe(1);
        var many = Enumerable.Range(0, Limits.ChatAttachmentsMax + 1).Select(_ => Guid.CreateVersion7()).ToList();
        (await Refused(() => buyer.Client.Chat.SendAsync(order, "too many", many, Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task Whom_the_seam_lets_read_reads_and_nobody_else()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var arbitrator = await Buyer();
        await buyer.Client.Chat.SendAsync(order, "for the arbitrator", Bounded);
        var flow = new ChatReadFlow(
            Market.Service<Database>(),
            (_, asked, reader) => Task.FromResult(asked.OrderId == order && reader.Caller.UserId == Id(arbitrator)),
            new ChatLimits());
        var request = new GetMessagesRequest { OrderId = order };
        (await flow.Messages(new OutsideReader(new Caller(Id(arbitrator), "arbitrator"), null, null), request, Bounded)).Messages[0].Text.ShouldBe("for the arbitrator");
        (await Should.ThrowAsync<Refused>(() => flow.Messages(new OutsideReader(new Caller(1, "other"), null, null), request, Bounded))).Code.ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => arbitrator.Client.Chat.GetMessagesAsync(order, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.NotFound, "nobody gave the order's case to them");
    }

    private async Task<Guid> Upload(Trader owner, Guid order)
    {
        var id = Guid.CreateVersion7();
        await Sql(
            $"""
            insert into files (id, owner_id, purpose, order_id, name, content_type, bytes, sha256, width, height, stored_name, created_at, stored_at)
            values ('{id}', {Id(owner)}, 'Attachment', '{order}', 'receipt.png', 'image/png', 70, sha256('x'), 1, 1, '{id:N}', now(), now())
            """);
        return id;
    }
}
