using System.Collections.Concurrent;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;
using P2P.Server.Trading.Ads;

namespace P2P.Tests.Trading;

/// <summary>The live book follows the database, whoever changed it.</summary>
public sealed class AdBookTests
{
    private static readonly Market Selling = new() { Side = AdSide.Sell, Asset = "BTC", Fiat = "USD" };

    private AdWorld _world = null!; // Set before every test.

    [SetUp]
    public async Task Start() => _world = await AdWorld.Start();

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task Snapshot_and_changes_together_are_what_the_database_says()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await _world.Prices.Set("BTC", "USD", 50_000, "test");
        List<(Caller Maker, Guid Id, bool IsClosed)> ads = [];
        var makers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.Trader(btc: 1)));
        for (var i = 0; i < 20; i++)
        {
            await PutUp();
        }

        var reader = await Reader.Watch(_world, Selling);
        var lagging = await Reader.Watch(_world, Selling);
        for (var round = 0; round < 40; round++)
        {
            for (var step = random.Next(1, 4); step > 0; step--)
            {
                await Step();
            }

            await _world.Books.Tick(default);
            await _world.Books.Poll(5, default);
            await _world.Books.Tick(default);
            if (round % 10 == 9)
            {
                await _world.Books.ReadAll(default);
                var truth = await Truth();
                reader.Rows().ShouldBe(truth);
                lagging.MergedRows().ShouldBe(truth);
            }
        }

        async Task PutUp()
        {
            var maker = makers[random.Next(makers.Length)];
            if (ads.Count(ad => ad.Maker == maker && !ad.IsClosed) < _world.Limits.AdsPerUser)
            {
                ads.Add((maker, await _world.Ad(maker, AdSide.Sell, AnyTerms()), false));
            }
        }

        AdTerms AnyTerms()
        {
            var min = random.Next(10, 40_000);
            var visibility = random.Next(6) == 0 ? AdVisibility.Link : AdVisibility.Public;
            var terms = AdWorld.Terms(random.Next(49_000, 51_000), min, min + random.Next(0, 1_000), visibility);
            return random.Next(2) == 0 ? terms : terms with { Price = AdWorld.Floating(random.Next(9_000, 11_000) / 100m) };
        }

        async Task Step()
        {
            var at = random.Next(ads.Count);
            var (maker, id, isClosed) = ads[at];
            switch (random.Next(8))
            {
                case 0:
                    await PutUp();
                    break;
                case 1 when !isClosed:
                    await _world.Ads.Pause(maker, AdWorld.On(id), default);
                    break;
                case 2 when !isClosed:
                    await _world.Ads.Resume(maker, AdWorld.On(id), default);
                    break;
                case 3 when !isClosed:
                    await _world.Ads.Update(maker, new UpdateAdRequest { RequestId = Ids.New(), AdId = id, Terms = AnyTerms() }, default);
                    break;
                case 4 when !isClosed && random.Next(3) == 0:
                    await _world.Ads.Delete(maker, AdWorld.On(id), default);
                    ads[at] = (maker, id, true);
                    break;
                case 5:
                    await _world.Prices.Set("BTC", "USD", random.Next(49_000, 51_000), "test");
                    break;
                case 6:
                    // As another node's engine does it: no hint reaches this one.
                    await _world.Sql(
                        "update offers set remaining = total * @part, changed_at = clock_timestamp() where id = @id",
                        new { id, part = random.Next(0, 101) / 100m });
                    break;
                default:
                    await _world.Sql(
                        "update accounts set balance = @balance where user_id = @UserId",
                        new { maker.UserId, balance = random.Next(0, 100) / 100m });
                    break;
            }
        }
    }

    [Test]
    public async Task A_tick_without_a_difference_tells_nothing()
    {
        var maker = await _world.Trader();
        var id = await _world.Ad(maker);
        var reader = await Reader.Watch(_world, Selling);
        _world.Offers.Raise(id);
        await _world.Books.Tick(default);
        await _world.Books.ReadAll(default);
        reader.Heard.ShouldBeEmpty();
    }

    [Test]
    public async Task All_subscribers_are_pushed_one_and_the_same_message()
    {
        var maker = await _world.Trader();
        var (one, other) = (await Reader.Watch(_world, Selling), await Reader.Watch(_world, Selling));
        await _world.Ad(maker);
        await _world.Books.Tick(default);
        one.Heard.ShouldHaveSingleItem().ShouldBeSameAs(other.Heard.ShouldHaveSingleItem());
    }

    [Test]
    public async Task What_one_ad_takes_the_makers_other_ads_lack_at_the_same_tick()
    {
        var maker = await _world.Trader(btc: 1);
        var small = await _world.Ad(maker, terms: AdWorld.Terms(min: 10));
        await _world.Ad(maker, terms: AdWorld.Terms(min: 40_000, max: 50_000));
        var reader = await Reader.Watch(_world, Selling);
        reader.Rows().Count.ShouldBe(2);

        await _world.Sql("update accounts set balance = 0.5 where user_id = @UserId", new { maker.UserId });
        _world.Offers.Raise(small);
        await _world.Books.Tick(default);
        reader.Rows().Keys.ShouldBe([small]);
    }

    [Test]
    public async Task A_book_that_is_full_lets_the_next_ad_in_when_one_goes()
    {
        var makers = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => _world.Trader()));
        var first = await _world.Ad(makers[0], terms: AdWorld.Terms(price: 1_000));
        await _world.Sql(
            """
            with made as (
                insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
                select gen_random_uuid(), 'Crypto', m, true, 'BTC', 1, 1, true, 1, now() from unnest(@makers) m, generate_series(1, 50)
                returning id, owner_id
            )
            insert into ads (id, owner_id, side, asset, fiat, price_kind, price_fixed, amount_min, amount_max, payment_method_ids,
                             payment_window_minutes, visibility, created_at, updated_at)
            select id, owner_id, 'Sell', 'BTC', 'USD', 'Fixed', 2000 + row_number() over (), 10, 100, '{3}', 30, 'Public', now(), now()
              from made
            """,
            new { makers = makers.Select(maker => maker.UserId).ToArray() });
        var reader = await Reader.Watch(_world, Selling);
        reader.Book.Rows.Count.ShouldBe(AdBookState.RowsMax);
        reader.Book.Rows[0].AdId.ShouldBe(first);

        await _world.Ads.Delete(makers[0], AdWorld.On(first), default);
        await _world.Books.Tick(default);
        var change = reader.Heard.ShouldHaveSingleItem().Body;
        change.Removed.ShouldBe([first]);
        change.Set.ShouldHaveSingleItem().Price.ShouldBe(2_500);
    }

    [Test]
    public async Task A_book_that_nobody_watches_is_forgotten()
    {
        var maker = await _world.Trader();
        var reader = await Reader.Watch(_world, Selling);
        reader.IsClosed = true;
        await _world.Books.ReadAll(default);
        await _world.Ad(maker);
        await _world.Books.Tick(default);
        reader.Heard.ShouldBeEmpty();
        (await Reader.Watch(_world, Selling)).Book.Rows.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_market_that_is_none_is_refused()
    {
        await Refused(ErrorCodes.BadInput, Selling with { Side = AdSide.Unknown });
        await Refused(ErrorCodes.AssetUnknown, Selling with { Asset = "NONE" });
        await Refused(ErrorCodes.CurrencyUnknown, Selling with { Fiat = "XXX" });

        async Task Refused(string code, Market market) =>
            (await Should.ThrowAsync<Refused>(() => Reader.Watch(_world, market))).Code.ShouldBe(code);
    }

    private async Task<SortedDictionary<Guid, string>> Truth() =>
        new((await _world.Database.Read(tx => AdSql.Book(tx, "Sell", "BTC", "USD", AdBookState.RowsMax)))
            .Select(AdViews.InBook).ToDictionary(row => row.AdId, Reader.Spell));

    /// <summary>A client that keeps a book; also one that got everything late, as a single merged change.</summary>
    private sealed class Reader
    {
        private AdBook? _book;

        public AdBook Book => _book ?? throw new InvalidOperationException("Not subscribed.");

        public ConcurrentQueue<LossyMessage<AdBookChanged>> Heard { get; } = new();

        public bool IsClosed { get; set; }

        public static async Task<Reader> Watch(AdWorld world, Market market)
        {
            var reader = new Reader();
            reader._book = await world.Books.Subscribe(market, new BookSubscription(reader.Heard.Enqueue, () => reader.IsClosed));
            return reader;
        }

        public SortedDictionary<Guid, string> Rows() => Applied(Heard.Select(message => message.Body));

        public SortedDictionary<Guid, string> MergedRows() => Heard.IsEmpty
            ? Applied([])
            : Applied([Heard.Select(message => message.Body).Aggregate(AdBookState.Merge)]);

        public static string Spell(BookRow row) => System.Text.Json.JsonSerializer.Serialize(row, WireJson.Server);

        private SortedDictionary<Guid, string> Applied(IEnumerable<AdBookChanged> changes)
        {
            var rows = new SortedDictionary<Guid, string>(Book.Rows.ToDictionary(row => row.AdId, Spell));
            var version = Book.Version;
            foreach (var change in changes)
            {
                change.AfterVersion.ShouldBe(version);
                change.Version.ShouldBeGreaterThan(version);
                version = change.Version;
                foreach (var id in change.Removed)
                {
                    rows.Remove(id);
                }

                foreach (var row in change.Set)
                {
                    rows[row.AdId] = Spell(row);
                }
            }

            return rows;
        }
    }
}
