using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Staff;
using P2P.Server.Deals.Reviews;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Parties of finished orders review each other, through the SDK. (S19)</summary>
public sealed class ReviewCallTests : MarketFixture
{
    private static readonly StaffActor Moderator = new("moderator", null);

    [Test]
    public async Task Each_party_reviews_a_released_order_once_and_the_reviewed_hears_it()
    {
        var (buyer, seller, order) = await ReleasedOrder();
        var heard = Hears<ReviewReceived>(seller.Client);
        var made = await buyer.Client.Reviews.CreateAsync(
            order, 4, "  Quick\u202e and kind ", [ReviewTag.Friendly, ReviewTag.Fast, ReviewTag.Fast], Bounded);
        made.Version.ShouldBe(1);

        var seen = await seller.Client.Reviews.GetAsync(made.ReviewId, Bounded);
        (seen.OrderId, seen.AuthorId, seen.AuthorName, seen.SubjectId).ShouldBe((order, Id(buyer), buyer.Name, Id(seller)));
        (seen.Stars, seen.Text, seen.WrittenBy, seen.EditableUntil).ShouldBe((4, "Quick and kind", Party.Buyer, (DateTimeOffset?)null));
        seen.Tags.ShouldBe([ReviewTag.Fast, ReviewTag.Friendly]);
        await Eventually(() => heard.All.Count == 1);
        heard.All[0].ShouldBe(new ReviewReceived { ReviewId = made.ReviewId, OrderId = order, AuthorId = Id(buyer), Stars = 4 });

        (await Refused(() => buyer.Client.Reviews.CreateAsync(order, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        await seller.Client.Reviews.CreateAsync(order, 5, cancellationToken: Bounded);
        var both = await buyer.Client.Reviews.GetOfOrderAsync(order, Bounded);
        (both.Given!.Stars, both.Received!.Stars, both.CanReview).ShouldBe((4, 5, false));
        both.Given.EditableUntil.ShouldBe(made.EditableUntil);

        var stranger = await Buyer();
        (await stranger.Client.Reviews.GetAsync(made.ReviewId, Bounded)).OrderId.ShouldBeNull();
        (await Refused(() => stranger.Client.Reviews.GetOfOrderAsync(order, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Only_a_party_of_a_finished_order_reviews()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var open = await Refusal(() => buyer.Client.Reviews.CreateAsync(order, 5, cancellationToken: Bounded));
        (open.Code, Detail(open, "status")).ShouldBe((ErrorCodes.WrongStatus, "awaitingPayment"));
        (await buyer.Client.Reviews.GetOfOrderAsync(order, Bounded)).CanReview.ShouldBeFalse();
        await buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded);
        (await Refused(() => seller.Client.Reviews.CreateAsync(order, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongStatus);

        (_, _, order) = await ReleasedOrder();
        var stranger = await Buyer();
        foreach (var id in new[] { order, Guid.CreateVersion7() })
        {
            (await Refused(() => stranger.Client.Reviews.CreateAsync(id, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        }
    }

    [Test]
    public async Task Of_two_devices_that_review_at_once_one_wins_and_its_repeat_gets_the_same_answer()
    {
        var (buyer, seller, order) = await ReleasedOrder();
        var other = Market.Client(buyer.Name);
        await other.ConnectAsync(Bounded);
        CreateReviewRequest[] requests =
        [
            new() { RequestId = Guid.CreateVersion7(), OrderId = order, Stars = 5 },
            new() { RequestId = Guid.CreateVersion7(), OrderId = order, Stars = 2 },
        ];
        P2PClient[] devices = [buyer.Client, other];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Answer(devices[i % 2], requests[i / 2 % 2])));
        var won = answers.Where(answer => answer.Reply is not null).Select(answer => answer.Reply!).Distinct().ToList();
        won.Count.ShouldBe(1);
        answers.Count(answer => answer.Reply is not null).ShouldBe(4);
        answers.Where(answer => answer.Reply is null).ShouldAllBe(answer => answer.Code == ErrorCodes.AlreadyDone);

        var page = await seller.Client.Reviews.ListAsync(cancellationToken: Bounded);
        (page.Total, page.Reviews.Count, page.Average).ShouldBe((1, 1, (decimal)page.Reviews[0].Stars));
    }

    [Test]
    public async Task A_profiles_figures_move_with_every_change_of_its_reviews()
    {
        var seller = await Seller();
        List<Guid> reviews = [];
        var buyers = new[] { await Buyer(), await Buyer(), await Buyer() };
        foreach (var (buyer, stars) in buyers.Zip([5, 4, 2]))
        {
            var order = await Release(buyer, seller);
            reviews.Add((await buyer.Client.Reviews.CreateAsync(order, stars, cancellationToken: Bounded)).ReviewId);
        }

        await FiguresAre(3, 3.67m);
        var before = (await seller.Client.Profiles.GetMineAsync(Bounded)).AvgRating;
        before.ShouldBe(3.67m);

        var heard = Hears<ReviewChanged>(seller.Client);
        var edited = await buyers[2].Client.Reviews.EditAsync(reviews[2], 3, "better now", expectedVersion: 1, cancellationToken: Bounded);
        edited.Version.ShouldBe(2);
        await FiguresAre(3, 4m);

        var moderation = Market.Service<ReviewModerationFlow>();
        await moderation.Hide(Moderator, reviews[0], "spam", Bounded);
        await moderation.Hide(Moderator, reviews[0], "spam again", Bounded);
        await FiguresAre(2, 3.5m);
        await moderation.Restore(Moderator, reviews[0], "no spam", Bounded);
        await FiguresAre(3, 4m);
        await moderation.Hide(Moderator, reviews[0], "spam after all", Bounded);
        (await Sql<long>($"select count(*) from audit_log where target = 'review:{reviews[0]}'")).ShouldBe(3);

        await Eventually(() => heard.All.Count == 4);
        heard.All.Select(change => change.Change)
            .ShouldBe([ReviewChange.Edited, ReviewChange.Hidden, ReviewChange.Restored, ReviewChange.Hidden]);
        (await Sql<long>(
            $"""
            select stars_sum - (select sum(stars) from reviews where subject_id = user_id and hidden_at is null)
              from profiles
             where user_id = {Id(seller)}
            """)).ShouldBe(0);

        var found = await buyers[0].Client.Profiles.SearchAsync(new() { Search = seller.Name, MinRating = 3.5m }, Bounded);
        found.Profiles.ShouldHaveSingleItem().Id.ShouldBe(Id(seller));
        (await buyers[0].Client.Profiles.SearchAsync(new() { Search = seller.Name, MinRating = 3.51m }, Bounded)).Profiles.ShouldBeEmpty();

        async Task FiguresAre(int total, decimal average)
        {
            var page = await buyers[0].Client.Reviews.ListAsync(Id(seller), cancellationToken: Bounded);
            (page.Total, page.Reviews.Count, page.Average).ShouldBe((total, total, average));
        }
    }

    [Test]
    public async Task A_review_is_edited_by_its_author_within_the_time_only()
    {
        var (buyer, seller, order) = await ReleasedOrder();
        var review = (await buyer.Client.Reviews.CreateAsync(order, 1, cancellationToken: Bounded)).ReviewId;
        (await Refused(() => seller.Client.Reviews.EditAsync(review, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        var stale = await Refusal(() => buyer.Client.Reviews.EditAsync(review, 5, expectedVersion: 7, cancellationToken: Bounded));
        (stale.Code, Detail(stale, "version")).ShouldBe((ErrorCodes.StaleVersion, "1"));

        await Sql($"update reviews set created_at = created_at - interval '24 hours 1 second' where id = '{review}'");
        (await Refused(() => buyer.Client.Reviews.EditAsync(review, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.DeadlinePassed);
        (await buyer.Client.Reviews.GetAsync(review, Bounded)).Stars.ShouldBe(1);
    }

    [Test]
    public async Task The_reviewed_answers_once()
    {
        var (buyer, seller, order) = await ReleasedOrder();
        var heard = Hears<ReviewChanged>(buyer.Client);
        var review = (await buyer.Client.Reviews.CreateAsync(order, 2, "slow", cancellationToken: Bounded)).ReviewId;
        (await Refused(() => buyer.Client.Reviews.ReplyAsync(review, "me", Bounded))).ShouldBe(ErrorCodes.WrongParty);
        (await Refused(() => seller.Client.Reviews.ReplyAsync(review, "\u200b", Bounded))).ShouldBe(ErrorCodes.BadInput);
        await seller.Client.Reviews.ReplyAsync(review, "The bank was closed.", Bounded);
        (await Refused(() => seller.Client.Reviews.ReplyAsync(review, "And I was ill.", Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await Refused(() => Stranger(review))).ShouldBe(ErrorCodes.NotFound);
        (await buyer.Client.Reviews.GetAsync(review, Bounded)).Reply.ShouldBe("The bank was closed.");
        await Eventually(() => heard.All.Any(change => change.Change == ReviewChange.Replied && change.ReviewId == review));

        async Task Stranger(Guid id) => await (await Buyer()).Client.Reviews.ReplyAsync(id, "me too", Bounded);
    }

    [Test]
    public async Task A_hidden_review_is_there_for_its_parties_alone()
    {
        var (buyer, seller, order) = await ReleasedOrder();
        var review = (await buyer.Client.Reviews.CreateAsync(order, 1, "call me at 0712", cancellationToken: Bounded)).ReviewId;
        await Market.Service<ReviewModerationFlow>().Hide(Moderator, review, "a phone number", Bounded);

        var stranger = await Buyer();
        (await Refused(() => stranger.Client.Reviews.GetAsync(review, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await stranger.Client.Reviews.ListAsync(Id(seller), cancellationToken: Bounded)).Reviews.ShouldBeEmpty();
        foreach (var party in (Trader[])[buyer, seller])
        {
            (await party.Client.Reviews.GetAsync(review, Bounded)).HiddenBecause.ShouldBe("a phone number");
        }

        (await Refused(() => buyer.Client.Reviews.EditAsync(review, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.ReviewHidden);
        (await Refused(() => seller.Client.Reviews.ReplyAsync(review, "no", Bounded))).ShouldBe(ErrorCodes.ReviewHidden);
        (await Refused(() => buyer.Client.Reviews.CreateAsync(order, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
    }

    [Test]
    public async Task Pages_of_reviews_hold_each_once_newest_first_and_filter_by_stars()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        List<Guid> made = [];
        for (var i = 0; i < 9; i++)
        {
            var order = await Release(buyer, seller, ad);
            made.Add((await buyer.Client.Reviews.CreateAsync(order, (i % 3) + 3, cancellationToken: Bounded)).ReviewId);
        }

        made.Reverse();
        (await All(stars: null, limit: 4)).ShouldBe(made);
        (await All(stars: 4, limit: 2)).Count.ShouldBe(3);
        var page = await buyer.Client.Reviews.ListAsync(Id(seller), stars: 4, limit: 1, cancellationToken: Bounded);
        (page.Total, page.Average).ShouldBe((3, 4m));
        (await Refused(() => buyer.Client.Reviews.ListAsync(Id(seller), cursor: page.NextCursor, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => buyer.Client.Reviews.ListAsync(1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);

        async Task<List<Guid>> All(int? stars, int limit)
        {
            List<Guid> ids = [];
            string? cursor = null;
            do
            {
                var part = await buyer.Client.Reviews.ListAsync(Id(seller), stars, limit, cursor, Bounded);
                ids.AddRange(part.Reviews.Select(review => review.Id));
                cursor = part.NextCursor;
            }
            while (cursor is not null);
            return ids;
        }
    }

    [Test]
    public async Task An_order_that_a_dispute_refunded_can_be_reviewed()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await buyer.Client.Orders.RequestCancelAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.AcceptCancelAsync(order, cancellationToken: Bounded);
        (await Refused(() => seller.Client.Reviews.CreateAsync(order, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.WrongStatus);

        // As if the order had been disputed on its way: its history says so.
        await Sql(
            $"""
            alter table order_history disable trigger user;
            update order_history set from_status = 'Disputed' where order_id = '{order}' and to_status = 'Cancelled';
            alter table order_history enable trigger user;
            """);
        await seller.Client.Reviews.CreateAsync(order, 1, cancellationToken: Bounded);
    }

    private static async Task<(ReviewReply? Reply, string? Code)> Answer(P2PClient device, CreateReviewRequest request)
    {
        try
        {
            return (await device.Reviews.CreateAsync(request, Bounded), null);
        }
        catch (P2PException refused)
        {
            return (null, refused.Code);
        }
    }

    private async Task<(Trader Buyer, Trader Seller, Guid Order)> ReleasedOrder()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        return (buyer, seller, await Release(buyer, seller));
    }

    private static async Task<Guid> Release(Trader buyer, Trader seller, Guid? ad = null)
    {
        var order = await Place(buyer, ad ?? await TestMarket.Ad(seller), 0.1m);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        return order;
    }
}
