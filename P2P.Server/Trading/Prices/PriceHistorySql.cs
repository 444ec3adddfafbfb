using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>Statements that read the history of prices.</summary>
public static class PriceHistorySql
{
    /// <summary>Candles of single rates.</summary>
    public static Task<IEnumerable<PriceCandle>> OfRates(Tx tx, PriceMarket market, DateTimeOffset from, DateTimeOffset to, int seconds) =>
        tx.Query<PriceCandle>(
            """
            select b.at, (array_agg(b.price order by b.computed_at, b.id))[1] as open, max(b.price) as high, min(b.price) as low,
                   (array_agg(b.price order by b.computed_at desc, b.id desc))[1] as close, count(*)::integer as rates
              from (select date_bin(make_interval(secs => @seconds), r.computed_at, timestamptz '2000-01-01 00:00Z') as at,
                           r.id, r.price, r.computed_at
                      from price_rates r
                     where r.asset = @Asset
                       and r.fiat = @Fiat
                       and r.computed_at >= @from
                       and r.computed_at < @to) b
             group by b.at
             order by b.at
            """,
            new { market.Asset, market.Fiat, from, to, seconds });

    /// <summary>Candles of whole hours.</summary>
    public static Task<IEnumerable<PriceCandle>> OfHours(Tx tx, PriceMarket market, DateTimeOffset from, DateTimeOffset to, int seconds) =>
        tx.Query<PriceCandle>(
            """
            select b.at, (array_agg(b.open order by b.hour))[1] as open, max(b.high) as high, min(b.low) as low,
                   (array_agg(b.close order by b.hour desc))[1] as close, sum(b.rates)::integer as rates
              from (select date_bin(make_interval(secs => @seconds), h.hour, timestamptz '2000-01-01 00:00Z') as at,
                           h.hour, h.open, h.high, h.low, h.close, h.rates
                      from price_hours h
                     where h.asset = @Asset
                       and h.fiat = @Fiat
                       and h.hour >= @from
                       and h.hour < @to) b
             group by b.at
             order by b.at
            """,
            new { market.Asset, market.Fiat, from, to, seconds });
}
