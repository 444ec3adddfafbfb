using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Trading;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Reviews, ads and pictures that staff take out of sight: who sees what afterwards, and who is told.</summary>
public sealed class ModerationTests : AdminFixture
{
    [Test]
    public async Task A_hidden_ad_is_shown_to_nobody_until_it_is_restored_and_its_owner_is_told()
    {
        var support = await Connected(StaffRoles.Support);
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var heard = Hears<AdChanged>(seller.Client);

        var reply = await support.Moderation.HideAdAsync(ad, "asks to pay outside", Bounded);

        (reply.Status, reply.Hidden, reply.Version).ShouldBe((AdStatus.Paused, true, 2));
        (await Refused(() => Place(buyer, ad))).ShouldBe(ErrorCodes.AdUnavailable);
        var resume = await Refusal(() => seller.Client.Ads.ResumeAsync(ad, cancellationToken: Bounded));
        (resume.Code, Detail(resume, "reason")).ShouldBe((ErrorCodes.AdHidden, "asks to pay outside"));
        var own = (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items.Single();
        own.HiddenByStaffBecause.ShouldBe("asks to pay outside");
        own.HiddenBecause.ShouldNotBeNull().ShouldContain(reason => reason.Code == ErrorCodes.AdUnavailable);
        await Eventually(() => heard.All.Any(change => change is { ByStaff: true, Status: AdStatus.Paused }));
        await Eventually(async () => (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .Any(one => one.Kind == NotificationKind.AdModerated && one.Args["adId"] == $"{ad}"), TimeSpan.FromSeconds(20));
        var found = (await support.Moderation.SearchAdsAsync(new() { OwnerId = Id(seller), Hidden = true }, Bounded)).Items.Single();
        (found.AdId, found.HiddenBecause, found.Status).ShouldBe((ad, "asks to pay outside", AdStatus.Paused));

        (await support.Moderation.RestoreAdAsync(ad, "a misunderstanding", Bounded)).Hidden.ShouldBeFalse();
        await seller.Client.Ads.ResumeAsync(ad, cancellationToken: Bounded);
        await Place(buyer, ad, 0.1m);
        (await Sql<string>($"select string_agg(action, ' ' order by seq) from audit_log where target = 'ad:{ad}'")).ShouldBe("ad.hide ad.restore");
    }

    [Test]
    public async Task A_closed_ad_stays_closed_and_its_open_order_goes_on()
    {
        var support = await Connected(StaffRoles.Support);
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var ad = (await Read(buyer, order)).State.AdId;
        (await support.Moderation.CloseAdAsync(ad, "a forbidden payment method", Bounded)).Status.ShouldBe(AdStatus.Closed);
        (await Refused(() => support.Moderation.RestoreAdAsync(ad, "no", Bounded))).ShouldBe(ErrorCodes.AdClosed);
        (await Refused(() => support.Moderation.CloseAdAsync(Guid.CreateVersion7(), "x", Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await support.Moderation.SearchAdsAsync(new() { OwnerId = Id(seller) }, Bounded)).Items.Single().OpenOrders.ShouldBe(1);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);

        var owner = Staff(seller.Name, StaffRoles.Admin);
        await owner.ConnectAsync(Bounded);
        var another = await TestMarket.Ad(seller);
        (await Refused(() => owner.Moderation.HideAdAsync(another, "mine", Bounded))).ShouldBe(ErrorCodes.OwnAccount);
    }

    [Test]
    public async Task A_review_is_hidden_and_restored_by_call_and_found_by_whom_it_is_of()
    {
        var support = await Connected(StaffRoles.Support);
        var (buyer, seller, order) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        var review = (await buyer.Client.Reviews.CreateAsync(order, 1, "a thief", cancellationToken: Bounded)).ReviewId;
        var request = new ModerateReviewRequest { RequestId = Guid.CreateVersion7(), ReviewId = review, Reason = "an insult" };

        var hidden = await support.Hub.HideReview(request, Bounded);
        (await support.Hub.HideReview(request, Bounded)).ShouldBe(hidden);

        (hidden.Hidden, hidden.Version).ShouldBe((true, 2));
        (await seller.Client.Reviews.ListAsync(cancellationToken: Bounded)).Reviews.ShouldBeEmpty();
        var row = (await support.Moderation.SearchReviewsAsync(new() { SubjectId = Id(seller), Hidden = true }, Bounded)).Items.Single();
        (row.ReviewId, row.Text, row.HiddenBecause, row.AuthorName).ShouldBe((review, "a thief", "an insult", buyer.Name));
        await Eventually(async () => (await buyer.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items
            .Any(one => one.Kind == NotificationKind.ReviewHidden), TimeSpan.FromSeconds(20));
        (await support.Moderation.RestoreReviewAsync(review, "a fact", Bounded)).Version.ShouldBe(3);
        (await Sql<long>($"select count(*) from audit_log where target = 'review:{review}'")).ShouldBe(2);
        (await Refused(() => support.Moderation.HideReviewAsync(Guid.CreateVersion7(), "x", Bounded))).ShouldBe(ErrorCodes.NotFound);

        var party = Staff(seller.Name, StaffRoles.Admin);
        await party.ConnectAsync(Bounded);
        (await Refused(() => party.Moderation.HideReviewAsync(review, "of me", Bounded))).ShouldBe(ErrorCodes.ConflictOfInterest);
    }

    [Test]
    public async Task A_picture_is_taken_away_and_the_log_keeps_its_fingerprint()
    {
        var support = await Connected(StaffRoles.Support);
        var seller = await Seller();
        using var picture = new MemoryStream(Pictures.Png());
        await seller.Client.Files.SetPictureAsync(picture, cancellationToken: Bounded);
        await support.Moderation.RemovePictureAsync(Id(seller), "not a person", Bounded);
        (await Refused(() => seller.Client.Files.GetPictureAsync(Id(seller), Bounded))).ShouldBe(ErrorCodes.NotFound);
        await support.Moderation.RemovePictureAsync(Id(seller), "again", Bounded);
        (await Sql<long>($"select count(*) from audit_log where action = 'user.remove_picture' and target = 'user:{Id(seller)}'")).ShouldBe(1);
    }
}
