using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Ads;

namespace P2P.Tests.Trading;

/// <summary>Putting up, changing, pausing and deleting ads.</summary>
public sealed class AdFlowTests
{
    private AdWorld _world = null!; // Set before every test.

    [SetUp]
    public async Task Start() => _world = await AdWorld.Start();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task An_ad_is_put_up_once_and_its_owner_hears_it()
    {
        var maker = await _world.Trader();
        var request = AdWorld.Request(terms: AdWorld.Terms() with { Terms = " e\u0301\u202e ", AutoReply = "Hello" });
        var first = await _world.Ads.Create(maker, request, default);
        var again = await _world.Ads.Create(maker, request, default);

        again.ShouldBe(first);
        first.Status.ShouldBe(AdStatus.Active);
        first.Version.ShouldBe(1);
        (await _world.Scalar<long>("select count(*) from ads")).ShouldBe(1);
        var body = await _world.Scalar<string>("select body from events where user_id = @UserId", new { maker.UserId });
        JsonSerializer.Deserialize<AdChanged>(body.ShouldNotBeNull(), WireJson.Server)
            .ShouldBe(new AdChanged { AdId = first.AdId, Status = AdStatus.Active, Version = 1 });

        var mine = (await _world.Lists.Mine(maker, new MyAdsRequest(), default)).Items.ShouldHaveSingleItem();
        mine.Terms.Terms.ShouldBe("\u00e9");
        mine.Terms.AutoReply.ShouldBe("Hello");
        mine.Remaining.ShouldBe(1);
        mine.HiddenBecause.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Test]
    public async Task Another_body_under_the_same_request_id_is_refused()
    {
        var maker = await _world.Trader();
        var request = AdWorld.Request();
        await _world.Ads.Create(maker, request, default);
        await Refused(ErrorCodes.RequestIdReused, () => _world.Ads.Create(maker, request with { Total = 2 }, default));
    }

    [Test]
    public async Task A_links_secret_is_told_once_and_stored_nowhere()
    {
        var maker = await _world.Trader();
        var request = AdWorld.Request(terms: AdWorld.Terms(visibility: AdVisibility.Link));
        var first = await _world.Ads.Create(maker, request, default);
        var secret = first.LinkSecret.ShouldNotBeNull();
        secret.Length.ShouldBe(22);

        (await _world.Ads.Create(maker, request, default)).LinkSecret.ShouldBeNull();
        (await _world.Scalar<string>("select reply from requests")).ShouldNotBeNull().ShouldNotContain(secret);
        (await _world.Scalar<byte[]>("select link_hash from ads")).ShouldBe(AdLinks.HashOf(secret));
    }

    [Test]
    public async Task An_ad_that_stays_by_link_keeps_its_secret()
    {
        var (maker, stranger) = (await _world.Trader(), await _world.Trader());
        var link = AdWorld.Terms(visibility: AdVisibility.Link);
        var ad = await _world.Ads.Create(maker, AdWorld.Request(terms: link), default);

        (await Update(maker, ad.AdId, link with { AmountMin = 20 })).LinkSecret.ShouldBeNull();
        var seen = await _world.Lists.Get(stranger, new GetAdRequest { AdId = ad.AdId, LinkSecret = ad.LinkSecret }, default);
        seen.Terms.AmountMin.ShouldBe(20);

        (await Update(maker, ad.AdId, AdWorld.Terms())).LinkSecret.ShouldBeNull();
        var other = (await Update(maker, ad.AdId, link)).LinkSecret.ShouldNotBeNull();
        other.ShouldNotBe(ad.LinkSecret);
        await Refused(
            ErrorCodes.NotFound,
            () => _world.Lists.Get(stranger, new GetAdRequest { AdId = ad.AdId, LinkSecret = ad.LinkSecret }, default));
    }

    [Test]
    public async Task Refusals_come_in_the_documented_order()
    {
        var maker = await _world.Trader();
        var request = AdWorld.Request(terms: AdWorld.Terms() with { PaymentMethodIds = [AdWorld.Sepa, 999_999] });
        await Refused(ErrorCodes.BadInput, () => Create(maker, request with { Total = 0.000000001m, Asset = "NONE" }));
        await Refused(ErrorCodes.AssetUnknown, () => Create(maker, request with { Asset = "NONE", Fiat = "XXX" }));
        await Refused(ErrorCodes.CurrencyUnknown, () => Create(maker, request with { Fiat = "XXX" }));
        await Refused(ErrorCodes.PaymentMethodUnknown, () => Create(maker, request));
        await Refused(
            ErrorCodes.PaymentAccountRequired,
            () => Create(maker, request with { Terms = AdWorld.Terms() with { PaymentMethodIds = [5] } }));
        (await _world.Scalar<long>("select count(*) from ads")).ShouldBe(0);
    }

    [Test]
    public async Task Amounts_finer_than_the_currency_or_the_asset_are_refused()
    {
        var maker = await _world.Trader();
        await Refused(ErrorCodes.BadInput, () => Create(maker, AdWorld.Request(terms: AdWorld.Terms(min: 10.001m))));
        await Refused(ErrorCodes.BadInput, () => Create(maker, AdWorld.Request(total: 0.0000001m) with { Asset = "USDT" }));
        await Refused(
            ErrorCodes.BadInput,
            async () => await Update(maker, await _world.Ad(maker), AdWorld.Terms(max: 10.001m)));
    }

    [Test]
    public async Task A_check_answers_as_the_command_does()
    {
        var maker = await _world.Trader(btc: 0);
        var request = AdWorld.Request(terms: AdWorld.Terms() with { Price = AdWorld.Floating(110) });
        var check = await Check(maker, request);
        check.Allowed.ShouldBeTrue();
        check.HiddenBecause.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.NoReferencePrice);
        check.Price.ShouldBeNull();

        await _world.Prices.Set("BTC", "USD", 50_000, "test");
        check = await Check(maker, request);
        check.Price.ShouldBe(55_000);
        check.HiddenBecause.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.InsufficientBalance);

        check = await Check(maker, request with { Asset = "NONE", Fiat = "XXX" });
        check.Allowed.ShouldBeFalse();
        check.Reasons.Select(reason => reason.Code)
            .ShouldBe([ErrorCodes.AssetUnknown, ErrorCodes.CurrencyUnknown, ErrorCodes.PaymentMethodUnknown]);
        await Refused(ErrorCodes.BadInput, () => Check(maker, request with { Total = 0 }));
    }

    [Test]
    public async Task The_quota_holds_under_concurrent_calls()
    {
        var maker = await _world.Trader();
        var limit = _world.Limits.AdsPerUser;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, limit + 10).Select(async _ =>
        {
            try
            {
                await Create(maker, AdWorld.Request());
                return "";
            }
            catch (Refused refused)
            {
                return refused.Code;
            }
        }));
        outcomes.Count(code => code == "").ShouldBe(limit);
        outcomes.Count(code => code == ErrorCodes.QuotaExceeded).ShouldBe(10);

        var one = await _world.Scalar<Guid>("select id from ads limit 1");
        await _world.Ads.Delete(maker, AdWorld.On(one), default);
        await Create(maker, AdWorld.Request());
    }

    [Test]
    public async Task Every_change_counts_the_version_up_and_a_stale_one_is_refused()
    {
        var maker = await _world.Trader();
        var id = await _world.Ad(maker);

        (await _world.Ads.Pause(maker, AdWorld.On(id, 1), default)).ShouldBe(Reply(id, AdStatus.Paused, 2));
        (await _world.Ads.Pause(maker, AdWorld.On(id), default)).ShouldBe(Reply(id, AdStatus.Paused, 2));
        (await Update(maker, id, AdWorld.Terms(price: 60_000))).ShouldBe(Reply(id, AdStatus.Paused, 3));
        var stale = await Refused(ErrorCodes.StaleVersion, () => _world.Ads.Resume(maker, AdWorld.On(id, 2), default));
        stale.Reason.Details.ShouldNotBeNull()["version"].ShouldBe("3");
        (await _world.Ads.Resume(maker, AdWorld.On(id, 3), default)).ShouldBe(Reply(id, AdStatus.Active, 4));
        (await _world.Ads.Delete(maker, AdWorld.On(id), default)).ShouldBe(Reply(id, AdStatus.Closed, 5));

        await Refused(ErrorCodes.AdClosed, () => _world.Ads.Resume(maker, AdWorld.On(id), default));
        await Refused(ErrorCodes.AdClosed, () => Update(maker, id, AdWorld.Terms()));
        (await _world.Scalar<long>("select count(*) from events where user_id = @UserId", new { maker.UserId })).ShouldBe(5);
        (await _world.Scalar<bool>("select open from offers")).ShouldBeFalse();
    }

    [Test]
    public async Task A_stranger_cannot_tell_anothers_ad_from_none()
    {
        var (maker, stranger) = (await _world.Trader(), await _world.Trader());
        var id = await _world.Ad(maker);
        foreach (var target in (Guid[])[id, Ids.New()])
        {
            await Refused(ErrorCodes.NotFound, () => _world.Ads.Pause(stranger, AdWorld.On(target, 9), default));
            await Refused(ErrorCodes.NotFound, () => _world.Ads.Delete(stranger, AdWorld.On(target), default));
            await Refused(ErrorCodes.NotFound, () => Update(stranger, target, AdWorld.Terms()));
        }
    }

    [Test]
    public async Task Viewers_are_replaced_with_the_terms()
    {
        var (maker, viewer, other) = (await _world.Trader(), await _world.Trader(), await _world.Trader());
        var terms = AdWorld.Terms(visibility: AdVisibility.Chosen) with { ViewerIds = [viewer.UserId] };
        var id = await _world.Ad(maker, terms: terms);
        await _world.Lists.Get(viewer, new GetAdRequest { AdId = id }, default);

        await Update(maker, id, terms with { ViewerIds = [other.UserId] });
        await Refused(ErrorCodes.NotFound, () => _world.Lists.Get(viewer, new GetAdRequest { AdId = id }, default));
        (await _world.Lists.Get(other, new GetAdRequest { AdId = id }, default)).Terms.ViewerIds.ShouldBeNull();
        (await _world.Lists.Get(maker, new GetAdRequest { AdId = id }, default)).Terms.ViewerIds.ShouldBe([other.UserId]);
        await Refused(ErrorCodes.BadInput, () => Update(maker, id, terms with { ViewerIds = [1] }));
    }

    [Test]
    public async Task A_reference_price_is_set_for_known_markets_only()
    {
        await _world.Prices.Set("BTC", "USD", 50_000.12345678m, "desk");
        await _world.Prices.Set("BTC", "USD", 51_000, "desk");
        var price = (await _world.Prices.Markets()).Prices.ShouldHaveSingleItem();
        (price.Asset, price.Fiat, price.Price, price.Source).ShouldBe(("BTC", "USD", 51_000m, "desk"));
        await Refused(ErrorCodes.AssetUnknown, () => _world.Prices.Set("NONE", "USD", 1, "desk"));
        await Refused(ErrorCodes.CurrencyUnknown, () => _world.Prices.Set("BTC", "XXX", 1, "desk"));
        await Refused(ErrorCodes.BadInput, () => _world.Prices.Set("BTC", "USD", 0, "desk"));
    }

    private static AdReply Reply(Guid id, AdStatus status, int version) => new() { AdId = id, Status = status, Version = version };

    private Task<AdReply> Create(Caller maker, CreateAdRequest request) =>
        _world.Ads.Create(maker, request with { RequestId = Ids.New() }, default);

    private Task<AdReply> Update(Caller maker, Guid id, AdTerms terms) =>
        _world.Ads.Update(maker, new UpdateAdRequest { RequestId = Ids.New(), AdId = id, Terms = terms }, default);

    private Task<AdCheck> Check(Caller maker, CreateAdRequest request) => _world.Ads.CheckCreate(
        maker,
        new CheckCreateAdRequest
        {
            Side = request.Side,
            Asset = request.Asset,
            Fiat = request.Fiat,
            Total = request.Total,
            Terms = request.Terms,
        },
        default);

    private static async Task<Refused> Refused(string code, Func<Task> call)
    {
        var refused = await Should.ThrowAsync<Refused>(call);
        refused.Code.ShouldBe(code);
        return refused;
    }
}
