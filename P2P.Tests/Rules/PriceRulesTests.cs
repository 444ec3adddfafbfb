using FsCheck;
using FsCheck.Fluent;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Prices;

namespace P2P.Tests.Rules;

/// <summary>What several sources' prices come to.</summary>
public sealed class PriceRulesTests
{
    private static readonly DateTimeOffset Now = AnAd.Now;

    private static PriceQuote Quote(string source, decimal price, int freshSeconds = 60) => new()
    {
        Source = source,
        Kind = PriceSourceKind.Http,
        Price = price,
        At = Now.AddSeconds(freshSeconds - 1_800),
        FreshUntil = Now.AddSeconds(freshSeconds),
    };

    private static PriceComputation Of(int sourcesMin, params PriceQuote[] quotes) => PriceRules.Compute(quotes, Now, 5, sourcesMin);

    [Test]
    public void One_source_is_its_own_median()
    {
        var computed = Of(1, Quote("a", 100));
        (computed.Price, computed.Source, computed.FreshUntil).ShouldBe((100m, "a", Now.AddSeconds(60)));
    }

    [Test]
    public void An_even_number_gives_the_mean_of_the_middle_two_half_to_even()
    {
        Of(1, Quote("a", 100), Quote("b", 101)).Price.ShouldBe(100.5m);
        PriceRules.Median([0.00000001m, 0.00000002m]).ShouldBe(0.00000002m);
        PriceRules.Median([0.00000002m, 0.00000003m]).ShouldBe(0.00000002m);
        PriceRules.Median([]).ShouldBeNull();
    }

    [Test]
    public void Who_lies_too_far_from_the_middle_is_dropped_and_named()
    {
        var computed = Of(2, Quote("c", 200), Quote("a", 100), Quote("b", 104));
        computed.Price.ShouldBe(102);
        computed.Source.ShouldBe("median of a, b");
        computed.Inputs.Select(input => (input.Source, input.Kept, input.DroppedBecause))
            .ShouldBe([("a", true, null), ("b", true, null), ("c", false, PriceDropReason.Outlier)]);
    }

    [Test]
    public void Exactly_the_percentage_is_still_near()
    {
        Of(3, Quote("a", 95), Quote("b", 100), Quote("c", 105)).Price.ShouldBe(100);
        Of(3, Quote("a", 94.99999999m), Quote("b", 100), Quote("c", 105)).Price.ShouldBeNull();
    }

    [Test]
    public void A_stale_source_has_no_voice_in_what_the_middle_is()
    {
        var computed = Of(1, Quote("a", 100), Quote("old", 1, freshSeconds: 0), Quote("older", 2, freshSeconds: -5));
        computed.Price.ShouldBe(100);
        computed.Inputs.Count(input => input.DroppedBecause == PriceDropReason.Stale).ShouldBe(2);
    }

    [Test]
    public void Sources_that_contradict_each_other_give_no_price() => Of(1, Quote("a", 100), Quote("b", 200)).Price.ShouldBeNull();

    [Test]
    public void A_price_is_good_as_long_as_enough_of_its_sources_are_fresh()
    {
        PriceQuote[] quotes = [Quote("a", 100, 10), Quote("b", 100, 30), Quote("c", 100, 20), Quote("far", 900, 99)];
        Of(1, quotes).FreshUntil.ShouldBe(Now.AddSeconds(30));
        Of(2, quotes).FreshUntil.ShouldBe(Now.AddSeconds(20));
        Of(3, quotes).FreshUntil.ShouldBe(Now.AddSeconds(10));
        Of(4, quotes).Price.ShouldBeNull();
    }

    [Test]
    public void Many_names_are_counted_instead() =>
        Of(1, [.. Enumerable.Range(0, 12).Select(i => Quote($"a-rather-long-name-{i}", 100))]).Source.ShouldBe("median of 12 sources");

    [Test]
    public void A_price_lies_among_its_inputs_is_the_same_in_any_order_and_is_computed_again_from_what_is_stored() =>
        Prop.ForAll(Arb.From(AnyQuotes()), quotes =>
        {
            var computed = Of(1, quotes);
            var kept = computed.Inputs.Where(input => input.Kept).ToArray();
            kept.All(input => input.FreshUntil > Now && input.DroppedBecause is null).ShouldBeTrue();
            computed.Inputs.Count.ShouldBe(quotes.Length);
            (computed.Price is null).ShouldBe(kept.Length == 0);
            var reversed = Of(1, [.. quotes.Reverse()]);
            (reversed.Price, reversed.FreshUntil, reversed.Source).ShouldBe((computed.Price, computed.FreshUntil, computed.Source));
            if (computed.Price is { } price)
            {
                price.ShouldBeInRange(kept.Min(input => input.Price), kept.Max(input => input.Price));
                computed.FreshUntil.ShouldBeGreaterThan(Now);
                PriceRules.Median([.. kept.Select(input => input.Price)]).ShouldBe(price);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    private static Gen<PriceQuote[]> AnyQuotes() =>
        from count in Gen.Choose(0, 6)
        from prices in Gen.ArrayOf(Gen.Choose(90, 112), count)
        from fresh in Gen.ArrayOf(Gen.Choose(-3, 9), count)
        select Enumerable.Range(0, count).Select(i => Quote($"s{i}", prices[i] + 0.00000001m, fresh[i])).ToArray();

    [TestCase(PriceBucket.Minute, "2026-05-01T12:34:56Z", "2026-05-01T12:34:00Z", 60)]
    [TestCase(PriceBucket.FiveMinutes, "2026-05-01T12:34:56Z", "2026-05-01T12:30:00Z", 300)]
    [TestCase(PriceBucket.FifteenMinutes, "2026-05-01T12:34:56Z", "2026-05-01T12:30:00Z", 900)]
    [TestCase(PriceBucket.Hour, "2026-05-01T12:34:56Z", "2026-05-01T12:00:00Z", 3_600)]
    [TestCase(PriceBucket.FourHours, "2026-05-01T13:34:56Z", "2026-05-01T12:00:00Z", 14_400)]
    [TestCase(PriceBucket.Day, "2026-05-01T13:34:56+14:00", "2026-04-30T00:00:00Z", 86_400)]
    public void A_history_begins_with_the_candle_that_covers_the_moment(PriceBucket bucket, string from, string begins, int seconds)
    {
        var range = PriceHistoryRules.Range(DateTimeOffset.Parse(from, null), bucket);
        range.From.ShouldBe(DateTimeOffset.Parse(begins, null));
        range.To.ShouldBe(range.From.AddSeconds(500L * seconds));
        range.Seconds.ShouldBe(seconds);
    }

    [Test]
    public void A_watcher_hears_what_is_new_or_different_and_the_newest_of_it()
    {
        var (old, same) = (Reference("BTC", 1), Reference("ETH", 5));
        Dictionary<PriceMarket, ReferencePrice> before = new() { [new("BTC", "USD")] = old, [new("ETH", "USD")] = same };
        Dictionary<PriceMarket, ReferencePrice> now = new()
        {
            [new("BTC", "USD")] = old with { IsStale = true },
            [new("ETH", "USD")] = same with { },
            [new("SOL", "USD")] = Reference("SOL", 9),
        };
        var changed = PriceWatchRules.Changed(before, now);
        changed.Select(price => (price.Asset, price.IsStale)).ShouldBe([("BTC", true), ("SOL", false)]);
        var newer = new PricesChanged { Prices = [Reference("SOL", 10)] };
        PriceWatchRules.Merge(new PricesChanged { Prices = changed }, newer).Prices.Select(price => (price.Asset, price.Price))
            .ShouldBe([("BTC", 1m), ("SOL", 10m)]);

        static ReferencePrice Reference(string asset, decimal price) =>
            new() { Asset = asset, Fiat = "USD", Price = price, Source = "x", At = Now };
    }

    [Test]
    public void A_history_without_bounds_is_refused()
    {
        Should.Throw<Refused>(() => PriceHistoryRules.Range(DateTimeOffset.MinValue, PriceBucket.Day));
        Should.Throw<Refused>(() => PriceHistoryRules.Range(DateTimeOffset.MaxValue, PriceBucket.Day));
        Should.Throw<Refused>(() => PriceHistoryRules.Range(Now, PriceBucket.Unknown));
    }
}
