using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Support;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>Amounts are rounded once and to nobody's surprise: compared with whole numbers, in units of 10^-8.</summary>
public sealed class RoundingTests
{
    private const long Unit = 100_000_000;
    private const int Cases = 20_000;

    private static readonly Gen<Amounts> AnyAmounts =
        from side in Gen.Elements(AdSide.Sell, AdSide.Buy)
        from assetScale in Gen.Choose(0, 8)
        from fiatScale in Gen.Choose(0, 4)
        from price in Decimals(8)
        from rate in Gen.Elements(0m, 0.00000001m, 0.001m, 0.0025m, 0.01m, 0.09999999m)
        from byFiat in Gen.Elements(true, false)
        from amount in Decimals(byFiat ? fiatScale : assetScale)
        select new Amounts(side, assetScale, fiatScale, price, rate, byFiat ? amount : null, byFiat ? null : amount);

    [Test]
    public void Crypto_is_cut_down_fiat_goes_half_to_even_and_fees_go_up()
    {
        var (byFiat, byCrypto, ties) = (0, 0, 0);
        Properties.Hold("amounts", AnyAmounts, Cases, amounts =>
        {
            var ad = amounts.Facts().Ad;
            var quote = PlacingRules.QuoteOf(ad, amounts.Facts().Terms).ShouldNotBeNull();
            var (crypto, fiat, fee) = (Units(quote.CryptoAmount), Units(quote.FiatAmount), Units(quote.Fee));
            var (assetUnit, fiatUnit) = (BigInteger.Pow(10, 8 - ad.AssetScale), BigInteger.Pow(10, 8 - ad.FiatScale));
            var (price, rate) = (Units(quote.Price), Units(ad.FeeRate));
            (crypto % assetUnit, fiat % fiatUnit, fee % assetUnit).ShouldBe((BigInteger.Zero, BigInteger.Zero, BigInteger.Zero));

            if (amounts.Fiat is { } givenFiat)
            {
                quote.FiatAmount.ShouldBe(givenFiat);
                (crypto * price).ShouldBeLessThanOrEqualTo(fiat * Unit);
                ((crypto + assetUnit) * price).ShouldBeGreaterThan(fiat * Unit);
                byFiat++;
            }
            else
            {
                quote.CryptoAmount.ShouldBe(amounts.Crypto.ShouldNotBeNull());
                var distance = BigInteger.Abs((crypto * price) - (fiat * Unit)) * 2;
                distance.ShouldBeLessThanOrEqualTo(fiatUnit * Unit);
                if (distance == fiatUnit * Unit)
                {
                    (fiat / fiatUnit % 2).ShouldBe(BigInteger.Zero);
                    ties++;
                }

                byCrypto++;
            }

            (fee * Unit).ShouldBeGreaterThanOrEqualTo(crypto * rate);
            ((fee - assetUnit) * Unit).ShouldBeLessThan(crypto * rate);
        });
        TestContext.Out.WriteLine($"{byFiat} by fiat, {byCrypto} by crypto, {ties} of them ties.");
        Math.Min(Math.Min(byFiat, byCrypto), ties).ShouldBeGreaterThan(0);
    }

    [Test]
    public void What_is_held_is_what_is_released_and_the_fee()
    {
        var placed = 0;
        Properties.Hold("amounts", AnyAmounts, Cases, amounts =>
        {
            var facts = amounts.Facts();
            var (decision, code) = Outcome(() => PlacingRules.Decide(facts, Guid.CreateVersion7()));
            if (decision is null)
            {
                code.ShouldBe(Contracts.ErrorCodes.AmountTooSmall);
                return;
            }

            var (order, detail) = (decision.Order, (CryptoOrder)decision.Detail);
            var released = order.Held - order.Fee;
            (released, order.Held).ShouldBe(
                amounts.Side == AdSide.Sell
                    ? (detail.CryptoAmount, detail.CryptoAmount + order.Fee)
                    : (detail.CryptoAmount - order.Fee, detail.CryptoAmount));
            order.Taken.ShouldBe(detail.CryptoAmount);
            released.ShouldBeGreaterThan(0);
            order.Maker.ShouldBe(amounts.Side == AdSide.Sell ? Party.Seller : Party.Buyer);
            placed++;
        });
        TestContext.Out.WriteLine($"{placed} of {Cases} orders placed.");
        placed.ShouldBeGreaterThan(Cases / 4);
    }

    /// <summary>Decimals of a scale, of any size from one unit to 10^12.</summary>
    private static Gen<decimal> Decimals(int scale) =>
        from digits in Gen.Choose(1, 999_999)
        from shift in Gen.Choose(0, scale)
        from zeros in Gen.Choose(0, 6)
        from half in Gen.Elements(true, false)
        let whole = half ? decimal.Round(digits / 2m, Math.Min(scale, 1)) : digits
        select Math.Max(
            decimal.Round(whole * Power(zeros) / Power(shift), scale, MidpointRounding.ToZero), 1 / Power(scale));

    private static decimal Power(int exponent) => (decimal)BigInteger.Pow(10, exponent);

    private static BigInteger Units(decimal value)
    {
        var whole = decimal.Truncate(value);
        var rest = (value - whole) * Unit;
        (rest % 1).ShouldBe(0);
        return ((BigInteger)whole * Unit) + (BigInteger)rest;
    }

    private sealed record Amounts(AdSide Side, int AssetScale, int FiatScale, decimal Price, decimal FeeRate, decimal? Fiat, decimal? Crypto)
    {
        public PlaceFacts Facts()
        {
            var facts = Place();
            return facts with
            {
                Ad = facts.Ad with
                {
                    Side = Side,
                    AssetScale = AssetScale,
                    FiatScale = FiatScale,
                    PriceFixed = Price,
                    FeeRate = FeeRate,
                    AmountMin = 0.0001m,
                    AmountMax = decimal.MaxValue,
                    Remaining = decimal.MaxValue,
                },
                Terms = facts.Terms with { FiatAmount = Fiat, CryptoAmount = Crypto },
                SellerAvailable = decimal.MaxValue,
            };
        }
    }
}
