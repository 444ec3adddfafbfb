using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>Statements on markets and reference prices.</summary>
public static class PriceSql
{
    public static Task<IEnumerable<AssetView>> Assets(Tx tx) =>
        tx.Query<AssetView>(
            """
            select code, name, scale, fee_rate, order_min, order_max, is_traded, takes_deposits
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
            select asset, fiat, price, source, at
              from prices
             order by asset, fiat
            """);

    /// <summary>1 when both asset and currency exist.</summary>
    public static Task<int> Set(Tx tx, string asset, string fiat, decimal price, string source) =>
        tx.Execute(
            """
            insert into prices (asset, fiat, price, source, at)
            select s.code, c.code, @price, @source, clock_timestamp()
              from assets s
             cross join currencies c
             where s.code = @asset
               and c.code = @fiat
                on conflict (asset, fiat) do update
               set price = excluded.price,
                   source = excluded.source,
                   at = excluded.at
            """,
            new { asset, fiat, price, source });
}
