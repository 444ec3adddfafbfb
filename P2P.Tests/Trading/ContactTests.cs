using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Blocked and favourite users, through the SDK.</summary>
public sealed class ContactTests : MarketFixture
{
    private static readonly ListAdsRequest Selling = new() { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 100 };

    [TestCase(true)]
    [TestCase(false)]
    public async Task To_a_blocked_user_ads_are_not_there_and_neither_to_the_one_who_blocks(bool makerBlocks)
    {
        var (maker, taker, other) = (await Seller(), await Buyer(), await Buyer());
        var ad = await TestMarket.Ad(maker);
        var open = await Place(taker, ad, 0.1m);
        var (blocker, blocked) = makerBlocks ? (maker, taker) : (taker, maker);
        (await blocker.Client.Contacts.BlockAsync(Id(blocked), Bounded)).Kind.ShouldBe(ContactKind.Blocked);

        (await Lists(taker, ad)).ShouldBeFalse();
        (await Refused(() => taker.Client.Ads.GetAsync(ad, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Place(taker, ad, 0.1m))).ShouldBe(ErrorCodes.NotFound);
        var check = await taker.Client.Orders.CheckCreateAsync(
            new() { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, CryptoAmount = 0.1m }, Bounded);
        (check.Allowed, check.Quote).ShouldBe((false, null));
        check.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.NotFound);

        // As one that never was, and to others it is there as before.
        var missing = await Refusal(() => Place(taker, Guid.CreateVersion7(), 0.1m));
        (await Refusal(() => Place(taker, ad, 0.1m))).Message.ShouldBe(missing.Message);
        (await Lists(other, ad)).ShouldBeTrue();
        await Place(other, ad, 0.1m);

        // What is open goes on.
        await taker.Client.Orders.ConfirmPaymentAsync(open, cancellationToken: Bounded);
        await maker.Client.Orders.ReleaseAsync(open, cancellationToken: Bounded);

        (await blocker.Client.Contacts.UnblockAsync(Id(blocked), Bounded)).Kind.ShouldBeNull();
        (await Lists(taker, ad)).ShouldBeTrue();
        await Place(taker, ad, 0.1m);
    }

    [Test]
    public async Task Lists_of_ads_are_filtered_by_favourites()
    {
        var (liked, plain, reader) = (await Seller(), await Seller(), await Buyer());
        Guid[] ads = [await TestMarket.Ad(liked), await TestMarket.Ad(plain)];
        (await reader.Client.Ads.ListAsync(Selling with { FavouritesOnly = true }, Bounded)).Items.ShouldBeEmpty();
        await reader.Client.Contacts.FavouriteAsync(Id(liked), Bounded);
        var listed = await reader.Client.Ads.ListAsync(Selling with { FavouritesOnly = true }, Bounded);
        listed.Items.ShouldHaveSingleItem().Id.ShouldBe(ads[0]);
        await reader.Client.Contacts.UnfavouriteAsync(Id(liked), Bounded);
        (await reader.Client.Ads.ListAsync(Selling with { FavouritesOnly = true }, Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task A_user_is_blocked_or_a_favourite_never_both_and_doing_it_twice_changes_nothing()
    {
        var (me, other) = (await Buyer(), await Buyer());
        var contacts = me.Client.Contacts;
        await contacts.FavouriteAsync(Id(other), Bounded);
        await contacts.FavouriteAsync(Id(other), Bounded);
        (await contacts.UnblockAsync(Id(other), Bounded)).Kind.ShouldBe(ContactKind.Favourite);
        var favourite = (await contacts.ListFavouritesAsync(cancellationToken: Bounded)).Items.ShouldHaveSingleItem();
        (favourite.ProfileId, favourite.Username).ShouldBe((Id(other), other.Name));

        await contacts.BlockAsync(Id(other), Bounded);
        var since = (await contacts.ListBlockedAsync(cancellationToken: Bounded)).Items.ShouldHaveSingleItem().Since;
        await contacts.BlockAsync(Id(other), Bounded);
        (await contacts.ListBlockedAsync(cancellationToken: Bounded)).Items.ShouldHaveSingleItem().Since.ShouldBe(since);
        (await contacts.ListFavouritesAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Refused(() => contacts.FavouriteAsync(Id(other), Bounded))).ShouldBe(ErrorCodes.UserBlocked);

        (await Refused(() => contacts.BlockAsync(Id(me), Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => contacts.BlockAsync(1, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await other.Client.Contacts.ListBlockedAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task Pages_of_contacts_hold_each_once_newest_first_up_to_the_quota()
    {
        var me = await Buyer();
        await Sql(
            $"""
            insert into users (id, sub) select i, 'contact ' || i from generate_series(5000001, 5001001) i;
            insert into profiles (user_id, joined_at, updated_at, last_active_at)
            select i, now(), now(), now() from generate_series(5000001, 5001001) i;
            insert into contacts (user_id, other_id, kind, at)
            select {Id(me)}, i, 'Blocked', timestamptz '2026-01-01' + (i % 7) * interval '1 second' from generate_series(5000001, 5000999) i;
            """);
        await me.Client.Contacts.BlockAsync(5001000, Bounded);
        var refusal = await Refusal(() => me.Client.Contacts.BlockAsync(5001001, Bounded));
        (refusal.Code, Detail(refusal, "limit")).ShouldBe((ErrorCodes.QuotaExceeded, "1000"));
        await me.Client.Contacts.FavouriteAsync(5001001, Bounded);

        List<ContactView> all = [];
        string? cursor = null;
        do
        {
            var page = await me.Client.Contacts.ListBlockedAsync(90, cursor, Bounded);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        all.Select(contact => contact.ProfileId).ShouldBeUnique();
        all.Count.ShouldBe(1_000);
        all.ShouldBe(all.OrderByDescending(contact => contact.Since).ThenByDescending(contact => contact.ProfileId));
        var next = (await me.Client.Contacts.ListBlockedAsync(1, cancellationToken: Bounded)).NextCursor;
        (await Refused(() => me.Client.Contacts.ListFavouritesAsync(1, next, Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    private static async Task<bool> Lists(Trader reader, Guid ad) =>
        (await reader.Client.Ads.ListAsync(Selling, Bounded)).Items.Any(listed => listed.Id == ad);
}
