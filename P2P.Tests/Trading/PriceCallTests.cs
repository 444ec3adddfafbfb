using System.Text.Json;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.Prices;
using P2P.Tests.Rules;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Reference prices as traders meet them: at least two sources must agree.</summary>
public sealed class PriceCallTests : MarketFixture
{
    protected override Dictionary<string, string?> Settings => new() { ["Prices:SourcesMin"] = "2" };

    [Test]
    public async Task An_orders_price_is_computed_again_from_what_is_stored_with_it()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_010.5m), ("broken", 4_000));
        var ad = await FloatingAd(seller, 101.5m, floor: 900, ceiling: 1_020);

        var order = await Place(buyer, ad);
        await Say(("kraken", 1_300), ("bank", 1_300));

        var view = await Read(buyer, order);
        var quote = view.PriceQuote.ShouldNotBeNull();
        (quote.ReferencePrice, quote.Percent, quote.Floor, quote.Ceiling).ShouldBe((1_005.25m, 101.5m, 900m, 1_020m));
        quote.AgeSeconds.ShouldBeInRange(0, 30);
        quote.Inputs.Select(input => (input.Source, input.Price, input.Kept, input.DroppedBecause)).ShouldBe(
            [("bank", 1_010.5m, true, null), ("broken", 4_000m, false, PriceDropReason.Outlier), ("kraken", 1_000m, true, null)]);
        view.PriceSource.ShouldBe("median of bank, kraken");

        // By the rules of the server, from the row alone.
        var (percent, least, inputs) = (
            await Sql<decimal>($"select outlier_percent from price_rates where id = '{quote.RateId}'"),
            await Sql<int>($"select sources_min from price_rates where id = '{quote.RateId}'"),
            await Sql<string>($"select inputs::text from price_rates where id = '{quote.RateId}'"));
        var stored = JsonSerializer.Deserialize<PriceInput[]>(inputs, WireJson.Server).ShouldNotBeNull();
        stored.ShouldBe(quote.Inputs);
        var again = PriceRules.Compute(
            stored.Select(input => new PriceQuote
            {
                Source = input.Source,
                Kind = PriceSourceKind.Http,
                Price = input.Price,
                At = input.At,
                FreshUntil = input.FreshUntil,
            }),
            quote.At,
            percent,
            least);
        again.Price.ShouldBe(quote.ReferencePrice);
        again.Inputs.ShouldBe(stored);
        AdRules.PriceOf(AnAd.Of(AdSide.Sell) with
        {
            PriceKind = PriceKind.Floating,
            PriceFixed = null,
            ReferencePrice = again.Price,
            PricePercent = quote.Percent,
            PriceFloor = quote.Floor,
            PriceCeiling = quote.Ceiling,
        }).ShouldBe(view.State.Price);

        // And by hand, as the contract says it.
        var median = quote.Inputs.Where(input => input.Kept).Average(input => input.Price);
        Math.Min(1_020m, decimal.Round(median * quote.Percent / 100, 8)).ShouldBe(view.State.Price);
        var listed = (await buyer.Client.Orders.ListAsync(new ListOrdersRequest(), Bounded)).Items.Single();
        listed.PriceQuote.ShouldNotBeNull().RateId.ShouldBe(quote.RateId);
    }

    [Test]
    public async Task A_fixed_price_has_no_quote()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        (await Read(buyer, order)).PriceQuote.ShouldBeNull();
    }

    [Test]
    public async Task Without_a_fresh_price_an_ad_is_hidden_says_why_and_is_not_taken()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_000));
        var ad = await FloatingAd(seller);
        (await Listed(buyer)).ShouldContain(ad);

        await BecomeStale();

        (await Listed(buyer)).ShouldNotContain(ad);
        (await Hidden(seller, ad)).ShouldBe([ErrorCodes.PriceStale]);
        var seen = await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded);
        (seen.Price, seen.CannotTakeBecause[0].Code).ShouldBe((null, ErrorCodes.PriceStale));
        var refusal = await Refusal(() => Place(buyer, ad));
        refusal.Code.ShouldBe(ErrorCodes.PriceStale);
        DateTimeOffset.Parse(Detail(refusal, "since") ?? "", null).ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow);
        var check = await buyer.Client.Orders.CheckCreateAsync(
            new CheckCreateOrderRequest { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, CryptoAmount = 0.1m }, Bounded);
        (check.Allowed, check.Quote, check.Reasons[0].Code).ShouldBe((false, null, ErrorCodes.PriceStale));
        await Eventually(async () => (await buyer.Client.Ads.GetMarketsAsync(Bounded)).Prices.Single(one => one.Asset == "BTC").IsStale);

        await Say(("kraken", 1_000), ("bank", 1_000));
        (await Listed(buyer)).ShouldContain(ad);
        await Place(buyer, ad);
    }

    [Test]
    public async Task A_market_that_never_had_a_price_says_so()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Market.Service<PricePollFlow>().Poll(FixedPrices.Of("kraken", 129, "USDT"), Bounded);
        var ad = (await seller.Client.Ads.CreateAsync(AdSide.Sell, "USDT", "KES", 10, Floating(100), Bounded)).AdId;
        (await Hidden(seller, ad)).ShouldBe([ErrorCodes.NoReferencePrice]);
        (await Refused(() => Place(buyer, ad))).ShouldBe(ErrorCodes.NoReferencePrice);
    }

    [Test]
    public async Task A_price_that_becomes_stale_while_a_command_waits_for_its_lock_is_refused()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_000));
        var ad = await FloatingAd(seller);
        await using var connection = new NpgsqlConnection(Market.Database.Superuser);
        await connection.OpenAsync(Bounded);
        await using (var transaction = await connection.BeginTransactionAsync(Bounded))
        {
            await using var hold = new NpgsqlCommand($"select 1 from offers where id = '{ad}' for update", connection, transaction);
            await hold.ExecuteNonQueryAsync(Bounded);
            var placing = Refusal(() => Place(buyer, ad));
            await Eventually(() => Sql<bool>(
                "select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())"));
            await BecomeStale();
            await transaction.CommitAsync(Bounded);
            (await placing).Code.ShouldBe(ErrorCodes.PriceStale);
        }
    }

    [Test]
    public async Task Sources_that_begin_to_contradict_each_other_end_the_price_at_once()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_000));
        var ad = await FloatingAd(seller);
        await Say(("kraken", 1_200));
        (await Refused(() => Place(buyer, ad))).ShouldBe(ErrorCodes.PriceStale);
        await Say(("bank", 1_190));
        await Place(buyer, ad);
    }

    [Test]
    public async Task A_source_is_as_old_as_it_says_itself()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_000));
        var ad = await FloatingAd(seller);
        var flow = Market.Service<PricePollFlow>();
        await flow.Poll(FixedPrices.Of("bank", 1_000, at: DateTimeOffset.UtcNow.AddHours(-2)), Bounded);
        (await Refused(() => Place(buyer, ad))).ShouldBe(ErrorCodes.PriceStale);

        // What claims to come from the future is of now.
        await flow.Poll(FixedPrices.Of("bank", 1_000, at: DateTimeOffset.UtcNow.AddHours(2)), Bounded);
        await Place(buyer, ad);
        (await Sql<bool>("select bool_and(at <= clock_timestamp()) from price_quotes")).ShouldBeTrue();
    }

    [Test]
    public async Task Whoever_watches_prices_hears_each_change_and_when_one_becomes_stale()
    {
        var buyer = await Buyer();
        await Say(("kraken", 1_000), ("bank", 1_000));
        var newest = Array.Empty<ReferencePrice>();
        using var end = new CancellationTokenSource();
        var watching = Task.Run(
            async () =>
            {
                await foreach (var prices in buyer.Client.Prices.WatchAsync(end.Token))
                {
                    Volatile.Write(ref newest, [.. prices]);
                }
            },
            CancellationToken.None);
        await Eventually(() => Bitcoin() is { Price: 1_000, IsStale: false });
        await Say(("kraken", 1_020));
        await Eventually(() => Bitcoin() is { Price: 1_010, IsStale: false });
        await BecomeStale();
        await Eventually(() => Bitcoin() is { Price: 1_010, IsStale: true });
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watching);

        ReferencePrice? Bitcoin() => Volatile.Read(ref newest).SingleOrDefault(price => price.Asset == "BTC");
    }

    [Test]
    public async Task History_comes_in_candles()
    {
        var buyer = await Buyer();
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        (int Minute, decimal Price)[] rates = [(0, 10), (1, 14), (4, 8), (4, 9), (6, 20), (70, 30)];
        var number = 0;
        foreach (var (minute, price) in rates)
        {
            var at = WireJson.Spell(day.AddMinutes(minute).AddSeconds(number++));
            await Sql(
                $"""
                insert into price_rates (id, asset, fiat, kind, price, source, inputs, computed_at, fresh_until)
                values (gen_random_uuid(), 'ETH', 'KES', 'Override', {price}, 'x', '[]', '{at}', '{at}');
                insert into price_hours
                values ('ETH', 'KES', date_trunc('hour', timestamptz '{at}', 'UTC'), {price}, {price}, {price}, {price}, 1)
                    on conflict (asset, fiat, hour) do update set high = greatest(price_hours.high, excluded.high),
                        low = least(price_hours.low, excluded.low), close = excluded.close, rates = price_hours.rates + 1
                """);
        }

        var fives = await buyer.Client.Prices.GetHistoryAsync("ETH", "KES", day.AddMinutes(1), PriceBucket.FiveMinutes, Bounded);
        fives.Candles.Select(c => ((c.At - day).TotalMinutes, c.Open, c.High, c.Low, c.Close, c.Rates)).ShouldBe(
            [(0, 10m, 14m, 8m, 9m, 4), (5, 20m, 20m, 20m, 20m, 1), (70, 30m, 30m, 30m, 30m, 1)]);
        fives.Next.ShouldBe(day.AddMinutes(2_500));
        var days = await buyer.Client.Prices.GetHistoryAsync("ETH", "KES", day.AddHours(-30), PriceBucket.Day, Bounded);
        days.Candles.Select(c => (c.At, c.Open, c.High, c.Low, c.Close, c.Rates)).ShouldBe([(day, 10m, 30m, 8m, 30m, 6)]);
        (await buyer.Client.Prices.GetHistoryAsync("ETH", "KES", fives.Next, PriceBucket.FiveMinutes, Bounded)).Candles.ShouldBeEmpty();
        (await Refused(() => buyer.Client.Prices.GetHistoryAsync("NONE", "KES", day, PriceBucket.Day, Bounded)))
            .ShouldBe(ErrorCodes.AssetUnknown);
    }

    [Test]
    public async Task Old_rates_go_but_for_those_of_orders_and_those_in_force()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        await Say(("kraken", 1_000), ("bank", 1_000));
        var order = await Place(buyer, await FloatingAd(seller));
        await Say(("kraken", 1_001), ("bank", 1_001), ("kraken", 1_002));
        var rate = (await Read(buyer, order)).PriceQuote.ShouldNotBeNull().RateId;
        Should.Throw<PostgresException>(() => Owner("update price_rates set price = 1")).SqlState.ShouldBe("P2P01");
        Should.Throw<PostgresException>(() => Owner("delete from price_rates")).SqlState.ShouldBe("P2P01");
        await Sql(
            """
            alter table price_rates disable trigger user;
            update price_rates set computed_at = computed_at - interval '60 days' where asset = 'BTC';
            alter table price_rates enable trigger user
            """);

        await Market.Service<PricePollFlow>().Purge(Bounded);

        (await Sql<bool>($"select exists (select 1 from price_rates where id = '{rate}')")).ShouldBeTrue();
        (await Sql<long>(
            """
            select count(*)
              from price_rates r
             where r.asset = 'BTC'
               and not exists (select 1 from prices p where p.rate_id = r.id)
               and not exists (select 1 from crypto_orders o where o.rate_id = r.id)
            """)).ShouldBe(0);
        (await Sql<long>("select count(*) from price_rates r join prices p on p.rate_id = r.id and p.asset = 'BTC'")).ShouldBe(1);
        Should.Throw<PostgresException>(() => Owner($"delete from price_rates where id = '{rate}'")).SqlState.ShouldBe("P2P01");
        (await Read(buyer, order)).PriceQuote.ShouldNotBeNull().Inputs.Count.ShouldBeGreaterThan(1);

        void Owner(string statement) => TestPostgres.Execute(Market.Database.Owner, statement).GetAwaiter().GetResult();
    }

    private async Task Say(params (string Source, decimal Price)[] said)
    {
        foreach (var (source, price) in said)
        {
            await Market.Service<PricePollFlow>().Poll(FixedPrices.Of(source, price), Bounded);
        }
    }

    /// <summary>As time would do it, without waiting for it.</summary>
    private Task BecomeStale() => Sql(
        """
        update price_quotes set at = at - interval '1 day', fresh_until = clock_timestamp() - interval '1 second' where asset = 'BTC';
        update prices set fresh_until = clock_timestamp() where asset = 'BTC'
        """);

    private static AdTerms Floating(decimal percent, decimal? floor = null, decimal? ceiling = null) => TestMarket.Terms() with
    {
        Price = new AdPrice { Kind = PriceKind.Floating, Percent = percent, Floor = floor, Ceiling = ceiling },
    };

    private static async Task<Guid> FloatingAd(Trader seller, decimal percent = 100, decimal? floor = null, decimal? ceiling = null) =>
        (await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 2, Floating(percent, floor, ceiling), Bounded)).AdId;

    private static async Task<IEnumerable<Guid>> Listed(Trader buyer) =>
        (await buyer.Client.Ads.ListAsync(new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 100 }, Bounded))
        .Items.Select(ad => ad.Id);

    private static async Task<IEnumerable<string>> Hidden(Trader seller, Guid ad) =>
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).HiddenBecause.ShouldNotBeNull().Select(reason => reason.Code);
}
