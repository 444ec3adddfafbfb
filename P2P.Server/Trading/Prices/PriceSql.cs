using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>Statements on markets and reference prices.</summary>
public static class PriceSql
{
    public static Task<IEnumerable<AssetView>> Assets(Tx tx) =>
        tx.Query<AssetView>(
            """
            select code, name, scale, fee_rate
              from assets
             order by code
            """);

    public static Task<IEnumerable<CurrencyView>> Currencies(Tx tx) =>
        tx.Query<CurrencyView>(
            """
            select code, name, scale
              from currencies
             order by code
            """);

    public static Task<IEnumerable<ReferencePrice>> Prices(Tx tx) =>
        tx.Query<ReferencePrice>(
            """
            select asset, fiat, price, source, at, nullif(fresh_until, timestamptz '9999-12-31 00:00Z') as fresh_until,
                   fresh_until <= clock_timestamp() as is_stale
              from prices
             order by asset, fiat
            """);

    /// <summary>The price that can be traded at now.</summary>
    public static Task<CurrentPrice?> Fresh(Tx tx, PriceMarket market) =>
        tx.One<CurrentPrice>(
            """
            select price, source, at, fresh_until
              from prices
             where asset = @Asset
               and fiat = @Fiat
               and fresh_until > clock_timestamp()
            """,
            new { market.Asset, market.Fiat });
}
