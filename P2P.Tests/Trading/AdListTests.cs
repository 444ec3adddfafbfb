using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Tests.Trading;

/// <summary>Who finds which ads, in which order.</summary>
public sealed class AdListTests
{
    private static readonly ListAdsRequest Selling = new() { Side = AdSide.Sell, Asset = "BTC", Fiat = "USD" };

    private AdWorld _world = null!; // Set before every test.

    [SetUp]
    public async Task Start() => _world = await AdWorld.Start();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Pages_hold_every_ad_once_in_order_whatever_the_order()
    {
        await _world.Prices.Set("BTC", "USD", 50_000.33m, "test");
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var m = 0; m < 6; m++)
        {
            var maker = await _world.Trader(completed: random.Next(0, 3) * 10, cancelled: random.Next(0, 3));
            if (m % 3 > 0)
            {
                await _world.Sql(
                    "insert into reputations (user_id, score, partners, updated_at) values (@UserId, @score, 3, now())",
                    new { maker.UserId, score = random.Next(0, 4) * 25.5m });
            }

            for (var i = 0; i < 50; i++)
            {
                var price = random.Next(2) == 0
                    ? AdWorld.Floating(random.Next(9_900, 10_100) / 100m)
                    : AdWorld.Terms(price: random.Next(49_500, 50_500)).Price;
                await _world.Ad(maker, i % 2 == 0 ? AdSide.Sell : AdSide.Buy, AdWorld.Terms() with { Price = price });
            }
        }

        var reader = await _world.Trader();
        foreach (var side in (AdSide[])[AdSide.Sell, AdSide.Buy])
        {
            var byPrice = await All(reader, Selling with { Side = side, Limit = 7 });
            byPrice.Count.ShouldBe(150);
            byPrice.Select(ad => ad.Id).ShouldBeUnique();
            var keys = byPrice.Select(ad => (Price: side == AdSide.Sell ? ad.Price : -ad.Price, ad.Id)).ToArray();
            keys.ShouldBe(keys.OrderBy(key => key.Price).ThenBy(key => key.Id));

            var byReputation = await All(reader, Selling with { Side = side, Limit = 13, OrderBy = AdOrder.Reputation });
            byReputation.Count.ShouldBe(150);
            byReputation.Select(ad => ad.Id).ShouldBe(byReputation
                .OrderByDescending(ad => ad.Maker.Reputation ?? -1)
                .ThenByDescending(ad => ad.Maker.CompletedTrades)
                .ThenBy(ad => ad.Id)
                .Select(ad => ad.Id));
        }
    }

    [Test]
    public async Task A_cursor_is_good_for_its_own_filters_and_order_only()
    {
        var (maker, reader) = (await _world.Trader(), await _world.Trader());
        await _world.Ad(maker);
        await _world.Ad(maker);
        var cursor = (await _world.Lists.List(reader, Selling with { Limit = 1 }, default)).NextCursor.ShouldNotBeNull();
        (await _world.Lists.List(reader, Selling with { Cursor = cursor }, default)).Items.Count.ShouldBe(1);
        foreach (var other in (ListAdsRequest[])
            [
                Selling with { Cursor = cursor, OrderBy = AdOrder.Reputation },
                Selling with { Cursor = cursor, Side = AdSide.Buy },
                Selling with { Cursor = cursor, Amount = 5 },
                Selling with { Cursor = cursor, VerifiedOnly = true },
                Selling with { Cursor = cursor, FavouritesOnly = true },
                Selling with { Cursor = cursor, Country = "US" },
                Selling with { Cursor = cursor[..^4] },
                Selling with { Cursor = "nonsense!" },
                Selling with { Cursor = "" },
                Selling with { Limit = 0 },
                Selling with { Limit = 101 },
                Selling with { Amount = 0 },
                Selling with { Country = "us" },
                Selling with { Side = AdSide.Unknown },
                Selling with { OrderBy = AdOrder.Unknown },
            ])
        {
            (await Should.ThrowAsync<Refused>(() => _world.Lists.List(reader, other, default))).Code.ShouldBe(ErrorCodes.BadInput);
        }

        (await Should.ThrowAsync<Refused>(() => _world.Lists.List(reader, Selling with { Asset = "NONE" }, default)))
            .Code.ShouldBe(ErrorCodes.AssetUnknown);
        (await Should.ThrowAsync<Refused>(() => _world.Lists.List(reader, Selling with { Fiat = "XXX" }, default)))
            .Code.ShouldBe(ErrorCodes.CurrencyUnknown);
    }

    [Test]
    public async Task Filters_leave_out_what_does_not_match()
    {
        var plain = await _world.Trader();
        var (verified, merchant) = (await _world.Trader(isVerified: true), await _world.Trader(isMerchant: true));
        var small = await _world.Ad(plain, terms: AdWorld.Terms(min: 10, max: 50));
        var swift = await _world.Ad(verified, terms: AdWorld.Terms() with { PaymentMethodIds = [AdWorld.Ach] });
        var large = await _world.Ad(merchant, terms: AdWorld.Terms(min: 500, max: 900));
        var little = await _world.Ad(plain, total: 0.001m);
        var reader = await _world.Trader();

        (await Found(reader, Selling)).ShouldBe([small, swift, large, little], ignoreOrder: true);
        (await Found(reader, Selling with { Amount = 50 })).ShouldBe([small, swift, little], ignoreOrder: true);
        (await Found(reader, Selling with { Amount = 50.01m })).ShouldBe([swift], ignoreOrder: true);
        (await Found(reader, Selling with { Amount = 500 })).ShouldBe([swift, large], ignoreOrder: true);
        (await Found(reader, Selling with { PaymentMethodId = AdWorld.Ach })).ShouldBe([swift]);
        (await Found(reader, Selling with { Country = "US" })).Count.ShouldBe(4);
        (await Found(reader, Selling with { Country = "KE" })).ShouldBeEmpty();
        (await Found(reader, Selling with { VerifiedOnly = true })).ShouldBe([swift]);
        (await Found(reader, Selling with { MerchantsOnly = true })).ShouldBe([large]);
        (await Found(reader, Selling with { Side = AdSide.Buy })).ShouldBeEmpty();
        (await Found(reader, Selling with { Fiat = "EUR" })).ShouldBeEmpty();
    }

    [Test]
    public async Task The_eligible_ones_are_exactly_those_without_a_reason()
    {
        var maker = await _world.Trader();
        foreach (var side in (AdSide[])[AdSide.Sell, AdSide.Buy])
        {
            foreach (var conditions in (TakerConditions?[])
                [
                    null,
                    new TakerConditions { VerifiedOnly = true },
                    new TakerConditions { CompletedTradesMin = 5 },
                    new TakerConditions { CompletionRateMin = 80 },
                    new TakerConditions { AccountAgeDaysMin = 30 },
                ])
            {
                await _world.Ad(maker, side, AdWorld.Terms() with { Conditions = conditions });
                var large = AdWorld.Terms(min: 100_000, max: 200_000) with { Conditions = conditions, PaymentMethodIds = [AdWorld.Ach] };
                await _world.Ad(maker, side, large, 5);
            }
        }

        foreach (var taker in (Caller[])
            [
                await _world.Trader(),
                await _world.Trader(btc: 1, isVerified: true, accounts: AdWorld.Zelle),
                await _world.Trader(btc: 0, completed: 5, cancelled: 1),
                await _world.Trader(completed: 5, cancelled: 2, ageDays: 30),
                await _world.Trader(completed: 1, ageDays: 29, accounts: AdWorld.Sepa),
            ])
        {
            foreach (var side in (AdSide[])[AdSide.Sell, AdSide.Buy])
            {
                var all = await All(taker, Selling with { Side = side });
                all.Count.ShouldBe(10);
                (await Found(taker, Selling with { Side = side, EligibleOnly = true }))
                    .ShouldBe(all.Where(ad => ad.CannotTakeBecause.Count == 0).Select(ad => ad.Id));
            }
        }

        var tired = await _world.Trader();
        await CoolDown(tired);
        (await Found(tired, Selling with { EligibleOnly = true })).ShouldBeEmpty();
        (await All(tired, Selling)).ShouldAllBe(ad => ad.CannotTakeBecause[0].Code == ErrorCodes.CoolingDown);
    }

    [Test]
    public async Task What_is_listed_is_what_the_maker_hears_to_be_shown()
    {
        await _world.Prices.Set("BTC", "USD", 50_000, "test");
        var (maker, reader) = (await _world.Trader(btc: 0.1m), await _world.Trader());
        await _world.Ad(maker);
        await _world.Ad(maker, terms: AdWorld.Terms(min: 6_000, max: 9_000));
        await _world.Ad(maker, terms: AdWorld.Terms(min: 100, max: 9_000), total: 0.001m);
        await _world.Ad(maker, AdSide.Buy, AdWorld.Terms() with { Price = AdWorld.Floating(100) });
        var paused = await _world.Ad(maker);
        await _world.Ads.Pause(maker, AdWorld.On(paused), default);

        await Agree();
        await _world.Sql("update accounts set balance = 0.0002 where user_id = @UserId", new { maker.UserId });
        await Agree();
        await CoolDown(maker);
        await Agree();
        await _world.Sql("update assets set fee_rate = 0.01");
        await _world.Sql("update accounts set balance = 1 where user_id = @UserId", new { maker.UserId });
        await Agree();
        await _world.Sql("delete from prices");
        await Agree();
        await _world.Sql("update standings set suspended = true where user_id = @UserId", new { maker.UserId });
        await Agree();
        (await _world.Lists.Mine(maker, new MyAdsRequest(), default)).Items
            .ShouldAllBe(ad => ad.HiddenBecause!.Any(reason => reason.Code == ErrorCodes.Suspended)); // Never null on one's own.

        async Task Agree()
        {
            var shown = (await _world.Lists.Mine(maker, new MyAdsRequest(), default)).Items
                .Where(ad => ad.HiddenBecause is { Count: 0 }).Select(ad => ad.Id);
            List<Guid> listed = [.. await Found(reader, Selling), .. await Found(reader, Selling with { Side = AdSide.Buy })];
            listed.ShouldBe(shown, ignoreOrder: true);
        }
    }

    [Test]
    public async Task Visibility_decides_who_finds_and_who_opens_an_ad()
    {
        var (maker, viewer, stranger) = (await _world.Trader(), await _world.Trader(), await _world.Trader());
        var open = await _world.Ad(maker);
        var chosen = await _world.Ad(maker, terms: AdWorld.Terms(visibility: AdVisibility.Chosen) with { ViewerIds = [viewer.UserId] });
        var link = await _world.Ads.Create(maker, AdWorld.Request(terms: AdWorld.Terms(visibility: AdVisibility.Link)), default);

        (await Found(maker, Selling)).ShouldBeEmpty();
        (await Found(viewer, Selling)).ShouldBe([open, chosen], ignoreOrder: true);
        (await Found(stranger, Selling)).ShouldBe([open]);

        //                 ad           secret           maker  viewer stranger
        await Opens(open, null, true, true, true);
        await Opens(open, "whatever", true, true, true);
        await Opens(chosen, null, true, true, false);
        await Opens(link.AdId, null, true, false, false);
        await Opens(link.AdId, "whatever", true, false, false);
        await Opens(link.AdId, link.LinkSecret, true, true, true);
        await Opens(Ids.New(), null, false, false, false);

        await _world.Ads.Pause(maker, AdWorld.On(open), default);
        (await Found(stranger, Selling)).ShouldBeEmpty();
        var paused = await _world.Lists.Get(stranger, new GetAdRequest { AdId = open }, default);
        paused.CannotTakeBecause.ShouldHaveSingleItem().Details.ShouldNotBeNull()["reason"].ShouldBe("paused");
        paused.HiddenBecause.ShouldBeNull();

        async Task Opens(Guid id, string? secret, params bool[] expected)
        {
            foreach (var (caller, opens) in ((Caller[])[maker, viewer, stranger]).Zip(expected))
            {
                var get = () => _world.Lists.Get(caller, new GetAdRequest { AdId = id, LinkSecret = secret }, default);
                if (opens)
                {
                    (await get()).Id.ShouldBe(id);
                }
                else
                {
                    (await Should.ThrowAsync<Refused>(get)).Code.ShouldBe(ErrorCodes.NotFound);
                }
            }
        }
    }

    [Test]
    public async Task What_only_the_maker_may_know_is_shown_to_the_maker_only()
    {
        var (maker, viewer) = (await _world.Trader(), await _world.Trader());
        var id = await _world.Ad(
            maker, terms: AdWorld.Terms(visibility: AdVisibility.Chosen) with { ViewerIds = [viewer.UserId], AutoReply = "My secret" });
        var own = await _world.Lists.Get(maker, new GetAdRequest { AdId = id }, default);
        (own.Terms.AutoReply, own.Terms.ViewerIds?.Count).ShouldBe(("My secret", 1));
        var got = await _world.Lists.Get(viewer, new GetAdRequest { AdId = id }, default);
        foreach (var seen in (AdView[])[got, (await All(viewer, Selling)).Single()])
        {
            (seen.Terms.AutoReply, seen.Terms.ViewerIds, seen.HiddenBecause).ShouldBe((null, null, null));
        }
    }

    [Test]
    public async Task Ones_own_ads_come_newest_first_page_by_page()
    {
        var maker = await _world.Trader();
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            ids.Insert(0, await _world.Ad(maker));
        }

        await _world.Ads.Delete(maker, AdWorld.On(ids[3]), default);
        (await Mine(includeClosed: true)).ShouldBe(ids);
        (await Mine(includeClosed: false)).ShouldBe(ids.Where(id => id != ids[3]));

        async Task<List<Guid>> Mine(bool includeClosed)
        {
            var found = new List<Guid>();
            string? cursor = null;
            do
            {
                var request = new MyAdsRequest { IncludeClosed = includeClosed, Limit = 3, Cursor = cursor };
                var page = await _world.Lists.Mine(maker, request, default);
                found.AddRange(page.Items.Select(ad => ad.Id));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            return found;
        }
    }

    private Task CoolDown(Caller caller) => _world.Sql(
        "update standings set cooling_down_until = now() + interval '1 hour' where user_id = @UserId", new { caller.UserId });

    private async Task<List<Guid>> Found(Caller caller, ListAdsRequest request) => [.. (await All(caller, request)).Select(ad => ad.Id)];

    private async Task<List<AdView>> All(Caller caller, ListAdsRequest request)
    {
        var found = new List<AdView>();
        string? cursor = null;
        do
        {
            var page = await _world.Lists.List(caller, request with { Cursor = cursor }, default);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return found;
    }
}
