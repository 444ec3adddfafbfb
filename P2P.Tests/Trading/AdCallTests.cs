using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The calls on ads and the live book, through the SDK.</summary>
public sealed class AdCallTests : MarketFixture
{
    [Test]
    public async Task An_ad_is_put_up_found_read_and_listed_as_ones_own()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 2);

        var seen = await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded);
        (seen.Maker.ProfileId, seen.Price, seen.Total, seen.Remaining, seen.Version).ShouldBe((Id(seller), 1_000m, 2m, 2m, 1));
        seen.CannotTakeBecause.ShouldBeEmpty();
        seen.HiddenBecause.ShouldBeNull();
        (await AllListed(buyer)).ShouldContain(ad);
        (await AllListed(seller)).ShouldNotContain(ad);
        var own = (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items.Single();
        own.Id.ShouldBe(ad);
        own.HiddenBecause.ShouldNotBeNull().ShouldBeEmpty();
        (await Refused(() => buyer.Client.Ads.GetAsync(Guid.CreateVersion7(), cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Terms_pause_resume_and_deletion_are_versions_that_the_maker_hears()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ads = seller.Client.Ads;
        var hears = Hears<AdChanged>(seller.Client);
        var ad = await TestMarket.Ad(seller);

        (await ads.UpdateAsync(ad, TestMarket.Terms() with { AmountMin = 5 }, 1, Bounded)).Version.ShouldBe(2);
        var stale = await Refusal(() => ads.PauseAsync(ad, 1, Bounded));
        (stale.Code, Detail(stale, "version")).ShouldBe((ErrorCodes.StaleVersion, "2"));
        (await ads.PauseAsync(ad, 2, Bounded)).Status.ShouldBe(AdStatus.Paused);
        (await AllListed(buyer)).ShouldNotContain(ad);
        (await Refused(() => Place(buyer, ad))).ShouldBe(ErrorCodes.AdUnavailable);
        (await ads.ResumeAsync(ad, 3, Bounded)).Status.ShouldBe(AdStatus.Active);
        (await ads.DeleteAsync(ad, 4, Bounded)).Status.ShouldBe(AdStatus.Closed);

        foreach (var call in new Func<Task>[]
        {
            () => ads.UpdateAsync(ad, TestMarket.Terms(), cancellationToken: Bounded), () => ads.PauseAsync(ad, cancellationToken: Bounded),
            () => ads.ResumeAsync(ad, cancellationToken: Bounded), () => ads.DeleteAsync(ad, cancellationToken: Bounded),
            () => ads.ChangeTotalAsync(ad, 5, cancellationToken: Bounded),
        })
        {
            (await Refused(call)).ShouldBe(ErrorCodes.AdClosed);
        }

        (await ads.ListMineAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await ads.ListMineAsync(includeClosed: true, cancellationToken: Bounded)).Items.Single().Status.ShouldBe(AdStatus.Closed);
        await Eventually(() => hears.All.Count == 5);
        hears.All.Select(change => change.Version).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Test]
    public async Task A_total_moves_what_is_left_and_never_below_what_was_taken()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 2);
        await Place(buyer, ad);
        await seller.Client.Ads.ChangeTotalAsync(ad, 3, cancellationToken: Bounded);
        var view = await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded);
        (view.Total, view.Remaining).ShouldBe((3m, 2.5m));
        var refusal = await Refusal(() => seller.Client.Ads.ChangeTotalAsync(ad, 0.4m, cancellationToken: Bounded));
        (refusal.Code, Detail(refusal, "min")).ShouldBe((ErrorCodes.TotalBelowTaken, "0.5"));
        await seller.Client.Ads.ChangeTotalAsync(ad, 0.5m, cancellationToken: Bounded);
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).Remaining.ShouldBe(0);
        (await Refused(() => seller.Client.Ads.ChangeTotalAsync(ad, 1, expectedVersion: 99, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.StaleVersion);
    }

    [Test]
    public async Task Another_persons_ad_is_not_there_to_be_changed()
    {
        var (seller, eve) = (await Seller(), await Seller());
        foreach (var ad in new[] { await TestMarket.Ad(seller), Guid.CreateVersion7() })
        {
            var ads = eve.Client.Ads;
            (await Refused(() => ads.UpdateAsync(ad, TestMarket.Terms(), cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => ads.ChangeTotalAsync(ad, 5, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => ads.PauseAsync(ad, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => ads.ResumeAsync(ad, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
            (await Refused(() => ads.DeleteAsync(ad, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        }
    }

    [Test]
    public async Task A_check_says_what_the_command_would()
    {
        var seller = await Seller();
        var good = new CheckCreateAdRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Total = 1, Terms = TestMarket.Terms() };
        var check = await seller.Client.Ads.CheckCreateAsync(good, Bounded);
        (check.Allowed, check.Price, check.Reasons.Count, check.HiddenBecause.Count).ShouldBe((true, 1_000m, 0, 0));
        foreach (var wrong in new[]
        {
            good with { Asset = "NOPE" },
            good with { Fiat = "XXX" },
            good with { Terms = good.Terms with { PaymentMethodIds = [999] } },
            good with { Terms = good.Terms with { PaymentMethodIds = [TestMarket.MpesaKenya + 1] } },
        })
        {
            var reasons = (await seller.Client.Ads.CheckCreateAsync(wrong, Bounded)).Reasons;
            var refused = await Refused(
                () => seller.Client.Ads.CreateAsync(wrong.Side, wrong.Asset, wrong.Fiat, wrong.Total, wrong.Terms, Bounded));
            refused.ShouldBe(reasons[0].Code);
        }
    }

    [Test]
    public async Task A_link_opens_its_ad_to_whoever_has_the_secret_which_is_told_once()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var request = new CreateAdRequest
        {
            RequestId = Guid.CreateVersion7(),
            Side = AdSide.Sell,
            Asset = "BTC",
            Fiat = "KES",
            Total = 1,
            Terms = TestMarket.Terms() with { Visibility = AdVisibility.Link },
        };
        var made = await seller.Client.Ads.CreateAsync(request, Bounded);
        var secret = made.LinkSecret.ShouldNotBeNull();
        (await seller.Client.Ads.CreateAsync(request, Bounded)).ShouldBe(made with { LinkSecret = null });
        (await AllListed(buyer)).ShouldNotContain(made.AdId);
        (await Refused(() => buyer.Client.Ads.GetAsync(made.AdId, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => buyer.Client.Ads.GetAsync(made.AdId, secret[..^1] + "!", Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Place(buyer, made.AdId))).ShouldBe(ErrorCodes.NotFound);
        (await buyer.Client.Ads.GetAsync(made.AdId, secret, Bounded)).Id.ShouldBe(made.AdId);
        (await buyer.Client.Orders.CreateAsync(
            made.AdId, TestMarket.MpesaKenya, cryptoAmount: 0.1m, linkSecret: secret, cancellationToken: Bounded)).Version.ShouldBe(1);
    }

    [Test]
    public async Task An_ad_for_chosen_users_is_there_for_them_alone()
    {
        var (seller, friend, eve) = (await Seller(), await Buyer(), await Buyer());
        var terms = TestMarket.Terms() with { Visibility = AdVisibility.Chosen, ViewerIds = [Id(friend)] };
        var ad = (await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1, terms, Bounded)).AdId;
        (await AllListed(friend)).ShouldContain(ad);
        (await friend.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).Terms.ViewerIds.ShouldBeNull();
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).Terms.ViewerIds.ShouldBe([Id(friend)]);
        (await AllListed(eve)).ShouldNotContain(ad);
        (await Refused(() => eve.Client.Ads.GetAsync(ad, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Place(eve, ad))).ShouldBe(ErrorCodes.NotFound);
        await Place(friend, ad);
    }

    [Test]
    public async Task A_book_shows_new_ads_what_is_left_and_what_went()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var market = new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" };
        AdBook? newest = null;
        using var end = new CancellationTokenSource();
        var watching = Task.Run(
            async () =>
            {
                await foreach (var book in buyer.Client.Ads.WatchBookAsync(market, end.Token))
                {
                    newest = book;
                }
            },
            CancellationToken.None);
        await Eventually(() => newest is not null);
        var ad = await TestMarket.Ad(seller);
        await Eventually(() => Row() is { Remaining: 1 });
        await Place(buyer, ad);
        await Eventually(() => Row() is { Remaining: 0.5m });
        await seller.Client.Ads.PauseAsync(ad, cancellationToken: Bounded);
        await Eventually(() => Row() is null);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watching);

        BookRow? Row() => newest?.Rows.FirstOrDefault(row => row.AdId == ad);
    }

    [Test]
    public async Task Ads_are_listed_best_price_first_in_pages_without_a_gap()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ads = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var terms = TestMarket.Terms() with { Price = new AdPrice { Kind = PriceKind.Fixed, Fixed = 100 + i } };
            ads.Add((await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 1, terms, Bounded)).AdId);
        }

        var listed = new List<AdView>();
        for (string? cursor = null; ;)
        {
            var page = await buyer.Client.Ads.ListAsync(
                new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 2, Cursor = cursor }, Bounded);
            listed.AddRange(page.Items);
            cursor = page.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        listed.Select(ad => ad.Id).ShouldBeUnique();
        listed.Select(ad => ad.Price).ShouldBeInOrder();
        listed.Select(ad => ad.Id).Take(5).ShouldBe(ads);
    }

    private static async Task<List<Guid>> AllListed(Trader trader) =>
        [.. (await trader.Client.Ads.ListAsync(
            new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 100 }, Bounded)).Items.Select(ad => ad.Id)];
}
