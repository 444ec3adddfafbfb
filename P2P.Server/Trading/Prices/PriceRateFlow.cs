using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// What is done to a market's rate within a transaction, under the market's lock and by the database's clock, read after it. Who calls
/// tells of the
/// new price once the transaction is committed.
/// </summary>
public static class PriceRateFlow
{
    private const string OverrideSource = "override";

    /// <summary>Takes a source's price and computes the rate anew; false when there is no such market.</summary>
    public static async Task<bool> Take(
        Tx tx, PriceSettings settings, string source, PriceSourceKind kind, PriceReading reading, int freshSeconds)
    {
        await PriceRateSql.Lock(tx, reading.Market);
        var now = await PriceRateSql.Now(tx);
        if (kind == PriceSourceKind.Manual)
        {
            await PriceRateSql.RemoveManual(tx, reading.Market);
        }

        if (await PriceRateSql.PutQuote(tx, reading.Market, source, kind, reading.Price, reading.At, now, freshSeconds) == 0)
        {
            return false;
        }

        await Compute(tx, settings, reading.Market, now);
        return true;
    }

    /// <summary>
    /// Computes the rate of a market whose sources or override have come to their end; true when its price is another afterwards.
    /// </summary>
    public static async Task<bool> Renew(Tx tx, PriceSettings settings, PriceMarket market)
    {
        await PriceRateSql.Lock(tx, market);
        return await Compute(tx, settings, market, await PriceRateSql.Now(tx));
    }

    /// <summary>
    /// Puts a price in the place of the computed one, under the lock that the caller took. Answers what was in force before.
    /// </summary>
    public static async Task<PriceOverride?> Override(Tx tx, PriceOverride one)
    {
        var market = new PriceMarket(one.Asset, one.Fiat);
        var former = await PriceRateSql.Override(tx, market);
        if (former is not null)
        {
            await PriceRateSql.LiftOverride(tx, former.Id, one.SetAt, one.SetBy, "replaced");
        }

        await PriceRateSql.InsertOverride(tx, one);
        var until = one.Until ?? PriceRules.ForEver;
        await PriceRateSql.Save(tx, new PriceRate
        {
            Id = Ids.New(),
            Market = market,
            Kind = PriceRate.Override,
            Price = one.Price,
            Source = OverrideSource,
            Inputs = [new PriceInput { Source = OverrideSource, Price = one.Price, At = one.SetAt, FreshUntil = until, Kept = true }],
            ComputedAt = one.SetAt,
            FreshUntil = until,
        });
        return former is not null && former.Holds(one.SetAt) ? former : null;
    }

    /// <summary>
    /// Ends the override in force, under the lock that the caller took, and computes the rate anew; null when there is none.
    /// </summary>
    public static async Task<PriceOverride?> Lift(
        Tx tx, PriceSettings settings, PriceMarket market, DateTimeOffset now, string by, string reason)
    {
        if (await PriceRateSql.Override(tx, market) is not { } former || !former.Holds(now))
        {
            return null;
        }

        await PriceRateSql.LiftOverride(tx, former.Id, now, by, reason);
        await Compute(tx, settings, market, now);
        return former;
    }

    /// <summary>
    /// The rate that the quotes give now. Without enough of them the one in force ends at once: sources that contradict each other are no
    /// reason to
    /// trade at what they said before.
    /// </summary>
    private static async Task<bool> Compute(Tx tx, PriceSettings settings, PriceMarket market, DateTimeOffset now)
    {
        if ((await PriceRateSql.Override(tx, market))?.Holds(now) == true)
        {
            return false;
        }

        var computed = PriceRules.Compute(await PriceRateSql.Quotes(tx, market), now, settings.OutlierPercent, settings.SourcesMin);
        if (computed.Price is not { } price)
        {
            return await PriceRateSql.Withdraw(tx, market, now) > 0;
        }

        await PriceRateSql.Save(tx, new PriceRate
        {
            Id = Ids.New(),
            Market = market,
            Kind = PriceRate.Median,
            Price = price,
            Source = computed.Source,
            Inputs = computed.Inputs,
            OutlierPercent = settings.OutlierPercent,
            SourcesMin = settings.SourcesMin,
            ComputedAt = now,
            FreshUntil = computed.FreshUntil,
        });
        return true;
    }

    /// <summary>Refuses a price that is none.</summary>
    public static void CheckPrice(decimal price)
    {
        if (!PriceRules.IsPrice(price))
        {
            throw new Refused(ErrorCodes.BadInput, "A price is an amount above zero with at most 8 decimals.", ("path", "price"));
        }
    }
}
