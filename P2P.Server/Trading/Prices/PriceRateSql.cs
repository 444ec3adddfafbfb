using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>Statements on quotes, rates and overrides. All of them run under the lock of the market.</summary>
public static class PriceRateSql
{
    private const int MarketLocks = 7016251;

    /// <summary>One transaction at a time computes a market's rate. Comes before any other lock.</summary>
    public static Task Lock(Tx tx, PriceMarket market) =>
        tx.Execute("select pg_advisory_xact_lock(@MarketLocks, hashtext(@name))", new { MarketLocks, name = market.ToString() });

    public static Task<DateTimeOffset> Now(Tx tx) => tx.Scalar<DateTimeOffset>("select clock_timestamp()");

    /// <summary>1 when both asset and currency exist. A source's own time counts where it lies in the past.</summary>
    public static Task<int> PutQuote(
        Tx tx,
        PriceMarket market,
        string source,
        PriceSourceKind kind,
        decimal price,
        DateTimeOffset? at,
        DateTimeOffset now,
        int freshSeconds) =>
        tx.Execute(
            """
            insert into price_quotes (asset, fiat, source, kind, price, at, fresh_until)
            select s.code, c.code, @source, @kind, @price, t.at, t.at + make_interval(secs => @freshSeconds)
              from assets s
             cross join currencies c
             cross join (select least(coalesce(@at::timestamptz, @now), @now) as at) t
             where s.code = @Asset
               and c.code = @Fiat
                on conflict (asset, fiat, source) do update
               set kind = excluded.kind,
                   price = excluded.price,
                   at = excluded.at,
                   fresh_until = excluded.fresh_until
            """,
            new { market.Asset, market.Fiat, source, kind = kind.ToString(), price, at, now, freshSeconds });

    /// <summary>There is one manual price of a market, whatever its name.</summary>
    public static Task<int> RemoveManual(Tx tx, PriceMarket market) =>
        tx.Execute(
            """
            delete from price_quotes
             where asset = @Asset
               and fiat = @Fiat
               and kind = 'Manual'
            """,
            new { market.Asset, market.Fiat });

    public static Task<IEnumerable<PriceQuote>> Quotes(Tx tx, PriceMarket market) =>
        tx.Query<PriceQuote>(
            """
            select source, kind, price, at, fresh_until
              from price_quotes
             where asset = @Asset
               and fiat = @Fiat
             order by source
            """,
            new { market.Asset, market.Fiat });

    public static Task<CurrentPrice?> Current(Tx tx, PriceMarket market) =>
        tx.One<CurrentPrice>(
            """
            select price, source, at, fresh_until
              from prices
             where asset = @Asset
               and fiat = @Fiat
            """,
            new { market.Asset, market.Fiat });

    /// <summary>Stores a rate, puts it in force, and adds it to its hour: one round trip.</summary>
    public static Task Save(Tx tx, PriceRate rate) =>
        tx.Execute(
            """
            insert into price_rates (id, asset, fiat, kind, price, source, inputs, outlier_percent, sources_min, computed_at, fresh_until)
            values (@Id, @Asset, @Fiat, @Kind, @Price, @Source, @inputs::jsonb, @OutlierPercent, @SourcesMin, @ComputedAt, @FreshUntil);

            insert into prices (asset, fiat, price, source, at, rate_id, fresh_until)
            values (@Asset, @Fiat, @Price, @Source, @ComputedAt, @Id, @FreshUntil)
                on conflict (asset, fiat) do update
               set price = excluded.price,
                   source = excluded.source,
                   at = excluded.at,
                   rate_id = excluded.rate_id,
                   fresh_until = excluded.fresh_until;

            insert into price_hours (asset, fiat, hour, open, high, low, close, rates)
            values (@Asset, @Fiat, date_bin('1 hour', @ComputedAt, timestamptz '2000-01-01 00:00Z'), @Price, @Price, @Price, @Price, 1)
                on conflict (asset, fiat, hour) do update
               set high = greatest(price_hours.high, excluded.high),
                   low = least(price_hours.low, excluded.low),
                   close = excluded.close,
                   rates = price_hours.rates + 1
            """,
            new
            {
                rate.Id,
                rate.Market.Asset,
                rate.Market.Fiat,
                rate.Kind,
                rate.Price,
                rate.Source,
                inputs = JsonSerializer.Serialize(rate.Inputs, WireJson.Server),
                rate.OutlierPercent,
                rate.SourcesMin,
                rate.ComputedAt,
                rate.FreshUntil,
            });

    /// <summary>The rate in force is so no longer; 0 when it was stale already.</summary>
    public static Task<int> Withdraw(Tx tx, PriceMarket market, DateTimeOffset now) =>
        tx.Execute(
            """
            update prices
               set fresh_until = @now
             where asset = @Asset
               and fiat = @Fiat
               and fresh_until > @now
            """,
            new { market.Asset, market.Fiat, now });

    /// <summary>The override that was not lifted, whether its time is over or not.</summary>
    public static Task<PriceOverride?> Override(Tx tx, PriceMarket market) =>
        tx.One<PriceOverride>(
            """
            select id, asset, fiat, price, reason, set_by, set_at, until
              from price_overrides
             where asset = @Asset
               and fiat = @Fiat
               and lifted_at is null
            """,
            new { market.Asset, market.Fiat });

    public static Task<int> InsertOverride(Tx tx, PriceOverride one) =>
        tx.Execute(
            """
            insert into price_overrides (id, asset, fiat, price, reason, set_by, set_at, until)
            values (@Id, @Asset, @Fiat, @Price, @Reason, @SetBy, @SetAt, @Until)
            """,
            one);

    public static Task<int> LiftOverride(Tx tx, Guid id, DateTimeOffset at, string by, string reason) =>
        tx.Execute(
            """
            update price_overrides
               set lifted_at = @at,
                   lifted_by = @by,
                   lifted_reason = @reason
             where id = @id
            """,
            new { id, at, by, reason });
}
