using Dapper;
using FsCheck;
using FsCheck.Fluent;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Trading.Ads;
using P2P.Tests.Rules;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The database computes prices and bounds for sorting and filtering exactly as the rules compute them for people.</summary>
public sealed class AdPriceTests
{
    private const int Cases = 2_000;

    private const string Statement =
        $"""
        select y.price, z.most, z.least_units / x.units as least_crypto
          from (select @kind::text as price_kind, @fixed::numeric(28, 8) as price_fixed, @percent::numeric(6, 2) as price_percent,
                       @floor::numeric(28, 8) as price_floor, @ceiling::numeric(28, 8) as price_ceiling, @min::numeric(28, 8) as amount_min,
                       @max::numeric(28, 8) as amount_max) a
         cross join (select @reference::numeric(28, 8) as price) p
         cross join (select @remaining::numeric(28, 8) as remaining) o
         cross join (select @assetScale::smallint as scale) s
         cross join (select @fiatScale::smallint as scale) c
        {AdSql.Computed}
        """;

    [Test]
    public async Task The_database_computes_every_price_and_bound_as_the_rules_do()
    {
        await using var owned = await TestDatabase.Create();
        await using var database = new Database(new DatabaseOptions { App = owned.App });
        await using var connection = await database.Source.OpenConnectionAsync();

        var property = Prop.ForAll(Arb.From(AnyAd()), ad =>
        {
            var row = connection.QuerySingle<Computed>(Statement, new
            {
                kind = ad.PriceKind.ToString(),
                @fixed = ad.PriceFixed,
                percent = ad.PricePercent,
                floor = ad.PriceFloor,
                ceiling = ad.PriceCeiling,
                min = ad.AmountMin,
                max = ad.AmountMax,
                reference = ad.ReferencePrice,
                remaining = ad.Remaining,
                assetScale = ad.AssetScale,
                fiatScale = ad.FiatScale,
            });
            var price = AdRules.PriceOf(ad);
            row.Price.ShouldBe(price);
            row.LeastCrypto.ShouldBe(price is { } p ? AdRules.LeastCrypto(ad, p) : null);
            if (price is { } now && AdRules.LeastCrypto(ad, now) <= ad.Remaining)
            {
                Math.Max(row.Most ?? 0, ad.AmountMin).ShouldBe(AdRules.AmountMaxNow(ad) ?? 0);
            }
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true));
    }

    [TestCase("0.00000001", "50", null)]
    [TestCase("0.00000003", "50", "0.00000002")]
    [TestCase("0.00000005", "50", "0.00000002")]
    [TestCase("0.00000001", "150", "0.00000002")]
    [TestCase("100.00000001", "101.50", "101.50000001")]
    public void Halves_go_to_the_even_neighbour(string reference, string percent, string? price) =>
        AdRules.PriceOf(AnAd.Of(AdSide.Sell) with
        {
            PriceKind = PriceKind.Floating,
            PriceFixed = null,
            PricePercent = Read(percent),
            ReferencePrice = Read(reference),
        }).ShouldBe(price is null ? null : Read(price));

    private static decimal Read(string text) => WireJson.TryReadAmount(text, out var value) ? value : throw new FormatException(text);

    /// <summary>Prices of every size; many reference prices in the last decimals, where halves are.</summary>
    private static Gen<Ad> AnyAd() =>
        from isFixed in Gen.Elements(true, false, false, false)
        from reference in Gen.OneOf(Amount(1, 400), Amount(1, 100_000_000_000_000), Gen.Constant(0m))
        from fixedPrice in Gen.OneOf(Amount(1, 400), Amount(1, 100_000_000_000_000))
        from percent in Gen.Choose(5_000, 20_000)
        from floor in Gen.OneOf(Gen.Constant(0m), Amount(1, 100_000_000_000_000))
        from above in Gen.OneOf(Gen.Constant(0m), Amount(1, 100_000_000_000_000))
        from fiatScale in Gen.Choose(0, 4)
        from assetScale in Gen.Choose(0, 8)
        from min in Gen.Choose(1, 1_000_000)
        from more in Gen.Choose(0, 1_000_000_000)
        from remaining in Amount(0, 100_000_000_000)
        select AnAd.Of(AdSide.Sell) with
        {
            PriceKind = isFixed ? PriceKind.Fixed : PriceKind.Floating,
            PriceFixed = isFixed ? fixedPrice : null,
            PricePercent = isFixed ? null : percent / 100m,
            PriceFloor = isFixed || floor == 0 ? null : floor,
            PriceCeiling = isFixed || above == 0 ? null : floor + above,
            ReferencePrice = reference == 0 ? null : reference,
            AmountMin = decimal.Round(min / (decimal)Math.Pow(10, fiatScale), fiatScale),
            AmountMax = decimal.Round((min + (long)more) / (decimal)Math.Pow(10, fiatScale), fiatScale),
            AssetScale = assetScale,
            FiatScale = fiatScale,
            Remaining = decimal.Round(remaining, assetScale),
        };

    /// <summary>A number of hundred-millionths.</summary>
    private static Gen<decimal> Amount(long least, long most) =>
        from high in Gen.Choose(0, 999_999_999)
        from low in Gen.Choose(0, 999_999_999)
        select decimal.Floor(least + ((most - least) * (((high * 1_000_000_000m) + low) / 1_000_000_000_000_000_000m))) / 100_000_000m;

    private sealed record Computed
    {
        public decimal? Price { get; init; }

        public decimal? Most { get; init; }

        public decimal? LeastCrypto { get; init; }
    }
}
