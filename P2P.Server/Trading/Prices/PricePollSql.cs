using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>How old a market's price is.</summary>
public sealed record PriceAge
{
    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public required long AgeSeconds { get; init; }
}

/// <summary>Statements of the node that polls.</summary>
public static class PricePollSql
{
    private const int LeaderLock = 7016250;

    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_lock(@LeaderLock)", new { LeaderLock });

    /// <summary>Markets without a fresh price of which some source has one: an override has ended, or too few sources agreed.</summary>
    public static Task<IEnumerable<(string Asset, string Fiat)>> Due(Tx tx) =>
        tx.Query<(string, string)>(
            """
            select distinct q.asset, q.fiat
              from price_quotes q
              left join prices p on p.asset = q.asset and p.fiat = q.fiat
             where q.fresh_until > clock_timestamp()
               and (p.fresh_until is null or p.fresh_until <= clock_timestamp())
             order by q.asset, q.fiat
            """);

    public static Task<IEnumerable<PriceAge>> Ages(Tx tx) =>
        tx.Query<PriceAge>(
            """
            select asset, fiat, greatest(0, floor(extract(epoch from clock_timestamp() - at)))::bigint as age_seconds
              from prices
             order by asset, fiat
            """);

    /// <summary>How a look at a source went. A look may bring some prices and some errors.</summary>
    public static Task<int> SaveState(Tx tx, string source, string kind, bool success, string? error) =>
        tx.Execute(
            """
            insert into price_sources (source, kind, last_success_at, last_failure_at, last_error, failures)
            select @source, @kind, case when @success then t.now end, case when @error::text is not null then t.now end, @error::text,
                   case when @success then 0 else 1 end
              from (select clock_timestamp() as now) t
                on conflict (source) do update
               set kind = excluded.kind,
                   last_success_at = coalesce(excluded.last_success_at, price_sources.last_success_at),
                   last_failure_at = coalesce(excluded.last_failure_at, price_sources.last_failure_at),
                   last_error = coalesce(excluded.last_error, price_sources.last_error),
                   failures = case when @success then 0 else price_sources.failures + 1 end
            """,
            new { source, kind, success, error });

    /// <summary>Removes old rates after a place; answers the next place, null at the end.</summary>
    public static Task<DateTimeOffset?> Purge(Tx tx, DateTimeOffset after, int days, int rowsMax) =>
        tx.Scalar<DateTimeOffset?>("select price_rates_purge(@after, @days, @rowsMax)", new { after, days, rowsMax });
}
