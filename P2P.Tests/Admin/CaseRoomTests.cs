using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Files;

namespace P2P.Tests.Admin;

/// <summary>Private rooms of disputed orders: read by whoever has the case and by helpers, each time with a trace.</summary>
public sealed class CaseRoomTests : DisputeDeskFixture
{
    [Test]
    public async Task Who_has_the_case_reads_its_room_and_files_and_the_parties_see_it_once_it_is_closed()
    {
        var (buyer, seller, order, dispute) = await Disputed();
        using var picture = new MemoryStream(Pictures.Png());
        var file = (await buyer.Client.Files.UploadAsync(order, picture, "receipt.png", cancellationToken: Bounded)).Id;
        await buyer.Client.Chat.SendAsync(order, "here is the receipt", [file], Bounded);
        var (mine, arbitrator) = await Arbitrator();

        // Nobody of the staff reads before the case is theirs, an admin neither.
        foreach (var client in new[] { arbitrator, await Admin() })
        {
            (await Refused(() => client.Disputes.GetMessagesAsync(Room(order), Bounded))).ShouldBe(ErrorCodes.NotAssigned);
            (await Refused(() => client.Disputes.DownloadFileAsync(file, Bounded))).ShouldBe(ErrorCodes.NotFound);
        }

        (await Refused(() => arbitrator.Disputes.GetMessagesAsync(Room(Guid.CreateVersion7()), Bounded))).ShouldBe(ErrorCodes.NotFound);
        await arbitrator.Disputes.AssignAsync(dispute, mine, "mine", Bounded);
        var page = await arbitrator.Disputes.GetMessagesAsync(Room(order), Bounded);
        var said = page.Messages.Single(message => message.Text == "here is the receipt");
        said.Attachments.Single().Id.ShouldBe(file);
        await using (var download = await arbitrator.Disputes.DownloadFileAsync(file, Bounded))
        {
            download.ContentType.ShouldBe("image/png");
        }

        (await seller.Client.Disputes.GetAsync(dispute, Bounded)).StaffReads.ShouldBeNull("while the case is open");
        var log = (await (await Admin()).House.ListAuditAsync(new ListAuditRequest { Target = $"order:{order}" }, Bounded)).Items;
        log.Select(row => row.Action).ShouldBe(["file.read", "chat.read"]);
        log.ShouldAllBe(row => row.Actor == $"staff:{mine}" && row.Ip != null && row.Reason != null);

        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        foreach (var party in new[] { buyer, seller })
        {
            var reads = (await party.Client.Disputes.GetAsync(dispute, Bounded)).StaffReads.ShouldNotBeNull();
            reads.Select(read => (read.By, read.FileId, read.ToSeq)).ShouldBe(
                [(StaffReader.Arbitrator, null, said.Seq), (StaffReader.Arbitrator, file, null)]);
            reads[0].Reason.ShouldBe("What was agreed");
        }

        (await Refused(() => arbitrator.Disputes.GetMessagesAsync(Room(order), Bounded))).ShouldBe(ErrorCodes.NotAssigned, "the case is closed");
        (await Refused(() => arbitrator.Disputes.DownloadFileAsync(file, Bounded))).ShouldBe(ErrorCodes.NotFound, "the case is closed");
    }

    [Test]
    public async Task A_helper_reads_until_no_longer_one_and_decides_nothing()
    {
        var (_, _, order, dispute) = await Disputed();
        var (mine, arbitrator) = await Arbitrator();
        var (helper, support) = await Member(StaffRoles.Support);
        var news = HearsCases(support);
        await arbitrator.Disputes.AssignAsync(dispute, mine, "mine", Bounded);
        (await Refused(() => support.Disputes.GetMessagesAsync(Room(order), Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        await arbitrator.Disputes.AddHelperAsync(dispute, helper, "speaks the language", Bounded);
        (await support.Disputes.GetMessagesAsync(Room(order), Bounded)).Messages.ShouldNotBeEmpty();
        (await arbitrator.Disputes.GetAsync(dispute, Bounded)).Helpers.Single().Sub.ShouldBe(helper);
        (await Refused(() => support.Disputes.RuleReleaseAsync(dispute, "x", "r", Bounded))).ShouldBe(ErrorCodes.Forbidden);

        await arbitrator.Disputes.RemoveHelperAsync(dispute, helper, "done", Bounded);
        (await Refused(() => support.Disputes.GetMessagesAsync(Room(order), Bounded))).ShouldBe(ErrorCodes.NotAssigned);
        await Eventually(() => news.All.Count == 2);
        news.All.Select(one => one.News).ShouldBe([CaseNews.HelperAdded, CaseNews.HelperRemoved]);
    }

    [Test]
    public async Task An_arbitrator_who_trades_too_reads_by_the_trade_hub_only_with_the_role_and_the_case()
    {
        var (_, _, order, dispute) = await Disputed();
        var trader = await Buyer();
        var arbitrator = Staff(trader.Name, StaffRoles.Arbitrator);
        await arbitrator.ConnectAsync(Bounded);
        await arbitrator.Disputes.AssignAsync(dispute, trader.Name, "mine", Bounded);

        // The token without the role opens nothing, whoever has the case.
        (await Refused(() => trader.Client.Chat.GetMessagesAsync(order, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        await using var withRole = new P2PClient(new P2PClientOptions
        {
            ServerUrl = Market.AddressOf(),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(trader.Name, StaffRoles.Arbitrator)),
        });
        await withRole.ConnectAsync(Bounded);
        (await withRole.Chat.GetMessagesAsync(order, cancellationToken: Bounded)).Messages.ShouldNotBeEmpty();
        (await Sql<long>($"select count(*) from staff_reads where order_id = '{order}'")).ShouldBe(1);
        (await Sql<long>($"select count(*) from audit_log where action = 'chat.read' and target = 'order:{order}' and ip is not null"))
            .ShouldBe(1);
        (await Refused(() => withRole.Chat.SendAsync(order, "I say", cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    private static GetCaseMessagesRequest Room(Guid order) => new() { OrderId = order, Reason = "What was agreed" };
}
